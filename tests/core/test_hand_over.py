"""Two words hand the lead over, and there is exactly one lead at any time."""

from dataclasses import replace

import pytest

from crisis.core import decide, steer
from crisis.core.asked import LeadOffered
from crisis.core.decide import Answering
from crisis.core.event import Via
from crisis.core.form import Answers
from crisis.core.hand_over import Handing, hand_over
from crisis.core.handover import LeadPost
from crisis.core.leading import Offer, in_order, lead_now, open_offer
from crisis.core.message import sender_of
from crisis.errors import NotFoundError, PersonalDataError, RefusedError, UsageError
from tests.builders import T0, a_contact, a_directory, a_partner, a_playbook, a_step, minutes
from tests.core.playing import a_timeline, acknowledged
from tests.core.timelines import Timeline

DIRECTORY = a_directory(a_partner("ohs"), a_partner("wr", role="WR"), a_partner("krs", role="KRS"))


def a_run(**lead: object) -> Timeline:
    plain = a_playbook(a_step(ladder="A"))
    playbook = replace(plain, lead=replace(plain.lead, **lead))  # type: ignore[arg-type]  # -- replace checks the names
    timeline = a_timeline(playbook, directory=DIRECTORY)
    timeline.perform([])
    return timeline


def offer(timeline: Timeline, to: str, brief: Answers | None = None, *, mins: int = 30) -> None:
    handing = Handing(to=to, reason="Schichtwechsel", brief=brief or {}, within=minutes(mins))
    timeline.append(
        *hand_over(timeline.incident, handing, happened_at=timeline.now, now=timeline.now)
    )


def sent(timeline: Timeline) -> list[tuple[str, str, str]]:
    return [(ask.step, ask.contact, ask.purpose.value) for ask in timeline.perform([])]


def test_offer_asks_the_other_side_and_changes_nothing_yet() -> None:
    timeline = a_run()

    offer(timeline, "wr")

    assert sent(timeline) == [("H01", "wr", "ask")]
    assert lead_now(timeline.incident) == LeadPost(
        partner="lead", contact="lead", since=T0, step=""
    )
    assert open_offer(timeline.incident) == Offer(
        step="H01", partner="wr", contact="wr", offered_at=T0
    )


def test_second_word_makes_the_one_lead() -> None:
    timeline = a_run()
    offer(timeline, "wr")
    timeline.perform([])
    timeline.now = T0 + minutes(2)

    timeline.append(acknowledged("H01", "wr", at=timeline.now))

    assert lead_now(timeline.incident) == LeadPost(
        partner="wr", contact="wr", since=timeline.now, step="H01"
    )
    assert open_offer(timeline.incident) is None
    assert [partner.id for partner in in_order(timeline.incident)] == ["wr", "lead"]
    assert sender_of(timeline.incident).de == "Stelle wr"


def test_function_of_the_same_partner_may_take_over() -> None:
    timeline = a_run()

    offer(timeline, "lead-dep")

    assert sent(timeline) == [("H01", "lead-dep", "ask")]
    timeline.append(acknowledged("H01", "lead", at=timeline.now))
    post = lead_now(timeline.incident)
    assert post is not None
    assert (post.partner, post.contact) == ("lead", "lead-dep")


def test_what_lies_on_the_old_leads_desk_goes_to_the_new_lead() -> None:
    timeline = a_run()
    for minute in (5, 10, 15):
        timeline.now = T0 + minutes(minute)
        timeline.perform([])
    timeline.now = T0 + minutes(20)
    assert sent(timeline) == [("A10", "lead", "task")]
    offer(timeline, "wr")
    timeline.perform([])
    timeline.now = T0 + minutes(25)

    timeline.append(acknowledged("H01", "wr", at=timeline.now))

    assert sent(timeline) == [("A10", "wr", "task")]
    assert sent(timeline) == []


def test_who_is_silent_is_pursued_and_the_old_lead_leads_on() -> None:
    timeline = a_run()
    offer(timeline, "wr")
    timeline.perform([])
    timeline.now = T0 + minutes(10)

    assert ("H01", "wr-dep", "ask") in sent(timeline)
    post = lead_now(timeline.incident)
    assert post is not None
    assert post.partner == "lead"


