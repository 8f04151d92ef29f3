"""Entering a fact that became known, on the duty officer's pages."""

from collections.abc import Mapping
from types import MappingProxyType

from crisis.core.condition import Value
from crisis.core.form import Answer, Answers, Field, FieldKind, Form, Option
from crisis.core.incident import Incident
from crisis.core.playbook import Attribute, AttributeKind
from crisis.core.words import Words
from crisis.usecases import steering
from crisis.usecases.reading import Desk
from crisis.web.desk_act import DeskAct, said, when_field, when_of
from crisis.web.form_view import counted_words
from crisis.web.naming import Names
from crisis.web.texts import Texts

_KINDS: Mapping[AttributeKind, FieldKind] = MappingProxyType(
    {
        AttributeKind.CHOICE: FieldKind.CHOICE,
        AttributeKind.TRISTATE: FieldKind.TRISTATE,
        AttributeKind.COUNT: FieldKind.COUNT,
        AttributeKind.LIST: FieldKind.LIST,
        AttributeKind.REGION: FieldKind.TEXT,
    }
)


def fact_act(desk: Desk, incident: Incident, name: str, *, by: str, say: Texts) -> DeskAct | None:
    """Return what enters a fact, None where the playbook has no such attribute."""
    known = {one.id: one for one in incident.playbook.attributes}
    if name not in known:
        return None
    names = Names(incident, say)
    value = incident.attributes.get(name)

    def do(answers: Answers) -> None:
        steering.set_attribute(
            desk,
            incident.id,
            name=name,
            value=_value(answers["value"]),
            source=str(answers["source"]),
            by=by,
            happened_at=when_of(answers),
        )

    return DeskAct(
        title=names.attribute(name),
        form=_form(known[name], names=names, say=say),
        button=say("Angabe speichern"),
        action="set",
        do=do,
        notes=(say("Bisher: %(value)s", value=names.value(name, value)),)
        if value is not None
        else (),
        anchor="#changes",
    )


def _form(attribute: Attribute, *, names: Names, say: Texts) -> Form:
    options = tuple(
        Option(value=one, label=said(names.value(attribute.id, one))) for one in attribute.values
    )
    value = Field(
        id="value",
        kind=_KINDS[attribute.kind],
        label=said(names.attribute(attribute.id)),
        hint=_hint(attribute, say=say),
        required=True,
        options=options,
    )
    source = Field(
        id="source",
        kind=FieldKind.TEXT,
        label=said(say("Von wem wissen Sie das?")),
        hint=said(say("Die Funktion, zum Beispiel: Einsatzleitung.")),
        required=True,
        max_length=120,
    )
    return Form(id="fact", title=value.label, fields=(value, source, when_field(say)))


def _hint(attribute: Attribute, *, say: Texts) -> Words | None:
    if attribute.kind is AttributeKind.LIST:
        return said(say("Eine je Zeile."))
    counts = attribute.definition
    return None if counts is None else said(counted_words(counts, say=say))


def _value(answer: Answer) -> Value:
    if isinstance(answer, list):
        return tuple(str(item) for item in answer)
    return answer
