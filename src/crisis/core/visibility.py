"""
What the lead may not read of an answer.

A counselling centre's content is never shown to those who lead, where the form says
that it is for others (seed S5: „vertrauliche Beratung und Unterstützung“). The log keeps
it, under its hash; whoever prints the log for the lead leaves it out.
"""

from dataclasses import replace

from crisis.core.event import Answered, Entry
from crisis.core.form import Field
from crisis.core.playbook import ExpectAnswer
from crisis.core.state import Incident

CONFIDENTIAL = "[confidential]"


def for_the_lead(incident: Incident, entry: Entry) -> Entry:
    """Return an entry as the lead may read it: confidential answers say only that they are."""
    event = entry.event
    if not isinstance(event, Answered):
        return entry
    hidden = confidential_fields(incident, event.step)
    answers = {
        name: CONFIDENTIAL if name in hidden else value for name, value in event.answers.items()
    }
    return replace(entry, event=replace(event, answers=answers))


def holds_confidence(incident: Incident, entry: Entry) -> bool:
    """Return whether an entry holds an answer that the lead may not read."""
    return for_the_lead(incident, entry) != entry


def confidential_fields(incident: Incident, step_id: str) -> frozenset[str]:
    """Return the fields of a step's form that are not for the lead."""
    lead = incident.playbook.lead.role
    fields = fields_of(incident, step_id)
    return frozenset(field.id for field in fields if is_confidential(field, lead))


def restricted_fields(incident: Incident, step_id: str) -> frozenset[str]:
    """Return the fields of a step's form that not every partner may read."""
    return frozenset(field.id for field in fields_of(incident, step_id) if field.visible_to)


def fields_of(incident: Incident, step_id: str) -> tuple[Field, ...]:
    """Return the fields of a step's form; none where it asks for no answer."""
    step = incident.step_by_id.get(step_id)
    if step is None or not isinstance(step.expect, ExpectAnswer):
        return ()
    wanted = step.expect.form
    forms = (form for form in incident.playbook.forms if form.id == wanted)
    return tuple(field for form in forms for field in form.fields)


def is_confidential(field: Field, lead: str) -> bool:
    """Return whether a field's answer is for others than the lead."""
    return bool(field.visible_to) and lead not in field.visible_to
