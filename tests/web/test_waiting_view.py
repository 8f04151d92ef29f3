"""Who still owes an answer: what is late first, and what is done folded away."""

from starlette.testclient import TestClient

from crisis.core import event as ev
from crisis.core.event import Via
from crisis.core.incident import fold
from crisis.usecases import answering
from crisis.usecases.answering import Reply
from crisis.web.incident_view import incident_view
from crisis.web.texts import texts
from tests.builders import (
    T0,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)
from tests.web.staged import Stage

PLAYBOOK = a_playbook(a_step("A10"), a_step("A20"), a_step("A30"), a_step("A40"))


def _begun(step: str, due: float | None) -> ev.StepStarted:
    due_at = None if due is None else T0 + minutes(due)
    return ev.StepStarted(step=step, partners=("ohs",), planned_at=T0, due_at=due_at)


def test_what_is_late_comes_first_and_what_has_no_deadline_last() -> None:
    events = (
        _begun("A10", None),
        _begun("A20", 30),
        _begun("A30", 10),
        _begun("A40", 5),
        ev.Acknowledged(step="A40", partner="ohs", contact="ohs", via=ev.Via.PAGE, happened_at=T0),
    )
    entries = entries_of(*events, playbook=PLAYBOOK, directory=a_directory(a_partner("ohs")))

    shown = incident_view(fold(entries), entries, now=T0 + minutes(10), say=texts("de"))

    asked = {"key": "pending", "symbol": "○", "label": "vorgemerkt"}
    line = {"partner": "Stelle ohs", "state": asked}
    assert shown["waiting"] == [
        {
            **line,
            "step": "A30",
            "title": "A30 Schritt A30",
            "due": "19:30 Uhr",
            "left": "seit weniger als 1 Min. überschritten",
            "late": True,
        },
        {
            **line,
            "step": "A20",
            "title": "A20 Schritt A20",
            "due": "19:50 Uhr",
            "left": "noch 20 Min.",
            "late": False,
        },
        {
            **line,
            "step": "A10",
            "title": "A10 Schritt A10",
            "due": "",
            "left": "",
            "late": False,
        },
    ]


def test_a_step_that_everybody_answered_folds_away(stage: Stage, ada: TestClient) -> None:
    for partner in ("cy", "ring"):
        reply = Reply(incident="i1", step="A10", partner=partner, by=partner, via=Via.PAGE)
        answering.acknowledge(stage.desk, reply)

    page = ada.get("/incidents/i1?lang=en").text

    assert "<summary>Done (1): A10</summary>" in page
    assert "<summary>Not begun yet or fallen away (1): A80</summary>" in page
    assert 'href="#step-A10"' not in page


def test_a_fact_to_find_out_is_entered_from_its_task(stage: Stage, ada: TestClient) -> None:
    question = ev.TaskRaised(
        task="question/dangerous",
        task_kind=ev.TaskKind.QUESTION,
        step="",
        partner="",
        subject="dangerous",
    )
    log = stage.desk.house.log
    log.append("i1", (question,), actor=ev.SYSTEM, at=T0, expected_version=None)

    page = ada.get("/incidents/i1").text

    assert '<a href="/incidents/i1/facts/dangerous">Gefahr eintragen</a>' in page
