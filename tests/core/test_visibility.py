"""What a counselling centre answers for others than the lead stays out of the lead's log."""

from dataclasses import replace
from datetime import timedelta

from crisis.core import event as ev
from crisis.core.event import Entry
from crisis.core.form import Field, FieldKind, Form
from crisis.core.incident import Incident, fold
from crisis.core.visibility import (
    CONFIDENTIAL,
    confidential_fields,
    for_the_lead,
    holds_confidence,
)
from crisis.core.words import Words
from tests.builders import T0, a_form_step, a_playbook, a_step, entries_of

FORM = Form(
    id="F1",
    title=Words(de="Beratung"),
    fields=(
        Field(id="taken", kind=FieldKind.TRISTATE, label=Words(de="Übernommen?")),
        Field(
            id="content", kind=FieldKind.TEXT, label=Words(de="Inhalt"), visible_to=("FBS", "KOK")
        ),
        Field(id="load", kind=FieldKind.TEXT, label=Words(de="Last"), visible_to=("OB-L", "FBS")),
    ),
)
STARTED = ev.StepStarted(step="A02", partners=("ohs",), planned_at=T0, due_at=None)
ANSWERED = ev.Answered(
    step="A02",
    partner="ohs",
    contact="ohs",
    via=ev.Via.PAGE,
    answers={"taken": "yes", "content": "vertraulich", "load": "hoch"},
    happened_at=T0 + timedelta(minutes=1),
)


def a_log() -> tuple[Incident, tuple[Entry, ...]]:
    other = replace(FORM, id="F9")
    playbook = replace(a_playbook(a_form_step(), a_step()), forms=(other, FORM))
    entries = entries_of(STARTED, ANSWERED, playbook=playbook)
    return fold(entries), entries


def test_lead_reads_only_what_is_for_it() -> None:
    incident, (opened, started, answered) = a_log()

    read = for_the_lead(incident, answered)

    said = {"taken": "yes", "content": CONFIDENTIAL, "load": "hoch"}
    assert read == replace(answered, event=replace(ANSWERED, answers=said))
    assert (for_the_lead(incident, opened), for_the_lead(incident, started)) == (opened, started)
    held = [holds_confidence(incident, entry) for entry in (opened, started, answered)]
    assert held == [False, False, True]


def test_step_that_asks_for_no_form_has_nothing_to_hide() -> None:
    incident, _ = a_log()

    assert [confidential_fields(incident, step) for step in ("A10", "A77")] == [frozenset()] * 2
