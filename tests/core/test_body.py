"""A standing body: its office passes an ask on to members of other organisations (S3.8)."""

from dataclasses import replace

from crisis.core import event as ev
from crisis.core.contact import ChannelKind, Directory, Partner
from crisis.core.obligation import ObligationState as State
from crisis.core.playbook import MembersReach
from tests.builders import a_contact, a_directory, a_partner, a_playbook, a_step
from tests.core.playing import a_timeline
from tests.core.timelines import Timeline

COUNCIL, EXPERTS = "prevention-council", "expert-group"


def a_member(name: str, role: str, *bodies: str, region: str = "14") -> Partner:
    return replace(a_partner(name, role=role, regions=(region,)), member_of=bodies)


def two_bodies() -> Directory:
    members = (
        a_member("police", "POL-OS", COUNCIL),
        a_member("relief", "WR", COUNCIL, EXPERTS),
        a_member("ministry", "JM", EXPERTS),
        a_member("youth-office", "JA", COUNCIL, region="14626"),
    )
    page = (ChannelKind.EMAIL, ChannelKind.PORTAL)
    return a_directory(
        a_partner(COUNCIL, role="EXP"),
        a_partner(EXPERTS, role="LKS"),
        *members,
        contacts=[a_contact(one.id, kinds=page) for one in members],
    )


def notified(role: str, body: str) -> Timeline:
    """Notify a body of a playbook's step; its office takes over."""
    step = a_step("A18", roles=(role,), hub=True, members=MembersReach.EVERYWHERE)
    timeline = a_timeline(a_playbook(step), directory=two_bodies())
    timeline.perform([])
    timeline.append(
        ev.Acknowledged(
            step="A18", partner=body, contact=body, via=ev.Via.PAGE, happened_at=timeline.now
        )
    )
    return timeline


def asked(timeline: Timeline) -> list[tuple[str, str]]:
    return [(ask.partner, ask.channel) for ask in timeline.perform([])]


def test_body_that_is_notified_reaches_all_its_members_whatever_their_organisation() -> None:
    council, experts = notified("EXP", COUNCIL), notified("LKS", EXPERTS)

    assert asked(council) == [
        ("police", "police-portal"),
        ("relief", "relief-portal"),
        ("youth-office", "youth-office-portal"),
    ]
    assert asked(experts) == [("relief", "relief-portal"), ("ministry", "ministry-portal")]


def test_each_member_of_a_body_owes_an_answer_of_its_own() -> None:
    council = notified("EXP", COUNCIL)
    council.perform([])
    council.append(
        ev.Acknowledged(
            step="A18",
            partner="relief",
            contact="relief",
            via=ev.Via.PAGE,
            happened_at=council.now,
        )
    )

    states = {one.partner: one.state for one in council.incident.obligations_of("A18")}

    assert states == {
        COUNCIL: State.ACKNOWLEDGED,
        "police": State.ASKING,
        "relief": State.ACKNOWLEDGED,
        "youth-office": State.ASKING,
    }
