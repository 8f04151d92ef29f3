"""
A run that was opened before its T0, such as a planned operation.

What prepares it begins at its time before T0; what comes after waits until somebody
says that it has begun, because operations are put off. Once the planned T0 has passed,
the lead is asked.
"""

from collections.abc import Iterator
from datetime import datetime

from crisis.core import event as ev
from crisis.core.outlook import Outlook


def start_is_up(view: Outlook) -> Iterator[ev.Event]:
    """Yield a task for the lead once the planned T0 has passed, anew for each one."""
    task = view.incident.start_task
    if _waits(view) and view.incident.t0 <= view.now and task not in view.incident.tasks:
        yield ev.TaskRaised(
            task=task, task_kind=ev.TaskKind.START, step="", partner="", subject="T0"
        )


def next_start(view: Outlook) -> Iterator[datetime]:
    """Yield the planned T0 while it lies ahead."""
    if _waits(view) and view.incident.t0 > view.now:
        yield view.incident.t0


def _waits(view: Outlook) -> bool:
    return view.incident.is_ahead and view.incident.stood_down_at is None