def test_refusal_leaves_the_lead_and_another_may_be_asked() -> None:
    timeline = a_run()
    offer(timeline, "wr")
    timeline.perform([])
    answering = Answering(
        step="H01", partner="wr", contact="wr", via=Via.PAGE, happened_at=timeline.now
    )
    timeline.append(*decide.decline(timeline.incident, answering, reason="nein", now=timeline.now))

    offer(timeline, "krs")
    timeline.append(acknowledged("H02", "krs", at=timeline.now))

    assert [post.partner for post in timeline.incident.leads] == ["krs"]
    with pytest.raises(RefusedError, match="no longer asked"):
        decide.acknowledge(timeline.incident, answering, now=timeline.now)


def test_lead_that_was_taken_is_not_refused_afterwards() -> None:
    timeline = a_run()
    offer(timeline, "wr")
    timeline.append(acknowledged("H01", "wr", at=timeline.now))
    answering = Answering(
        step="H01", partner="wr", contact="wr", via=Via.PAGE, happened_at=timeline.now
    )

    with pytest.raises(RefusedError, match="has taken the lead"):
        decide.decline(timeline.incident, answering, reason="doch nicht", now=timeline.now)


def test_only_one_hand_over_at_a_time_and_it_may_be_taken_back() -> None:
    timeline = a_run()
    offer(timeline, "wr")

    with pytest.raises(RefusedError, match="H01 offers the lead to wr and waits"):
        offer(timeline, "krs")
    timeline.append(*steer.skip(timeline.incident, step="H01", partner=None, reason="doch nicht"))
    offer(timeline, "krs")

    assert list(timeline.incident.offers) == ["H01", "H02"]


def test_role_names_its_one_holder() -> None:
    timeline = a_run()

    offer(timeline, "KRS")

    assert timeline.incident.offers["H01"].partner == "krs"


def test_role_with_several_holders_is_not_guessed() -> None:
    two = a_directory(a_partner("krs-1", role="KRS"), a_partner("krs-2", role="KRS"))
    timeline = a_timeline(a_playbook(), directory=two)

    with pytest.raises(UsageError, match="name one of: krs-1, krs-2"):
        offer(timeline, "KRS")


@pytest.mark.parametrize(
    ("to", "error", "said"),
    [
        ("lead", RefusedError, "lead leads already"),
        ("nobody", NotFoundError, "partners are: lead, ohs, wr, krs"),
    ],
)
def test_lead_goes_to_somebody_else_who_exists(to: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        offer(a_run(), to)


def test_brief_is_the_form_that_the_playbook_names() -> None:
    timeline = a_run(brief="F1")

    offer(timeline, "wr", {"deaths": 2})

    assert timeline.incident.offers["H01"] == LeadOffered(
        step="H01",
        partner="wr",
        contact="wr",
        reason="Schichtwechsel",
        due_at=T0 + minutes(30),
        within=minutes(30),
        happened_at=T0,
        form="F1",
        brief={"deaths": 2},
    )


@pytest.mark.parametrize(
    ("lead", "brief", "error", "said"),
    [
        ({"brief": "F1"}, {}, UsageError, "form F1; its fields are: room, deaths, remark"),
        ({"brief": "F1"}, {"deaths": "x"}, UsageError, "deaths"),
        ({"brief": "F1"}, {"remark": "Frau Dr. Erika Beispiel"}, PersonalDataError, "remark"),
        ({}, {"deaths": 2}, UsageError, "asks for no brief"),
    ],
)
def test_brief_that_does_not_fit_is_refused(
    lead: dict[str, object], brief: Answers, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        offer(a_run(**lead), "wr", brief)


def test_nobody_leads_where_nobody_holds_the_role() -> None:
    plain = a_playbook()
    playbook = replace(plain, lead=replace(plain.lead, role="OB-X"))
    timeline = a_timeline(
        playbook, directory=a_directory(a_partner("ohs"), contacts=[a_contact("ohs")])
    )

    assert lead_now(timeline.incident) is None
    assert sender_of(timeline.incident).de == "OB-X"
