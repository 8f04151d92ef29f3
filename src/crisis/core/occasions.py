"""When the occasions of a playbook come: named moments from which steps and deadlines count."""

from collections.abc import Iterator
from datetime import datetime

from crisis.core import event as ev
from crisis.core.condition import Condition, Verdict, attributes_of
from crisis.core.outlook import Outlook


def occasions(view: Outlook) -> Iterator[ev.OccasionCame]:
    """Yield the occasions that have come and are not yet recorded; each comes once."""
    if view.incident.stood_down_at is not None:
        return
    for occasion in view.incident.playbook.occasions:
        # What is only assumed is no moment to count from.
        come = view.verdict(occasion.when) is Verdict.TRUE
        if come and occasion.id not in view.incident.occasions:
            yield ev.OccasionCame(
                occasion=occasion.id, happened_at=_since(view, occasion.when) or view.now
            )


def _since(view: Outlook, condition: Condition) -> datetime | None:
    """Return when the last fact became known on which a condition depends."""
    named = attributes_of(condition)
    known = (c for c in reversed(view.incident.attribute_changes) if c.attribute in named)
    return next((change.at for change in known), None)
