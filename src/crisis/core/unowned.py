"""
Needs that nobody takes care of become the lead's after four hours (A98).

What the lead may not read becomes no task of its desk (S5.P4).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from crisis.core import event as ev
from crisis.core.need import Need, Report
from crisis.core.outlook import Outlook
from crisis.core.visibility import confidential_fields

WITHOUT_OWNER = timedelta(hours=4)


def unowned(view: Outlook) -> Iterator[ev.Event]:
    """Yield a task for each need that has been without an owner for too long, once."""
    if view.incident.stood_down_at is not None:
        return
    for need, known in _known_to_the_lead(view):
        late = need.raised_at + WITHOUT_OWNER <= view.now
        if late and not need.is_owned and need.task not in view.incident.tasks:
            yield ev.TaskRaised(
                task=need.task,
                task_kind=ev.TaskKind.NEED,
                step=known.step,
                partner=known.partner,
                subject=need.subject,
            )


def next_unowned(view: Outlook) -> Iterator[datetime]:
    """Yield the moments to come at which a need has been without an owner for too long."""
    if view.incident.stood_down_at is not None:
        return
    for need, _ in _known_to_the_lead(view):
        moment = need.raised_at + WITHOUT_OWNER
        if moment > view.now and not need.is_owned:
            yield moment


def _known_to_the_lead(view: Outlook) -> Iterator[tuple[Need, Report]]:
    """Yield the needs of which the lead may read a report, each with the first such one."""
    for need in view.incident.needs.values():
        known = (
            one
            for one in need.reports
            if one.field not in confidential_fields(view.incident, one.step)
        )
        first = next(known, None)
        if first is not None:
            yield need, first
