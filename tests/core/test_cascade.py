"""A hub passes an ask on; members answer for themselves; silence goes to hub, then to the lead."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core import steer
from crisis.core.availability import Rota
from crisis.core.cascade import Membership
from crisis.core.contact import ChannelKind, Directory
from crisis.core.deadline import Within
from crisis.core.form import Answers
from crisis.core.obligation import ObligationState as State
from crisis.core.playbook import Completion, ExpectAnswer, MembersReach, Playbook, Start
from tests.builders import (
    T0,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    minutes,
)
from tests.core.playing import a_timeline
from tests.core.timelines import CONDITIONS, Timeline

MAIL_AND_PAGE = (ChannelKind.EMAIL, ChannelKind.PORTAL)


def a_member(name: str, *, regions: Sequence[str] = ("14612",), hub: str = "ohs") -> object:
    return replace(a_partner(name, role="OHS-B", regions=regions), member_of=(hub,))


def members_directory(*extra: object) -> Directory:
    partners = (a_member("dresden"), a_member("goerlitz", regions=("14626",)), *extra)
    directory = a_directory(
        a_partner("ohs"),
        *partners,  # type: ignore[arg-type]  # -- partners, made above
        contacts=[a_contact(one.id, kinds=MAIL_AND_PAGE) for one in partners],  # type: ignore[attr-defined]  # -- as above
    )
    return replace(directory, neighbours={"14612": ("14626",)})


def hub_playbook(**changes: object) -> Playbook:
    return a_playbook(
        a_step("A18", hub=True, **{"members": MembersReach.AROUND, **changes}),
        a_step("A19", roles=("OB-L",), start=Start(after=("A18",))),
    )


def a_cascade(*, directory: Directory | None = None, **changes: object) -> Timeline:
    timeline = a_timeline(hub_playbook(**changes), directory=directory or members_directory())
    timeline.perform([])
    return timeline


def said(timeline: Timeline, partner: str, *, by: str = "") -> None:
    contact = by or partner
    via = ev.Via.HUB if by else ev.Via.PAGE
    timeline.append(
        ev.Acknowledged(
            step="A18", partner=partner, contact=contact, via=via, happened_at=timeline.now
        )
    )


def states(timeline: Timeline) -> dict[str, State]:
    return {one.partner: one.state for one in timeline.incident.obligations_of("A18")}


def asks_at(timeline: Timeline, minute: int) -> list[tuple[str, str, str, int]]:
    """Let time pass and return partner, contact, purpose and level of what is sent in A18."""
    timeline.now = T0 + minutes(minute)
    return [
        (ask.partner, ask.contact, ask.purpose.value, ask.level)
        for ask in timeline.perform([])
        if ask.step == "A18"
    ]


def test_members_wait_for_their_hub() -> None:
    timeline = a_cascade()

    assert states(timeline) == {
        "ohs": State.ASKING,
        "dresden": State.PENDING,
        "goerlitz": State.PENDING,
    }


@pytest.mark.parametrize(
    ("reach", "members"),
    [
        (MembersReach.HERE, ("dresden",)),
        (MembersReach.AROUND, ("dresden", "goerlitz")),
        (MembersReach.EVERYWHERE, ("dresden", "goerlitz", "leipzig")),
    ],
)
def test_reach_says_which_members(reach: MembersReach, members: tuple[str, ...]) -> None:
    directory = members_directory(a_member("leipzig", regions=("14713",)))

    timeline = a_cascade(directory=directory, members=reach)

    cascade = timeline.incident.obligations["A18", "ohs"].cascade
    assert cascade is not None
    assert cascade.members == members


def test_hub_that_takes_over_opens_the_members_pages() -> None:
    timeline = a_cascade()
    said(timeline, "ohs")

    sent = [(ask.partner, ask.channel, ask.purpose.value) for ask in timeline.perform([])]

    assert sent == [
        ("dresden", "dresden-portal", "ask"),
        ("goerlitz", "goerlitz-portal", "ask"),
    ]


def test_members_answers_roll_up_and_end_the_step() -> None:
    timeline = a_cascade()
    said(timeline, "ohs")
    timeline.perform([])
    said(timeline, "dresden")
    timeline.perform([])
    hub = timeline.incident.obligations["A18", "ohs"]
    assert hub.cascade is not None
    assert (hub.cascade.answered, hub.cascade.silent) == (1, ("goerlitz",))
    assert timeline.incident.run_of("A19").started_at is None

    said(timeline, "goerlitz", by="ohs")
    timeline.perform([])

    assert states(timeline) == dict.fromkeys(("ohs", "dresden", "goerlitz"), State.ACKNOWLEDGED)
    assert timeline.incident.run_of("A19").started_at == T0


def test_silence_goes_to_the_hub_its_deputy_its_superior_and_then_to_the_lead() -> None:
    timeline = a_cascade()
    timeline.now = T0 + minutes(1)
    said(timeline, "ohs")
    timeline.perform([])
    said(timeline, "dresden")

    assert asks_at(timeline, 5) == []
    assert asks_at(timeline, 6) == [("ohs", "ohs", "chase", 1)]
    assert asks_at(timeline, 11) == [("ohs", "ohs-dep", "chase", 2)]
    assert asks_at(timeline, 16) == [("ohs", "ohs-sup", "chase", 3)]
    assert asks_at(timeline, 21) == [("goerlitz", "lead", "task", 4)]
    assert list(timeline.incident.tasks) == ["other-way/A18/goerlitz"]
    assert states(timeline)["goerlitz"] is State.HANDED_TO_PERSON


def test_hub_is_told_once_for_all_who_are_silent() -> None:
    timeline = a_cascade()
    said(timeline, "ohs")
    timeline.perform([])

    assert asks_at(timeline, 5) == [("ohs", "ohs", "chase", 1)]


def test_hub_is_not_told_of_a_silence_that_has_ended() -> None:
    timeline = a_cascade()
    said(timeline, "ohs")
    timeline.perform([])
    said(timeline, "dresden")
    said(timeline, "goerlitz")

    assert asks_at(timeline, 30) == []


def test_hub_is_not_chased_because_of_a_member_that_took_over() -> None:
    timeline = a_cascade(expect=ExpectAnswer(form="F1"))
    said(timeline, "ohs")
    said(timeline, "dresden")
    timeline.now = T0 + minutes(5)
    timeline.perform([minutes(7)])  # the chase is held back by a limit
    said(timeline, "goerlitz")

    assert asks_at(timeline, 12) == []
    hub = timeline.incident.obligations["A18", "ohs"]
    assert hub.cascade is not None
    assert (hub.cascade.silent, hub.cascade.level, hub.chased) == (("dresden", "goerlitz"), 0, 0)


def test_member_of_two_hubs_is_asked_through_the_first_and_never_lost() -> None:
    both = replace(a_partner("dresden", role="OHS-B"), member_of=("ohs", "ohs2"))
    directory = a_directory(
        a_partner("ohs"), a_partner("ohs2"), both, contacts=[a_contact("dresden")]
    )
    timeline = a_cascade(directory=directory)
    said(timeline, "ohs2")
    assert timeline.incident.obligations["A18", "dresden"].membership == Membership(hub="ohs")

    timeline.happens(("decline", 0))
    timeline.perform([])

    assert [name for name in timeline.incident.tasks if "dresden" in name] == [
        "other-way/A18/dresden"
    ]


def test_who_took_over_is_told_where_the_deputy_is_on_a_rota() -> None:
    known = members_directory()
    rota = replace(known.contacts["ohs-dep"], availability=Rota(shifts=()))
    directory = replace(known, contacts={**known.contacts, "ohs-dep": rota})
    timeline = a_cascade(directory=directory)
    said(timeline, "ohs")
    timeline.perform([])

    assert asks_at(timeline, 5) == [("ohs", "ohs", "chase", 1)]
    assert asks_at(timeline, 10) == [("ohs", "ohs", "chase", 2)]


def test_hub_that_refuses_leaves_its_members_to_the_lead() -> None:
    timeline = a_cascade()
    timeline.happens(("decline", 0))
    timeline.perform([])

    assert list(timeline.incident.tasks) == [
        "declined/A18/ohs/4",
        "other-way/A18/dresden",
        "other-way/A18/goerlitz",
    ]


def test_hub_that_never_answers_takes_its_members_to_the_lead() -> None:
    timeline = a_cascade()
    for minute in (5, 10, 15, 20):
        asks_at(timeline, minute)

    assert set(states(timeline).values()) == {State.HANDED_TO_PERSON}


def test_hub_that_takes_over_late_passes_on_all_the_same() -> None:
    timeline = a_cascade()
    timeline.happens(("decline", 0))
    timeline.perform([])
    said(timeline, "ohs")

    asked = [(ask.partner, ask.purpose.value) for ask in timeline.perform([])]

    assert asked == [("dresden", "ask"), ("goerlitz", "ask")]


def test_hub_that_was_left_out_leaves_its_members_to_the_lead() -> None:
    timeline = a_cascade()
    timeline.append(
        *steer.skip(timeline.incident, step="A18", partner="ohs", reason="nicht besetzt")
    )
    timeline.perform([])

    assert list(timeline.incident.tasks) == ["other-way/A18/dresden", "other-way/A18/goerlitz"]


def test_member_without_a_page_is_pursued_all_the_same() -> None:
    known = members_directory()
    bare = a_contact("dresden", kinds=(ChannelKind.EMAIL,))
    timeline = a_cascade(
        directory=replace(known, contacts={**known.contacts, "dresden": bare}),
        members=MembersReach.HERE,
    )
    said(timeline, "ohs")

    assert timeline.perform([]) == []
    assert asks_at(timeline, 5) == [("ohs", "ohs", "chase", 1)]


def test_members_deadline_may_be_another_one() -> None:
    timeline = a_cascade(members_within=Within(duration=minutes(90)))

    due = {one.partner: one.due_at for one in timeline.incident.obligations_of("A18")}

    later = T0 + minutes(90)
    assert due == {"ohs": T0 + minutes(15), "dresden": later, "goerlitz": later}


def test_hub_without_members_is_a_gap() -> None:
    timeline = a_cascade(directory=a_directory(a_partner("ohs")))

    assert list(timeline.incident.tasks) == ["gap/A18/ohs/members"]
    assert timeline.incident.obligations["A18", "ohs"].cascade is None


def test_any_member_is_enough_but_not_the_hub() -> None:
    timeline = a_cascade(completion=Completion.ANY)
    said(timeline, "ohs")
    timeline.perform([])
    assert timeline.incident.run_of("A19").started_at is None

    said(timeline, "dresden")
    timeline.perform([])

    assert states(timeline)["goerlitz"] is State.OBSOLETE
    assert timeline.incident.run_of("A19").started_at == T0


def test_members_answer_a_form_after_they_took_over() -> None:
    timeline = a_cascade(expect=ExpectAnswer(form="F1"))
    said(timeline, "ohs")
    said(timeline, "dresden")
    timeline.perform([])
    answers: Answers = {"room": "yes"}
    timeline.append(
        ev.Answered(
            step="A18",
            partner="dresden",
            contact="dresden",
            via=ev.Via.PAGE,
            answers=answers,
            happened_at=timeline.now,
        )
    )

    hub = timeline.incident.obligations["A18", "ohs"].cascade
    assert hub is not None
    assert hub.silent == ("goerlitz",)


def test_everybody_is_asked_anew_after_the_condition_came_back() -> None:
    timeline = a_timeline(hub_playbook(when=CONDITIONS[1]), directory=members_directory())
    timeline.append(ev.AttributeSet(attribute="deaths", value=1, source="x", happened_at=T0))
    timeline.perform([])
    said(timeline, "ohs")
    timeline.perform([])
    said(timeline, "dresden")
    for deaths in (0, 1):
        fact = ev.AttributeSet(attribute="deaths", value=deaths, source="x", happened_at=T0)
        timeline.append(fact)
        timeline.perform([])

    assert states(timeline) == {
        "ohs": State.ASKING,
        "dresden": State.ACKNOWLEDGED,
        "goerlitz": State.ASKING,
    }
    again = timeline.incident.obligations["A18", "goerlitz"]
    assert again.membership == Membership(hub="ohs")


def test_later_steps_ask_the_hub_and_not_its_members() -> None:
    playbook = a_playbook(
        a_step("A18", hub=True, members=MembersReach.AROUND),
        a_step("A40", roles=(), asked_in=("A18",), start=Start(after=("A18",))),
    )
    timeline = a_timeline(playbook, directory=members_directory())
    timeline.perform([])
    for partner in ("ohs", "dresden", "goerlitz"):
        said(timeline, partner)
    timeline.perform([])

    assert timeline.incident.run_of("A40").partners == ("ohs",)
