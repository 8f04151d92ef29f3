"""Only what still needs a human lies on the desk."""

from crisis.core import event as ev
from crisis.core.desk import open_tasks
from crisis.core.event import Event
from crisis.core.incident import fold
from crisis.core.task import TaskKind
from tests.builders import T0, a_form_step, a_playbook, entries_of

STARTED = ev.StepStarted(step="A02", partners=("ohs",), planned_at=T0, due_at=None)
ACKNOWLEDGED = ev.Acknowledged(
    step="A02", partner="ohs", contact="ohs", via=ev.Via.PAGE, happened_at=T0
)
ANSWERED = ev.Answered(
    step="A02", partner="ohs", contact="ohs", via=ev.Via.PAGE, answers={}, happened_at=T0
)
DECLINED = ev.Declined(
    step="A02", partner="ohs", contact="ohs", via=ev.Via.PAGE, reason="nein", happened_at=T0
)


def raised(kind: TaskKind, subject: str = "", partner: str = "ohs") -> ev.TaskRaised:
    return ev.TaskRaised(
        task=kind.value, task_kind=kind, step="A02", partner=partner, subject=subject
    )


def left(*events: Event) -> list[str]:
    entries = entries_of(STARTED, *events, playbook=a_playbook(a_form_step()))
    return [task.raised.task for task in open_tasks(fold(entries))]


def test_tasks_lie_there_in_the_order_in_which_they_were_raised() -> None:
    kinds = (TaskKind.PHONE, TaskKind.GUARD, TaskKind.OTHER_WAY)

    assert left(*(raised(kind) for kind in kinds)) == ["phone", "guard", "other-way"]


def test_task_that_was_done_is_gone() -> None:
    finished = ev.TaskDone(task="guard", result="done", note="", happened_at=T0)

    assert left(raised(TaskKind.GUARD), finished) == []


def test_call_is_needless_once_somebody_has_taken_over() -> None:
    assert left(raised(TaskKind.PHONE), ACKNOWLEDGED) == []


def test_other_way_is_needed_until_the_answer_is_there() -> None:
    assert left(raised(TaskKind.OTHER_WAY), ACKNOWLEDGED) == ["other-way"]
    assert left(raised(TaskKind.OTHER_WAY), ANSWERED) == []


def test_refusal_lies_there_until_it_is_taken_back_or_the_step_fell_away() -> None:
    skipped = ev.StepSkipped(step="A02", partner="ohs", reason="andere Stelle")

    assert left(DECLINED, raised(TaskKind.DECLINED)) == ["declined"]
    assert left(DECLINED, raised(TaskKind.DECLINED), ACKNOWLEDGED) == []
    assert left(DECLINED, raised(TaskKind.DECLINED), skipped) == []


def test_question_is_answered_by_whoever_knows() -> None:
    question = raised(TaskKind.QUESTION, subject="dangerous", partner="")

    def known(value: str) -> Event:
        return ev.AttributeSet(
            attribute="dangerous", value=value, source="A02/ohs", happened_at=T0
        )

    assert left(question) == ["question"]
    assert left(question, known("unknown")) == ["question"]
    assert left(question, known("no")) == []


def test_gap_and_guard_wait_for_a_human_whatever_partners_do() -> None:
    gap = raised(TaskKind.GAP, subject="KRS", partner="")

    assert left(gap, raised(TaskKind.GUARD), ANSWERED) == ["gap", "guard"]
