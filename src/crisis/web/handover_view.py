"""The brief of a hand-over as the one who is to lead reads it."""

from collections.abc import Mapping
from datetime import datetime

from crisis.core.answer import is_moment
from crisis.core.desk import open_tasks
from crisis.core.form import Answer, Field, FieldKind
from crisis.core.incident import Incident
from crisis.web.labels import NEEDS, TRISTATE
from crisis.web.moments import long_moment
from crisis.web.naming import Names
from crisis.web.texts import Texts

View = dict[str, object]


def handover_view(incident: Incident, step_id: str, *, say: Texts) -> View | None:
    """Return the brief and what lies on the desk, None for a step that hands nothing over."""
    offered = incident.offers.get(step_id)
    if offered is None:
        return None
    names = Names(incident, say)
    form = next((one for one in incident.playbook.forms if one.id == offered.form), None)
    fields = () if form is None else form.fields
    return {
        "reason": offered.reason,
        "brief": [
            (say.words(field.label), _told(field, offered.brief[field.id], say=say))
            for field in fields
            if field.id in offered.brief
        ],
        "tasks": [
            f"{names.task_kind(task.raised)}: {names.about(task.raised)}".rstrip(": ")
            for task in open_tasks(incident)
        ],
    }


def _told(field: Field, answer: Answer, *, say: Texts) -> str:
    if isinstance(answer, list):
        return "; ".join(_row(row, say=say) for row in answer)
    if field.kind is FieldKind.TIME and is_moment(str(answer)):
        return long_moment(datetime.fromisoformat(str(answer)), say)
    labels = {option.value: say.words(option.label) for option in field.options}
    if answer in TRISTATE and not labels:
        return say(TRISTATE[str(answer)])
    return labels.get(str(answer), str(answer))


def _row(row: str | Mapping[str, str], *, say: Texts) -> str:
    if isinstance(row, str):
        return row
    parts = (
        say(words[text]) if text in words else text
        for column, (_, words) in NEEDS.items()
        if (text := row.get(column, ""))
    )
    return ", ".join(parts)
