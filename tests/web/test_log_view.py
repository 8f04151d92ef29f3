"""Every kind of entry as a sentence."""

from datetime import timedelta
from typing import Any, get_args

import pytest

from crisis.core import event as ev
from crisis.core.asked import TOO_LATE
from crisis.core.bulletin import BulletinClass
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Entry, Event
from crisis.core.incident import fold
from crisis.web.log_view import sentence
from crisis.web.naming import Names
from crisis.web.texts import texts
from tests.builders import (
    T0,
    a_bulletin,
    a_decision_step,
    a_form_step,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)
from tests.web.reading import expected

PLAYBOOK = a_playbook(a_step(), a_form_step(), a_decision_step())
WHO: dict[str, Any] = {"step": "A10", "partner": "ohs"}
REPLY: dict[str, Any] = {**WHO, "contact": "ohs", "via": ev.Via.PHONE, "happened_at": T0}
EVENTS: tuple[Event, ...] = (
    entries_of(playbook=PLAYBOOK)[0].event,
    ev.AttributeSet(attribute="deaths", value=2, source="A10/ohs", happened_at=T0),
    ev.AttributeSet(attribute="kind_of_event", value="terror", source="POL", happened_at=T0),
    ev.AttributeSet(attribute="languages", value=("pl", "ar"), source="opening", happened_at=T0),
    ev.AttributeSet(attribute="languages", value=(), source="ada", happened_at=T0),
    ev.AttributeSet(attribute="dangerous", value="no", source="ada", happened_at=T0),
    ev.ConsentGiven(
        consent="E-01",
        scope="findings",
        recipient="ohs",
        partner="",
        expires_at=None,
        happened_at=T0,
    ),
    ev.ConsentRefused(consent="E-02", scope="findings", partner="ohs", happened_at=T0),
    ev.ConsentRevoked(consent="E-01", partner="", happened_at=T0),
    a_bulletin(about=BulletinClass.COUNTRY, countries=("RO", "BG"), text="Geheim."),
    ev.OccasionCame(occasion="V", happened_at=T0),
    ev.StartMoved(planned_for=T0 + timedelta(days=1), reason="Nebel"),
    ev.StartConfirmed(happened_at=T0),
    ev.StepSkipped(step="A10", partner=None, reason=TOO_LATE),
    ev.StepStarted(step="A10", partners=("ohs", "lead"), planned_at=T0, due_at=None),
    ev.StepStarted(step="A04", partners=(), planned_at=T0, due_at=None),
    ev.StepStarted(
        step="A10.2", partners=("ohs",), planned_at=T0, due_at=None, of="A10", missed=3
    ),
    ev.StepHeld(step="A02"),
    ev.AttemptStarted(
        **WHO,
        n=2,
        contact="ohs-dep",
        channel="ohs-dep-sms",
        purpose=ev.Purpose.REPEAT,
        level=2,
        possible_repeat=True,
        outside_hours=True,
        link_hash="",
        text_hash="",
    ),
    ev.AttemptEnded(**WHO, n=2, outcome=OutcomeKind.REJECTED, code="550"),
    ev.AttemptHeld(
        **WHO,
        contact="ohs-dep",
        channel="ohs-dep-sms",
        purpose=ev.Purpose.REPEAT,
        until=T0 + minutes(2),
        limit="contact 6/minute",
        again=True,
    ),
    ev.Escalated(**WHO, level=3),
    ev.Overdue(**WHO),
    ev.Acknowledged(**REPLY),
    ev.Declined(**REPLY, reason="Nicht zuständig."),
    ev.Answered(**REPLY, answers={"room": "no"}),
    ev.Decided(step="A04", option="unclear", reason="Zu früh.", by_default=False, happened_at=T0),
    ev.Decided(step="A04", option="unclear", reason="", by_default=True, happened_at=T0),
    ev.Signed(**REPLY, verdict="agreed", remark=""),
    ev.Signed(**REPLY, verdict="dissent", remark="Es fehlt die Anlage."),
    ev.Published(step="A10", cleared=True, reason="", happened_at=T0),
    ev.Published(step="A10", cleared=False, reason="Zu früh.", happened_at=T0),
    ev.StepObsolete(step="A10", reason="condition"),
    ev.StepObsolete(step="A10", reason="completed"),
    ev.StepObsolete(step="A10", reason="stand-down"),
    ev.StepSkipped(step="A10", partner=None, reason="Gedeckt."),
    ev.TaskRaised(
        task="guard/1", task_kind=ev.TaskKind.GUARD, step="A02", partner="ohs", subject="room"
    ),
    ev.TaskRaised(
        task="question/deaths",
        task_kind=ev.TaskKind.QUESTION,
        step="",
        partner="",
        subject="deaths",
    ),
    ev.TaskRaised(
        task="gap/A10", task_kind=ev.TaskKind.GAP, step="A10", partner="", subject="POL"
    ),
    ev.TaskRaised(task="bare", task_kind=ev.TaskKind.OTHER_WAY, step="", partner=""),
    ev.TaskDone(task="guard/1", result="done", note="Raum gewechselt.", happened_at=T0),
    ev.TaskDone(task="bare", result="done", note="", happened_at=T0),
    ev.TaskDone(task="never-raised", result="done", note="", happened_at=T0),
    ev.AdHocAsked(
        step="X01", partner="ohs", text="Bitte Lageplan.", reason="", due_at=None, within=None
    ),
    ev.LeadOffered(
        step="H01",
        partner="ohs",
        contact="ohs",
        reason="Schichtwechsel.",
        due_at=None,
        within=None,
        happened_at=T0,
    ),
    ev.NoteAdded(text="Schichtwechsel.", happened_at=T0 - timedelta(hours=2)),
    ev.ComplaintCounted(category="delay", state="made"),
    ev.ComplaintCounted(category="delay", state="closed"),
    ev.StoodDown(reason="Fehlalarm.", happened_at=T0),
    ev.ReportDrafted(step="A10", status="draft", log_to=20, digest=""),
    ev.LinkRevoked(link_hash="", reason="weitergegeben"),
    ev.IncidentClosed(reason="Ende."),
    ev.OrchestratorUnavailable(reason="ConnectError"),
    ev.OrchestratorRestored(),
    ev.LogRestored(upto_version=4, lost_to=9),
    ev.LogRestored(upto_version=4),
    ev.BrokenChainAccepted(at_version=3, found_hash="ff", reason="Platte getauscht."),
    ev.EntriesErased(rule="free-text", days=0, entries=()),
    ev.Erased(what="answered"),
)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_entry_is_a_sentence(language: str) -> None:
    raised = [event for event in EVENTS if isinstance(event, ev.TaskRaised)]
    names = Names(fold(entries_of(*raised, playbook=PLAYBOOK)), texts(language))

    said = [sentence(_entry(event), names=names, say=texts(language)) for event in EVENTS]

    assert "\n".join(said) == expected(f"log.{language}")


def test_every_kind_of_entry_is_tried() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(Event))


def test_entry_made_a_minute_later_is_marked_as_late() -> None:
    note = ev.NoteAdded(text="Ruhig.", happened_at=T0)
    names = Names(fold(entries_of()), texts("de"))

    said = [
        sentence(_entry(note, late=late), names=names, say=texts("de"))
        for late in (timedelta(seconds=59), minutes(1))
    ]

    assert said == [
        "Notiz: Ruhig.",
        "Notiz: Ruhig. (nachgetragen; geschehen Fr., 18.12.2026, 19:20 Uhr)",
    ]


def _entry(event: Event, *, late: timedelta = timedelta()) -> Entry:
    return Entry(seq=1, incident="i1", version=1, at=T0 + late, actor="ada", event=event)
