"""Nothing is published before all have signed: n of n, and a dissent blocks."""

from datetime import datetime, timedelta

import pytest

from crisis.core import decide, steer
from crisis.core.clearance import Clearance, clearance_of, clearances
from crisis.core.decide import Answering
from crisis.core.desk import open_tasks
from crisis.core.event import Published, Via
from crisis.core.playbook import ExpectSignOff, Start
from crisis.core.publish import publish
from crisis.core.repeat import Repeat
from crisis.core.words import Words
from crisis.errors import PersonalDataError, RefusedError
from tests.builders import T0, a_directory, a_partner, a_playbook, a_step, minutes
from tests.core.playing import a_timeline, set_to
from tests.core.timelines import Timeline

WHAT = Words(de="Erste Information", en="First information")


def a_release() -> Timeline:
    playbook = a_playbook(
        a_step("A35", roles=("OHS", "WR"), expect=ExpectSignOff(what=WHAT)),
        a_step("A36", roles=("OB-L",), start=Start(after=("A35",))),
    )
    directory = a_directory(a_partner("ohs"), a_partner("wr", role="WR"))
    timeline = a_timeline(playbook, directory=directory)
    timeline.perform([])
    return timeline


def sign(timeline: Timeline, partner: str, verdict: str = "agreed") -> None:
    answering = Answering(
        step="A35", partner=partner, contact=partner, via=Via.PAGE, happened_at=timeline.now
    )
    timeline.append(
        *decide.sign(
            timeline.incident,
            answering,
            verdict=verdict,  # type: ignore[arg-type]  # -- one of three words
            remark="" if verdict == "agreed" else "Die Nummer fehlt.",
            now=timeline.now,
        )
    )
    timeline.perform([])


def clearance(timeline: Timeline) -> Clearance:
    found = clearance_of(timeline.incident, timeline.incident.step_by_id["A35"])
    assert found is not None
    return found


def come_out(timeline: Timeline, *, uncleared: str = "", at: datetime | None = None) -> None:
    timeline.append(
        *publish(
            timeline.incident,
            step="A35",
            uncleared=uncleared,
            happened_at=at or timeline.now,
            now=timeline.now,
        )
    )


def begun(timeline: Timeline) -> bool:
    return timeline.incident.run_of("A36").started_at is not None


def test_it_is_blocked_until_the_last_has_signed() -> None:
    timeline = a_release()
    sign(timeline, "ohs")

    assert clearance(timeline) == Clearance(
        step="A35",
        what=WHAT,
        signed=("ohs",),
        missing=("wr",),
        dissents=(),
        cleared_at=None,
        published=None,
    )
    assert clearance(timeline).wanted == 2
    assert not begun(timeline)

    timeline.now = T0 + minutes(3)
    sign(timeline, "wr", "remark")

    assert clearance(timeline).cleared_at == timeline.now
    assert begun(timeline)


def test_dissent_blocks_and_lies_on_the_leads_desk_until_it_is_taken_back() -> None:
    timeline = a_release()
    sign(timeline, "ohs")
    sign(timeline, "wr", "dissent")

    assert clearance(timeline).dissents == ("wr",)
    assert [task.raised.task_kind.value for task in open_tasks(timeline.incident)] == ["dissent"]
    assert not begun(timeline)

    sign(timeline, "wr")

    assert open_tasks(timeline.incident) == ()
    assert clearance(timeline).cleared_at == T0
    assert begun(timeline)


def test_dissent_may_be_left_out_with_a_reason() -> None:
    timeline = a_release()
    sign(timeline, "ohs")
    sign(timeline, "wr", "dissent")
    timeline.now = T0 + minutes(5)
    timeline.append(*steer.skip(timeline.incident, step="A35", partner="wr", reason="erledigt"))
    timeline.perform([])

    assert clearance(timeline).cleared_at == timeline.now
    assert open_tasks(timeline.incident) == ()


def test_silent_signatory_may_be_left_out_with_a_reason() -> None:
    timeline = a_release()
    sign(timeline, "ohs")
    timeline.now = T0 + minutes(5)
    timeline.append(*steer.skip(timeline.incident, step="A35", partner="wr", reason="erledigt"))
    timeline.perform([])

    assert clearance(timeline).cleared_at == timeline.now
    assert begun(timeline)


def test_refusal_blocks() -> None:
    timeline = a_release()
    sign(timeline, "ohs")
    timeline.happens(("decline", 1))
    timeline.perform([])

    assert clearance(timeline).cleared_at is None
    assert not begun(timeline)


def test_publication_is_refused_while_it_is_blocked_and_says_who_is_missing() -> None:
    timeline = a_release()
    sign(timeline, "ohs", "dissent")

    with pytest.raises(
        RefusedError, match=r"0 of 2 have signed \(not signed: wr; not agreed: ohs"
    ):
        come_out(timeline)


def test_publication_is_recorded_once() -> None:
    timeline = a_release()
    sign(timeline, "ohs")
    sign(timeline, "wr")

    come_out(timeline)

    assert clearance(timeline).published == Published(
        step="A35", cleared=True, reason="", happened_at=T0
    )
    with pytest.raises(RefusedError, match="already"):
        come_out(timeline)


def test_what_came_out_before_is_recorded_as_such() -> None:
    timeline = a_release()
    come_out(timeline, uncleared="Pressestelle war schneller")

    published = clearance(timeline).published
    assert published is not None
    assert (published.cleared, published.reason) == (False, "Pressestelle war schneller")


def test_what_came_out_before_the_last_signature_was_not_cleared() -> None:
    timeline = a_release()
    timeline.now = T0 + minutes(10)
    sign(timeline, "ohs")
    sign(timeline, "wr")

    with pytest.raises(RefusedError, match="only; if it came out before"):
        come_out(timeline, at=timeline.now - timedelta(minutes=5))


def test_reason_for_publishing_names_nobody() -> None:
    with pytest.raises(PersonalDataError):
        come_out(a_release(), uncleared="Frau Dr. Erika Beispiel hat es gesagt")


def test_other_steps_clear_nothing() -> None:
    timeline = a_release()

    assert [one.step for one in clearances(timeline.incident)] == ["A35"]
    with pytest.raises(RefusedError, match="clears nothing"):
        publish(timeline.incident, step="A36", uncleared="", happened_at=T0, now=T0)


def test_every_release_is_cleared_on_its_own() -> None:
    release = a_step("B31", expect=ExpectSignOff(what=WHAT), repeat=Repeat(changes="releases"))
    timeline = a_timeline(a_playbook(release))
    timeline.perform([])
    timeline.append(set_to("releases", 2))
    timeline.perform([])

    found = {one.step: one.missing for one in clearances(timeline.incident)}

    assert found == {"B31": ("ohs",), "B31.2": ("ohs",)}
