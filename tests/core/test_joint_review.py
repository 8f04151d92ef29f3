"""What the report says of joint steps: words of sides, clearances, the lead passing on."""

from crisis.core import decide, steer
from crisis.core.chronicle import chronicle
from crisis.core.decide import Answering
from crisis.core.event import Via
from crisis.core.figure import RowState, Share
from crisis.core.hand_over import Handing, hand_over
from crisis.core.handover import LeadPost
from crisis.core.joint_review import (
    ClearanceReview,
    ConfirmationReview,
    HandoverReview,
    SideReview,
    clearance_reviews,
    confirmation_reviews,
    handover_reviews,
)
from crisis.core.metrics_deadline import done_at, metric_m9
from crisis.core.playbook import Start, Step
from crisis.core.publish import publish
from crisis.core.scope import Scope, read_scope
from crisis.core.words import Words
from tests.builders import T0, a_directory, a_partner, a_playbook, a_step, minutes
from tests.core.joint_steps import a_both_step, a_release_step
from tests.core.playing import a_timeline, acknowledged
from tests.core.timelines import Timeline

DIRECTORY = a_directory(a_partner("ohs"), a_partner("wr", role="WR"), a_partner("krs", role="KRS"))
ROLES = ("OHS", "WR")


def a_run(*steps: Step) -> Timeline:
    timeline = a_timeline(a_playbook(*steps), directory=DIRECTORY)
    timeline.perform([])
    return timeline


def scope_of(timeline: Timeline) -> Scope:
    return read_scope(timeline.entries, at=timeline.now)


def place(timeline: Timeline, kind: str, partner: str = "") -> int:
    """Return the one entry's number of this kind, by this partner if one is named."""
    [seq] = [
        entry.seq
        for entry in timeline.entries
        if entry.event.kind == kind and getattr(entry.event, "partner", "") in {partner, ""}
    ]
    return seq


def offer(timeline: Timeline, to: str) -> None:
    handing = Handing(to=to, reason=f"Schichtwechsel an {to}", brief={}, within=minutes(30))
    timeline.append(
        *hand_over(timeline.incident, handing, happened_at=timeline.now, now=timeline.now)
    )


def test_every_hand_over_names_who_led_until_then() -> None:
    timeline = a_run(a_step())
    offer(timeline, "wr")
    timeline.append(
        *steer.skip(timeline.incident, step="H01", partner=None, reason="nicht erreichbar")
    )
    timeline.now = T0 + minutes(2)
    offer(timeline, "krs")
    timeline.append(acknowledged("H02", "krs", at=T0 + minutes(2)))
    timeline.now = T0 + minutes(4)
    offer(timeline, "ohs")

    found = handover_reviews(scope_of(timeline))

    offers = [entry.seq for entry in timeline.entries if entry.event.kind == "lead-offered"]
    assert found == (
        HandoverReview(
            step="H01",
            giver="lead",
            partner="wr",
            contact=Words(de="Dienst wr", en="Duty wr"),
            reason="Schichtwechsel an wr",
            offered_at=T0,
            taken_at=None,
            evidence=(offers[0],),
        ),
        HandoverReview(
            step="H02",
            giver="lead",
            partner="krs",
            contact=Words(de="Dienst krs", en="Duty krs"),
            reason="Schichtwechsel an krs",
            offered_at=T0 + minutes(2),
            taken_at=T0 + minutes(2),
            evidence=(offers[1], place(timeline, "acknowledged", "krs")),
        ),
        HandoverReview(
            step="H03",
            giver="krs",
            partner="ohs",
            contact=Words(de="Dienst ohs", en="Duty ohs"),
            reason="Schichtwechsel an ohs",
            offered_at=T0 + minutes(4),
            taken_at=None,
            evidence=(offers[2],),
        ),
    )


def test_chronicle_tells_the_offer_and_the_word_that_makes_the_lead() -> None:
    timeline = a_run(a_step())
    timeline.append(acknowledged("A10", "ohs"))
    offer(timeline, "wr")
    timeline.append(acknowledged("H01", "wr"))

    told = [(one.kind, one.step, one.detail) for one in chronicle(scope_of(timeline))]

    assert told == [
        ("incident-opened", "", "AHORN 47"),
        ("lead-offered", "H01", "wr"),
        ("acknowledged", "H01", "wr"),
    ]


