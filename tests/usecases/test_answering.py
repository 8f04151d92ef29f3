"""What partners say, and when, ends up in the log; or nothing of it does."""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest

from crisis.core import event as ev
from crisis.core.availability import clock_text
from crisis.core.condition import AtLeast
from crisis.core.event import Event, Via
from crisis.core.form import Answer
from crisis.core.link import link_token
from crisis.core.obligation import ObligationState
from crisis.core.playbook import ExpectSignOff, Start, Step
from crisis.errors import (
    CrisisError,
    LinkGoneError,
    LinkUnknownError,
    NotFoundError,
    PersonalDataError,
    RefusedError,
    UsageError,
)
from crisis.usecases import steering
from crisis.usecases.answering import (
    OPEN_AFTER_CLOSING,
    OPEN_AT_MOST,
    Reply,
    acknowledge,
    answer,
    decline,
    follow_link,
    sign,
)
from crisis.usecases.ports import LinkPlace
from crisis.usecases.rehearse import settle
from tests.builders import (
    T0,
    World,
    a_directory,
    a_form_step,
    a_partner,
    a_playbook,
    a_step,
    a_world,
    minutes,
    opened,
)

PAGE = Reply(incident="i1", step="A10", by="partner", via=Via.PAGE)


def running(*steps: Step, partners: tuple[str, ...] = ("ohs",)) -> World:
    """Return a world whose first messages have gone out, five minutes later."""
    directory = a_directory(*(a_partner(name) for name in partners))
    world = a_world(a_playbook(*(steps or (a_step(), a_form_step()))), directory)
    opened(world)
    settle(world.desk, "i1")
    world.clock.advance(minutes=4)
    return world


def written(world: World, *kinds: type[Event]) -> list[Event]:
    """Return the events of these kinds that the log holds."""
    return [e.event for e in world.desk.incidents.entries("i1") if isinstance(e.event, kinds)]


def token(step: str = "A10", contact: str = "ohs") -> str:
    return link_token(
        b"secret of the tests", incident="i1", step=step, partner="ohs", contact=contact
    )


def test_acknowledgement_needs_no_names_where_only_one_was_asked() -> None:
    world = running()

    incident = acknowledge(world.desk, PAGE)

    assert written(world, ev.Acknowledged) == [
        ev.Acknowledged(
            step="A10",
            partner="ohs",
            contact="ohs",
            via=Via.PAGE,
            happened_at=T0 + minutes(4),
        )
    ]
    assert incident.obligations["A10", "ohs"].state is ObligationState.ACKNOWLEDGED


def test_partner_must_be_named_where_several_were_asked_or_nobody() -> None:
    world = running(
        a_step(), a_step("A20", start=Start(offset=minutes(90))), partners=("ohs", "wr")
    )

    with pytest.raises(UsageError, match="A10 was asked of 2 partners; name one of: ohs, wr"):
        acknowledge(world.desk, PAGE)
    with pytest.raises(RefusedError, match=r"^A20 has not begun: nobody was asked yet$"):
        acknowledge(world.desk, replace(PAGE, step="A20"))
    acknowledge(world.desk, replace(PAGE, partner="wr"))


def test_step_that_nobody_holds_was_asked_of_nobody() -> None:
    world = running(partners=())

    with pytest.raises(RefusedError, match=r"^A10 was asked of nobody: there is no partner"):
        acknowledge(world.desk, PAGE)


def test_deputy_and_first_contact_at_once_are_one_acknowledgement_and_one_refusal() -> None:
    world = running()
    start = threading.Barrier(2)

    def reply(contact: str) -> str:
        start.wait()
        try:
            acknowledge(world.desk, replace(PAGE, contact=contact))
        except RefusedError as refused:
            return str(refused)
        return "recorded"

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(reply, ("ohs", "ohs-dep")))

    (first,) = written(world, ev.Acknowledged)
    assert isinstance(first, ev.Acknowledged)
    assert results == [
        (
            f"A10 was already acknowledged at {clock_text(first.happened_at)} by {first.contact}; "
            "nothing was changed"
        ),
        "recorded",
    ]


