"""Needs that nobody takes care of become the lead's after four hours (A98)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from crisis.core import event as ev
from crisis.core.outlook import Outlook

WITHOUT_OWNER = timedelta(hours=4)


def unowned(view: Outlook) -> Iterator[ev.Event]:
    """Yield a task for each need that has been without an owner for too long, once."""
    if view.incident.stood_down_at is not None:
        return
    for need in view.incident.needs.values():
        late = need.raised_at + WITHOUT_OWNER <= view.now
        if late and not need.is_owned and need.task not in view.incident.tasks:
            yield ev.TaskRaised(
                task=need.task,
                task_kind=ev.TaskKind.NEED,
                step=need.reports[0].step,
                partner=need.reports[0].partner,
                subject=need.subject,
            )


def next_unowned(view: Outlook) -> Iterator[datetime]:
    """Yield the moments to come at which a need has been without an owner for too long."""
    if view.incident.stood_down_at is not None:
        return
    for need in view.incident.needs.values():
        moment = need.raised_at + WITHOUT_OWNER
        if moment > view.now and not need.is_owned:
            yield moment
