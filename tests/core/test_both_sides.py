"""Two sides give each other their word: one alone is half of it."""

from dataclasses import replace

from crisis.core import steer
from crisis.core.both_sides import Side, settled_at, sides
from crisis.core.obligation import ObligationState as State
from crisis.core.playbook import ExpectBothConfirm, Start
from crisis.core.repeat import Repeat
from tests.builders import T0, a_directory, a_partner, a_playbook, a_step, minutes
from tests.core.playing import a_timeline, acknowledged, set_to
from tests.core.timelines import Timeline

BOTH = ExpectBothConfirm(sides=(("PSNV-L",), ("OHS", "WR")))


def a_handover(*partners: object) -> Timeline:
    known = partners or (
        a_partner("kit", role="PSNV-L"),
        a_partner("ohs"),
        a_partner("wr", role="WR"),
    )
    playbook = a_playbook(
        a_step("A57", roles=("PSNV-L", "OHS", "WR"), expect=BOTH),
        a_step("A58", roles=("OB-L",), start=Start(after=("A57",))),
    )
    timeline = a_timeline(playbook, directory=a_directory(*known))  # type: ignore[arg-type]  # -- partners
    timeline.perform([])
    return timeline


def confirm(timeline: Timeline, partner: str) -> None:
    timeline.append(acknowledged("A57", partner, at=timeline.now))
    timeline.perform([])


def begun(timeline: Timeline) -> bool:
    return timeline.incident.run_of("A58").started_at is not None


def test_one_word_is_half_and_the_other_side_is_still_asked() -> None:
    timeline = a_handover()

    confirm(timeline, "kit")

    step = timeline.incident.step_by_id["A57"]
    assert sides(timeline.incident, step) == (
        Side(partners=("kit",), confirmed_by="kit", confirmed_at=T0),
        Side(partners=("ohs", "wr")),
    )
    assert settled_at(timeline.incident, step) is None
    assert not begun(timeline)
    states = {one.partner: one.state for one in timeline.incident.obligations_of("A57")}
    assert states == {"kit": State.ACKNOWLEDGED, "ohs": State.ASKING, "wr": State.ASKING}


def test_both_words_end_the_step_and_the_rest_of_a_side_falls_away() -> None:
    timeline = a_handover()
    confirm(timeline, "kit")
    timeline.now = T0 + minutes(4)

    confirm(timeline, "wr")

    states = {one.partner: one.state for one in timeline.incident.obligations_of("A57")}
    assert states == {
        "kit": State.ACKNOWLEDGED,
        "ohs": State.OBSOLETE,
        "wr": State.ACKNOWLEDGED,
    }
    assert settled_at(timeline.incident, timeline.incident.step_by_id["A57"]) == timeline.now
    assert begun(timeline)


def test_refusal_is_no_word() -> None:
    timeline = a_handover(a_partner("kit", role="PSNV-L"), a_partner("ohs"))
    timeline.happens(("decline", 0))
    timeline.perform([])

    confirm(timeline, "ohs")

    assert not begun(timeline)


def test_side_that_the_lead_leaves_out_is_not_waited_for() -> None:
    timeline = a_handover(a_partner("kit", role="PSNV-L"), a_partner("ohs"))
    confirm(timeline, "kit")
    timeline.append(
        *steer.skip(timeline.incident, step="A57", partner="ohs", reason="schon im Dienst")
    )
    timeline.perform([])

    assert begun(timeline)


def test_one_party_on_both_sides_is_a_gap() -> None:
    both = replace(a_partner("kit"), roles=("PSNV-L", "OHS"))

    timeline = a_handover(both)

    assert list(timeline.incident.tasks) == ["gap/A57/WR", "gap/A57/OHS"]
    confirm(timeline, "kit")
    assert not begun(timeline)


def test_step_without_sides_has_none() -> None:
    timeline = a_timeline(a_playbook(a_step()))

    assert sides(timeline.incident, timeline.incident.step_by_id["A10"]) == ()
    assert settled_at(timeline.incident, timeline.incident.step_by_id["A10"]) is None


def test_each_round_of_a_drill_needs_both_words_again() -> None:
    drill = a_step("B01", roles=("PSNV-L", "OHS"), repeat=Repeat(changes="drills"))
    both = replace(drill, expect=ExpectBothConfirm(sides=(("PSNV-L",), ("OHS",))))
    known = a_directory(a_partner("kit", role="PSNV-L"), a_partner("ohs"))
    timeline = a_timeline(a_playbook(both), directory=known)
    timeline.perform([])
    timeline.append(acknowledged("B01", "kit"), acknowledged("B01", "ohs"))
    timeline.append(set_to("drills", 2))
    timeline.perform([])

    timeline.append(acknowledged("B01.2", "kit"))

    by_id = timeline.incident.step_by_id
    assert settled_at(timeline.incident, by_id["B01"]) == T0
    assert settled_at(timeline.incident, by_id["B01.2"]) is None
    timeline.append(acknowledged("B01.2", "ohs"))
    assert settled_at(timeline.incident, by_id["B01.2"]) == T0