def test_whoever_answers_before_being_asked_is_the_first_contact() -> None:
    world = a_world()
    opened(world)
    started = ev.StepStarted(step="A10", partners=("ohs",), planned_at=T0, due_at=None)
    world.desk.house.log.append("i1", (started,), actor="system", at=T0, expected_version=1)

    incident = acknowledge(world.desk, PAGE)

    acknowledgement = incident.obligations["A10", "ohs"].acknowledgement
    assert acknowledgement is not None
    assert acknowledgement.contact == "ohs"


def test_changed_answer_holds_and_the_log_keeps_both() -> None:
    world = running()
    reply = replace(PAGE, step="A02")
    answer(world.desk, reply, answers={"room": "yes", "deaths": 1})
    world.clock.advance(minutes=6)

    incident = answer(world.desk, reply, answers={"room": "yes", "deaths": 3})

    versions = [e.answers for e in written(world, ev.Answered) if isinstance(e, ev.Answered)]
    assert versions == [{"room": "yes", "deaths": 1}, {"room": "yes", "deaths": 3}]
    held = incident.obligations["A02", "ohs"]
    assert held.answer is not None
    assert (held.answer.answers["deaths"], held.done_at) == (3, T0 + minutes(4))
    assert incident.attributes["deaths"] == 3


def test_guard_that_says_no_is_a_task_and_the_next_plan_knows_the_fact() -> None:
    late = a_step(
        "A25", when=AtLeast(attribute="deaths", number=1), start=Start(offset=timedelta(hours=13))
    )
    world = running(a_form_step(), late)

    incident = answer(world.desk, replace(PAGE, step="A02"), answers={"room": "no", "deaths": 2})

    assert list(incident.tasks) == ["guard/A02/ohs/room/4"]
    world.clock.advance(hours=13)
    settle(world.desk, "i1")
    assert world.desk.incidents.current("i1").run_of("A25").partners == ("ohs",)


def test_late_entry_keeps_when_it_happened_and_when_it_was_written() -> None:
    world = running()

    acknowledge(world.desk, replace(PAGE, by="ada", via=Via.PHONE, happened_at=T0 + minutes(2)))

    entry = world.desk.incidents.entries("i1")[-1]
    assert isinstance(entry.event, ev.Acknowledged)
    assert (entry.event.happened_at, entry.at, entry.actor) == (
        T0 + minutes(2),
        T0 + minutes(4),
        "ada",
    )


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        (
            {"happened_at": T0 + minutes(6)},
            UsageError,
            "lies in the future; it is 2026-12-18 19:24:00",
        ),
        ({"happened_at": T0 - minutes(1)}, UsageError, "lies before the incident was opened"),
        ({"incident": "i9"}, NotFoundError, "there is no incident 'i9'; there are: i1"),
        ({"step": "A99"}, NotFoundError, "there is no step 'A99'; there are: A10, A02, A95"),
        ({"partner": "eve"}, NotFoundError, "A10 was not asked of 'eve'; it was asked of: ohs"),
        ({"contact": "eve"}, NotFoundError, "there is no contact 'eve'"),
    ],
)
def test_reply_that_fits_nothing_is_refused_and_not_written(
    changes: Mapping[str, object], error: type[CrisisError], message: str
) -> None:
    world = running()

    with pytest.raises(error, match=message):
        acknowledge(world.desk, replace(PAGE, **changes))  # type: ignore[arg-type]  # -- replace checks the names

    assert written(world, ev.Acknowledged) == []


@pytest.mark.parametrize(
    "answers",
    [
        {"remark": "Frau Müller wartet"},
        {"remark": "030 23125 123"},
        {"room": "yes", "remark": "geb. 12.3.1984"},
    ],
)
def test_person_is_refused_and_nothing_of_it_is_in_the_log(answers: Mapping[str, Answer]) -> None:
    world = running()
    before = world.desk.incidents.entries("i1")

    with pytest.raises(PersonalDataError) as caught:
        answer(world.desk, replace(PAGE, step="A02"), answers=answers)
    with pytest.raises(PersonalDataError):
        decline(world.desk, PAGE, reason=str(answers["remark"]))

    assert world.desk.incidents.entries("i1") == before
    assert str(answers["remark"]) not in f"{before}{caught.value}"