def test_second_word_said_twice_makes_the_lead_once() -> None:
    timeline = a_run(a_step())
    offer(timeline, "wr")

    timeline.append(
        acknowledged("H01", "wr", at=T0 + minutes(2)),
        acknowledged("H01", "wr", at=T0 + minutes(3)),
    )

    assert timeline.incident.leads == (
        LeadPost(partner="wr", contact="wr", since=T0 + minutes(2), step="H01"),
    )


def test_confirmation_names_each_side_and_who_gave_its_word() -> None:
    later = a_both_step("A58", roles=ROLES, start=Start(offset=minutes(60)))
    timeline = a_run(a_both_step("A57", roles=ROLES), a_step(), later)
    timeline.now = T0 + minutes(3)
    timeline.append(acknowledged("A57", "wr", at=timeline.now))

    found = confirmation_reviews(scope_of(timeline))

    assert found == (
        ConfirmationReview(
            step="A57",
            sides=(
                SideReview(partners=("ohs",), confirmed_by="", confirmed_at=None),
                SideReview(partners=("wr",), confirmed_by="wr", confirmed_at=T0 + minutes(3)),
            ),
            evidence=(place(timeline, "acknowledged", "wr"),),
        ),
    )


def test_step_of_two_sides_is_done_with_the_second_word() -> None:
    timeline = a_run(a_both_step("A57", roles=ROLES))
    timeline.append(acknowledged("A57", "wr", at=T0 + minutes(3)))
    timeline.now = T0 + minutes(40)
    assert done_at(scope_of(timeline), "A57") is None
    [undone] = metric_m9(scope_of(timeline)).censored
    assert (undone.step, undone.state, undone.value) == ("A57", RowState.RUNNING, minutes(25))

    timeline.append(acknowledged("A57", "ohs", at=T0 + minutes(20)))

    assert done_at(scope_of(timeline), "A57") == T0 + minutes(20)
    figure = metric_m9(scope_of(timeline))
    assert [(row.step, row.value) for row in figure.rows] == [("A57", minutes(5))]
    assert figure.stat("in-time") == Share(part=0, whole=1)


def sign(timeline: Timeline, partner: str) -> None:
    answering = Answering(
        step="A35", partner=partner, contact=partner, via=Via.PAGE, happened_at=timeline.now
    )
    timeline.append(
        *decide.sign(timeline.incident, answering, verdict="agreed", remark="", now=timeline.now)
    )


def come_out(timeline: Timeline, *, uncleared: str = "") -> None:
    timeline.append(
        *publish(
            timeline.incident,
            step="A35",
            uncleared=uncleared,
            happened_at=timeline.now,
            now=timeline.now,
        )
    )


def test_clearance_says_who_signed_and_when_it_came_out() -> None:
    timeline = a_run(a_step(), a_release_step("A35", roles=ROLES))
    sign(timeline, "ohs")
    timeline.now = T0 + minutes(6)
    sign(timeline, "wr")
    timeline.now = T0 + minutes(9)
    come_out(timeline)

    found = clearance_reviews(scope_of(timeline))

    assert found == (
        ClearanceReview(
            step="A35",
            what=Words(de="Aufruf"),
            started_at=T0,
            signed=("ohs", "wr"),
            missing=(),
            dissents=(),
            cleared_at=T0 + minutes(6),
            published_at=T0 + minutes(9),
            uncleared=False,
            reason="",
            evidence=(
                place(timeline, "signed", "ohs"),
                place(timeline, "signed", "wr"),
                place(timeline, "published"),
            ),
        ),
    )


def test_what_came_out_before_all_had_signed_is_said_with_its_reason() -> None:
    timeline = a_run(a_release_step("A35", roles=ROLES))
    sign(timeline, "ohs")
    [blocked] = clearance_reviews(scope_of(timeline))
    come_out(timeline, uncleared="Pressestelle war schneller")

    [found] = clearance_reviews(scope_of(timeline))

    assert (blocked.missing, blocked.cleared_at, blocked.published_at) == (("wr",), None, None)
    assert (blocked.uncleared, blocked.reason) == (False, "")
    assert (found.published_at, found.uncleared) == (T0, True)
    assert found.reason == "Pressestelle war schneller"
