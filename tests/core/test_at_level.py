"""A step that begins because another one's ladder has risen."""

from crisis.core.condition import AtLevel
from crisis.core.obligation import ObligationState
from tests.builders import T0, a_playbook, a_step, minutes
from tests.core.playing import a_timeline, acknowledged, state_of

SILENT = a_step("B21")
INSTEAD = a_step("B22", roles=("POL-FLZ",), when=AtLevel(step="B21", level=2))


def test_step_begins_at_the_moment_at_which_the_level_is_reached() -> None:
    timeline = a_timeline(a_playbook(SILENT, INSTEAD))
    timeline.perform([])

    timeline.now = T0 + minutes(5)
    timeline.perform([])
    before = timeline.incident.run_of("B22").started_at
    timeline.now = T0 + minutes(10)
    timeline.perform([])

    assert before is None
    assert timeline.incident.levels == {"B21": 2}
    assert timeline.incident.run_of("B22").started_at == T0 + minutes(10)


def test_step_stays_when_the_silent_one_answers_after_all() -> None:
    timeline = a_timeline(a_playbook(SILENT, INSTEAD))
    for moment in (0, 5, 10):
        timeline.now = T0 + minutes(moment)
        timeline.perform([])

    timeline.append(acknowledged("B21", "ohs"))
    timeline.perform([])

    assert timeline.incident.run_of("B22").obsolete_at is None
    assert state_of(timeline, "B21") is ObligationState.ACKNOWLEDGED


def test_step_is_not_asked_where_somebody_answers_in_time() -> None:
    timeline = a_timeline(a_playbook(SILENT, INSTEAD))
    timeline.perform([])
    timeline.append(acknowledged("B21", "ohs"))

    timeline.now = T0 + minutes(300)
    timeline.perform([])

    assert timeline.incident.run_of("B22").started_at is None