def test_refusal_is_a_task_and_can_be_taken_back() -> None:
    world = running()

    refused = decline(world.desk, PAGE, reason="keine Kräfte")
    taken_back = acknowledge(world.desk, PAGE)

    assert refused.obligations["A10", "ohs"].state is ObligationState.DECLINED
    assert [task.raised.task_kind for task in refused.tasks.values()] == [ev.TaskKind.DECLINED]
    assert taken_back.obligations["A10", "ohs"].state is ObligationState.ACKNOWLEDGED


def test_nobody_is_pursued_after_a_refusal() -> None:
    world = running(a_step())
    decline(world.desk, PAGE, reason="keine Kräfte")
    sent = len(world.sender.sent)

    world.clock.advance(hours=2)
    settle(world.desk, "i1")

    assert len(world.sender.sent) == sent


def test_answer_after_the_stand_down_is_refused_with_thanks() -> None:
    world = running()
    steering.stand_down(world.desk, "i1", reason="Fehlalarm", by="ada")
    settle(world.desk, "i1")

    with pytest.raises(RefusedError, match="A10 is no longer asked of ohs; thank you"):
        acknowledge(world.desk, PAGE)
    acknowledge(world.desk, replace(PAGE, step="A95"))


def test_answer_after_closing_is_refused() -> None:
    world = running(a_step())
    acknowledge(world.desk, PAGE)
    steering.close(world.desk, "i1", reason="Ende", by="ada")

    with pytest.raises(RefusedError, match="incident i1 is closed; its log takes no more answers"):
        decline(world.desk, PAGE, reason="doch nicht")


@pytest.mark.parametrize(("verdict", "remark"), [("agreed", ""), ("dissent", "Zeile 3 fehlt")])
def test_signature_is_kept_with_its_words(
    verdict: Literal["agreed", "dissent"], remark: str
) -> None:
    world = running(a_step("A72", expect=ExpectSignOff()))

    incident = sign(world.desk, replace(PAGE, step="A72"), verdict=verdict, remark=remark)

    signature = incident.obligations["A72", "ohs"].signature
    assert signature is not None
    assert (signature.verdict, signature.remark) == (verdict, remark)


def test_link_leads_each_contact_to_its_own_page() -> None:
    world = running(a_step())
    world.clock.advance(minutes=6)
    settle(world.desk, "i1")

    places = [follow_link(world.desk, token(contact=name)) for name in ("ohs", "ohs-dep")]

    assert places == [
        LinkPlace(incident="i1", step="A10", partner="ohs", contact=name)
        for name in ("ohs", "ohs-dep")
    ]


@pytest.mark.parametrize("given", ["", "AAAAAAAAAAAAAAAAAAAAAA", "x" * 10_000])
def test_link_that_was_never_given_out_leads_nowhere(given: str) -> None:
    with pytest.raises(LinkUnknownError, match="This address leads nowhere"):
        follow_link(running().desk, given)


def test_link_of_a_contact_that_was_not_written_to_yet_leads_nowhere() -> None:
    with pytest.raises(LinkUnknownError):
        follow_link(running().desk, token(contact="ohs-sup"))


def test_revoked_link_is_gone_and_no_other() -> None:
    world = running()
    held = world.desk.incidents.current("i1").obligations["A10", "ohs"].attempts[0]

    steering.revoke_link(
        world.desk, "i1", link_hash=held.link_hash, reason="weitergeleitet", by="ada"
    )

    with pytest.raises(LinkGoneError, match="This page is no longer open"):
        follow_link(world.desk, token())
    follow_link(world.desk, token("A02"))


def test_link_is_gone_a_fortnight_after_closing() -> None:
    world = running(a_step())
    acknowledge(world.desk, PAGE)
    steering.close(world.desk, "i1", reason="Ende", by="ada")
    world.clock.set(world.clock.now() + OPEN_AFTER_CLOSING)
    follow_link(world.desk, token())

    world.clock.advance(seconds=1)

    with pytest.raises(LinkGoneError):
        follow_link(world.desk, token())


def test_link_is_gone_after_two_years_whatever_happens() -> None:
    world = running(a_step())
    world.clock.set(T0 + OPEN_AT_MOST)
    follow_link(world.desk, token())

    world.clock.advance(seconds=1)

    with pytest.raises(LinkGoneError):
        follow_link(world.desk, token())
