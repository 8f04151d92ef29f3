"""A complaint goes to the complaint office, which alone records its outcome and closes it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from crisis.core import event as ev
from crisis.core.allowed import Allowed
from crisis.core.complaint import ComplaintCount, by_partner, outcome_of
from crisis.core.desk import open_tasks
from crisis.core.incident import Incident
from crisis.core.steer import Result
from crisis.errors import (
    CrisisError,
    NotFoundError,
    PersonalDataError,
    RefusedError,
    UnreachableError,
    UsageError,
)
from crisis.simulated.log import MemoryEventLog
from crisis.usecases import answering, steering
from crisis.usecases.answering import Reply
from crisis.usecases.complaining import Complaint, complain, complaints, work_on_task
from crisis.usecases.ports import Beside, Minds
from crisis.usecases.reading import desk_for
from crisis.usecases.reports import build
from crisis.usecases.tick import recover
from tests.builders import T0, DrawnIds
from tests.complained import COMPLAINT, a_house, complained, left_alone
from tests.web.staged import Stage

Act = Callable[[Stage], Incident]


def a_reply(stage: Stage, step: str, partner: str, *, via: ev.Via = ev.Via.PAGE) -> Reply:
    return Reply(incident=stage.incident, step=step, partner=partner, by=partner, via=via)


def take_over(stage: Stage, step: str, partner: str = "bst") -> None:
    answering.acknowledge(stage.desk, a_reply(stage, step, partner))
    stage.tick()


def record_outcome(stage: Stage, outcome: str) -> None:
    answering.answer(stage.desk, a_reply(stage, "K3", "bst"), answers={"outcome": outcome})
    stage.tick()


def current(stage: Stage) -> Incident:
    return stage.desk.incidents.current(stage.incident)


def test_complaint_is_asked_of_its_two_sides_only() -> None:
    stage = complained()

    asked = [sent.id.split("/")[1:3] for sent in stage.world.sender.sent if "/K" in sent.id]

    assert sorted(asked) == [["K1", "cy"], ["K2", "bst"]]
    opened = current(stage).opened
    assert (opened.label, opened.complaint_on, opened.complaint_about) == ("", "i1", "pol")


def test_office_records_the_outcome_and_closes() -> None:
    stage = complained()
    take_over(stage, "K1", "cy")
    take_over(stage, "K2")
    record_outcome(stage, "partly")
    take_over(stage, "K4", "cy")

    assert complaints(stage.desk, "i1") == (
        ComplaintCount(category="conduct", open=1, closed=0, evidence=made_at(stage)),
    )
    take_over(stage, "K5")

    incident = current(stage)
    assert (outcome_of(incident), incident.state) == ("partly", "closed")
    [counted] = complaints(stage.desk, "i1")
    assert (counted.category, counted.open, counted.closed) == ("conduct", 0, 1)
    with pytest.raises(RefusedError, match="its log takes no more answers"):
        record_outcome(stage, "upheld")
    with pytest.raises(RefusedError, match="only the complaint office and whoever complains"):
        steering.note(stage.desk, stage.incident, text="Unsinn", by="eve")


def made_at(stage: Stage) -> tuple[int, ...]:
    entries = stage.desk.incidents.entries("i1")
    return tuple(e.seq for e in entries if isinstance(e.event, ev.ComplaintCounted))


def test_office_closes_nothing_without_an_outcome() -> None:
    stage = complained()
    closing = ev.Acknowledged(
        step="K5", partner="bst", contact="bst", via=ev.Via.PAGE, happened_at=T0
    )

    with pytest.raises(RefusedError, match="record the outcome first, then close the complaint"):
        by_partner(current(stage), (closing,))


def test_nothing_decided_is_nothing_refused() -> None:
    assert by_partner(current(complained()), ()) == Allowed(events=())


EVES: dict[str, Act] = {
    "acknowledge": lambda s: answering.acknowledge(
        s.desk, replace(a_reply(s, "K2", "bst", via=ev.Via.PHONE), by="eve")
    ),
    "answer": lambda s: answering.answer(
        s.desk,
        replace(a_reply(s, "K3", "bst", via=ev.Via.DESK), by="eve"),
        answers={"outcome": "not_upheld"},
    ),
    "decline": lambda s: answering.decline(
        s.desk, replace(a_reply(s, "K2", "bst", via=ev.Via.HUB), by="eve"), reason="Ende"
    ),
    "set": lambda s: steering.set_attribute(
        s.desk, s.incident, name="category", value="other", source="Eve", by="eve"
    ),
    "skip": lambda s: steering.skip(s.desk, s.incident, step="K3", reason="Ende", by="eve"),
    "note": lambda s: steering.note(s.desk, s.incident, text="Unsinn", by="eve"),
    "stand down": lambda s: steering.stand_down(s.desk, s.incident, reason="Ende", by="eve"),
    "ask": lambda s: steering.ask(
        s.desk, s.incident, partner="cy", text="Warum?", reason="Eve", within=None, by="eve"
    ),
    "revoke": lambda s: steering.revoke_link(
        s.desk,
        s.incident,
        link_hash=current(s).obligations["K2", "bst"].attempts[0].link_hash,
        reason="Ende",
        by="eve",
    ),
}


@pytest.mark.parametrize("act", EVES.values(), ids=EVES)
def test_eve_changes_nothing_under_whatever_sign(act: Act) -> None:
    stage = complained()
    take_over(stage, "K2")
    before = stage.desk.incidents.entries(stage.incident)

    with pytest.raises(RefusedError):
        act(stage)

    assert stage.desk.incidents.entries(stage.incident) == before


def test_nobody_at_a_desk_closes_it_even_when_nobody_waits() -> None:
    stage = complained()
    take_over(stage, "K1", "cy")
    take_over(stage, "K2")
    record_outcome(stage, "upheld")
    take_over(stage, "K4", "cy")
    answering.decline(stage.desk, a_reply(stage, "K5", "bst"), reason="später")

    with pytest.raises(RefusedError, match="only the complaint office and whoever complains"):
        steering.close(stage.desk, stage.incident, reason="Ende", by="eve")

    assert current(stage).closed_at is None


def test_report_counts_complaints_and_tells_nothing_of_them() -> None:
    stage = complained()

    report = build(stage.desk, "i1")

    assert [(one.category, one.open, one.closed) for one in report.complaints] == [
        ("conduct", 1, 0)
    ]
    assert stage.incident not in repr(report)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"incident": "i9"}, NotFoundError, "there is no incident 'i9'"),
        ({"about": "eve"}, NotFoundError, "there is no partner 'eve' in i1; there are: lead"),
        ({"category": "noise"}, UsageError, "category='noise' does not fit"),
        ({"complainant": "pol"}, RefusedError, "pol is complained about"),
    ],
)
def test_what_does_not_fit_opens_nothing(
    changes: dict[str, str], error: type[CrisisError], words: str
) -> None:
    stage = a_house()

    with pytest.raises(error, match=words):
        complain(stage.desk, replace(COMPLAINT, **changes))

    assert stage.desk.house.log.incidents() == ("i1",)


def test_a_complaint_is_opened_although_its_first_id_is_taken() -> None:
    stage = a_house()
    house = replace(stage.desk.house, ids=DrawnIds("i1", "i1", "b2b2"))

    opened = complain(desk_for(house), COMPLAINT)

    assert opened.id == "b2b2"
    assert house.log.incidents() == ("i1", "b2b2")


def test_nobody_complains_about_a_complaint_here() -> None:
    stage = complained()
    again = Complaint(
        incident=stage.incident, about="bst", complainant="cy", category="delay", by="ada"
    )

    with pytest.raises(RefusedError, match="only the complaint office deals with it"):
        complain(stage.desk, again)


class BreakingLog(MemoryEventLog):
    """A log whose machine goes down at an append, once it was told to."""

    def __init__(self) -> None:
        super().__init__()
        self.left: int | None = None

    def append(
        self,
        incident: str,
        events: Sequence[ev.Event],
        *,
        actor: str,
        at: datetime,
        expected_version: int | None,
        minds: Minds | None = None,
        beside: Beside | None = None,
    ) -> tuple[ev.Entry, ...]:
        """Append what the port says, or be gone."""
        if self.left == 0:
            raise UnreachableError("the machine is gone")
        if self.left is not None:
            self.left -= 1
        return super().append(
            incident,
            events,
            actor=actor,
            at=at,
            expected_version=expected_version,
            minds=minds,
            beside=beside,
        )


def counts(stage: Stage) -> list[tuple[int, int]]:
    return [(one.open, one.closed) for one in complaints(stage.desk, "i1")]


def test_crash_after_the_one_append_loses_no_count() -> None:
    log = BreakingLog()
    stage = complained(log)
    take_over(stage, "K2")
    record_outcome(stage, "upheld")
    assert counts(stage) == [(1, 0)]

    log.left = 1
    answering.acknowledge(stage.desk, a_reply(stage, "K5", "bst"))

    assert (counts(stage), current(stage).state) == ([(0, 1)], "closed")


def test_crash_before_it_leaves_the_complaint_open_and_counted_so() -> None:
    log = BreakingLog()
    stage = complained(log)
    take_over(stage, "K2")
    record_outcome(stage, "upheld")

    log.left = 0
    with pytest.raises(UnreachableError):
        answering.acknowledge(stage.desk, a_reply(stage, "K5", "bst"))

    assert (counts(stage), current(stage).state) == ([(1, 0)], "open")


def test_complaint_that_was_opened_is_counted_whatever_comes_then() -> None:
    log = BreakingLog()
    stage = a_house(log=log)

    log.left = 1
    complain(stage.desk, COMPLAINT)

    assert counts(stage) == [(1, 0)]


def test_engine_that_comes_back_tells_what_its_predecessor_left_of_a_complaint() -> None:
    stage = complained()
    desk = stage.desk
    claimed = ev.AttemptStarted(
        step="K2",
        partner="bst",
        n=2,
        contact="bst",
        channel="bst-email",
        purpose=ev.Purpose.ASK,
        level=0,
        possible_repeat=False,
        outside_hours=False,
        link_hash="",
        text_hash="",
        engine="lage.1",
    )
    desk.house.log.append(
        stage.incident, (claimed,), actor="system", at=stage.clock.now(), expected_version=None
    )

    found = recover(replace(desk, house=replace(desk.house, engine="lage.2")))

    attempts = current(stage).obligations["K2", "bst"].attempts
    assert (found, str(attempts[-1].outcome)) == (1, "unknown")


def test_what_is_sent_twice_is_one_complaint() -> None:
    stage = complained()

    again = complain(stage.desk, COMPLAINT)
    other = complain(stage.desk, replace(COMPLAINT, category="delay"))

    assert (again.id, counts(stage)) == (stage.incident, [(1, 0), (1, 0)])
    assert other.id != stage.incident


def test_matter_that_names_somebody_opens_nothing() -> None:
    stage = a_house()

    with pytest.raises(PersonalDataError, match="einen Personennamen"):
        complain(stage.desk, replace(COMPLAINT, matter="Frau Muster wurde angeschrien."))

    assert stage.desk.house.log.incidents() == ("i1",)


def do_task(stage: Stage, task: str, result: Result = "reached", *, partner: str = "bst") -> None:
    work_on_task(
        stage.desk,
        stage.incident,
        partner=partner,
        task=task,
        result=result,
        note="",
        by=partner,
    )


def test_office_works_what_lies_on_the_desk_of_a_complaint() -> None:
    stage = left_alone()
    assert [task.raised.task for task in open_tasks(current(stage))] == [
        "other-way/K1/cy",
        "other-way/K2/bst",
    ]

    do_task(stage, "other-way/K1/cy")
    do_task(stage, "other-way/K2/bst", "done")

    assert open_tasks(current(stage)) == ()
    assert current(stage).obligations["K1", "cy"].acknowledgement is not None
    assert stage.desk.incidents.entries(stage.incident)[-1].actor == "bst"


@pytest.mark.parametrize("partner", ["cy", "pol", "nobody"])
def test_nobody_else_works_it(partner: str) -> None:
    stage = left_alone()
    before = stage.desk.incidents.entries(stage.incident)

    with pytest.raises(RefusedError, match="only the complaint office"):
        do_task(stage, "other-way/K2/bst", partner=partner)
    with pytest.raises(RefusedError, match="only the complaint office"):
        steering.finish_task(
            stage.desk, stage.incident, task="other-way/K2/bst", result="done", by="eve"
        )

    assert stage.desk.incidents.entries(stage.incident) == before


def test_other_runs_have_no_office() -> None:
    stage = replace(a_house(), incident="i1")

    with pytest.raises(RefusedError, match="only the complaint office"):
        do_task(stage, "phone/A10/ring/1", "no-answer")
