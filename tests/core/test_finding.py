"""Candidate findings: what each rule says, where it points, and what it leaves alone."""

from datetime import timedelta

from crisis.core import event as ev
from crisis.core.delivery import OutcomeKind
from crisis.core.event import TaskKind
from crisis.core.finding import FindingRule, findings
from crisis.core.playbook import ExpectAnswer, Phase
from crisis.core.scope import read_scope
from crisis.core.words import Words
from tests.report_log import T0, Pen, a_directory, a_partner, a_playbook, a_step

DUE = T0 + timedelta(minutes=15)


def _m(count: float) -> timedelta:
    return timedelta(minutes=count)


def _pen() -> Pen:
    steps = (a_step("A1"), a_step("A3", expect=ExpectAnswer(form="f5"), check_in=True))
    pen = Pen(
        a_playbook(Phase(id="p", title=Words(de="Phase {1}", en="Phase {one}"), steps=steps)),
        a_directory(a_partner("cy", name="Opferhilfe {Nord}"), a_partner("bo")),
    )
    pen.open(occurred_at=None)
    return pen


def _found(pen: Pen) -> list[tuple[FindingRule, str]]:
    scope = read_scope(pen.log(), at=T0 + _m(60))
    return [(finding.rule, finding.observation.de) for finding in findings(scope)]


def test_findings_praise_a_phase_in_which_all_came_in_time_and_a_complete_round() -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", due_at=DUE)
    pen.start(T0, "A3", "cy", due_at=DUE)
    for step in ("A1", "A3"):
        pen.attempt(T0, step, "cy")
    pen.acknowledge(T0 + _m(2), "A1", "cy")
    pen.answer(T0 + _m(3), "A3", "cy")
    assert _found(pen) == [
        (
            FindingRule.ALL_IN_TIME,
            "Phase {1}: alle 2 erwarteten Quittungen kamen in der Frist.",
        ),
        (
            FindingRule.ROUND_COMPLETE,
            "Schritt A3 (A3): alle angefragten Partner haben sich gemeldet.",
        ),
    ]


def test_findings_name_partners_and_steps_by_weight() -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", "bo", "stranger", due_at=DUE)
    pen.attempt(T0, "A1", "cy", outcome=OutcomeKind.REJECTED, code="550")
    pen.attempt(T0, "A1", "bo", outcome=OutcomeKind.UNKNOWN, code="timeout")
    pen.decline(T0 + _m(2), "A1", "bo", reason="nicht zuständig")
    pen.acknowledge(T0 + _m(20), "A1", "cy", recorded_at=T0 + _m(25))
    for task in ("open", "done"):
        guard = ev.TaskRaised(task=task, task_kind=TaskKind.GUARD, step="A1", partner="cy")
        pen.write(T0 + _m(26), guard)
    pen.write(T0 + _m(30), ev.TaskDone(task="done", result="done", note="", happened_at=DUE))
    pen.write(T0 + _m(31), ev.StepSkipped(step="A3", partner=None, reason=""))
    assert _found(pen) == [
        (
            FindingRule.NEVER_REACHED,
            "stranger wurde bis zum Ende der Frist nicht erreicht (A1).",
        ),
        (
            FindingRule.GUARD_OPEN,
            "Schutzfrage mit „nein“ beantwortet und noch nicht behoben: Schritt A1 (A1).",
        ),
        (
            FindingRule.STEP_UNDONE,
            "Schritt A1 (A1) ist nach Ablauf der Frist noch nicht erledigt.",
        ),
        (
            FindingRule.DECLINED,
            "bo hat abgelehnt (A1); die Aufgabe ging an die Federführung zurück.",
        ),
        (
            FindingRule.WRONG_DATA,
            "Kontaktdaten von Opferhilfe {Nord} waren falsch (A1); der nächste Kanal sprang ein.",
        ),
        (
            FindingRule.UNCERTAIN,
            "Ob eine Nachricht an bo ankam, blieb ungewiss (A1).",
        ),
        (
            FindingRule.UNEXPLAINED,
            "Abweichungen vom Ablaufplan ohne Begründung.",
        ),
        (FindingRule.LATE_ENTRIES, "Nachträge im Protokoll: 2."),
    ]


def test_findings_point_to_the_clauses_and_the_log() -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", due_at=DUE)
    pen.attempt(T0, "A1", "cy")
    pen.overdue(DUE, "A1", "cy")
    first = findings(read_scope(pen.log(), at=T0 + _m(60)))[0]
    assert (first.steps, first.partners, first.basis) == (("A1",), ("cy",), ("S2.6",))
    assert first.evidence == (3, 5)
    assert not first.is_strength


def test_findings_name_a_step_that_was_done_late() -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", due_at=DUE)
    pen.acknowledge(T0 + _m(20), "A1", "cy")
    assert (FindingRule.STEP_LATE, "Schritt A1 (A1) wurde erst nach der Frist erledigt.") in (
        _found(pen)
    )


def test_findings_count_rounds_that_went_by_unasked() -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", due_at=DUE)
    pen.acknowledge(T0 + _m(2), "A1", "cy")
    pen.write(
        T0 + _m(50),
        ev.StepStarted(
            step="A1.2", partners=(), planned_at=T0 + _m(50), due_at=None, of="A1", missed=2
        ),
    )

    assert (
        FindingRule.ROUNDS_MISSED,
        "Vor Schritt A1 (2. Runde) (A1.2) entfielen Runden: 2.",
    ) in _found(pen)
