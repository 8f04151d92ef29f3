"""Everything an event changes, and nothing else."""

from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core.deadline import Within
from crisis.core.event import Entry, Event
from crisis.core.incident import Incident, fold
from crisis.core.playbook import ExpectAcknowledgement, ExpectAnswer
from crisis.core.state import NOTHING_YET, AttributeChange, StepRun
from tests.builders import (
    T0,
    a_decision_step,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)

STARTED = ev.StepStarted(
    step="A10", partners=("ohs", "wr"), planned_at=T0, due_at=T0 + minutes(15)
)


def folded(*events: Event) -> Incident:
    directory = a_directory(a_partner("ohs"), a_partner("wr"))
    return fold(
        entries_of(*events, playbook=a_playbook(a_step(), a_decision_step()), directory=directory)
    )


@pytest.mark.parametrize("entries", [(), entries_of(STARTED)[1:]])
def test_log_begins_with_the_opening(entries: tuple[Entry, ...]) -> None:
    with pytest.raises(ValueError, match="a log begins with incident-opened"):
        fold(entries)


def test_opening_sets_the_facts_that_were_known_then() -> None:
    entries = entries_of()
    opened = replace(
        entries[0],
        event=replace(entries[0].event, attributes={"deaths": 2, "dangerous": "no"}),  # type: ignore[arg-type]  # -- it is the opening
    )

    incident = fold((opened,))

    assert incident.attribute_changes == (
        AttributeChange(at=T0, attribute="dangerous", value="no", source="opening"),
        AttributeChange(at=T0, attribute="deaths", value=2, source="opening"),
    )
    assert (incident.opened_at, incident.opened_by, incident.state) == (T0, "ada", "open")


def test_fact_changes_when_it_happened_and_keeps_its_history() -> None:
    late = ev.AttributeSet(
        attribute="deaths", value=3, source="POL-FLZ", happened_at=T0 + minutes(0.5)
    )

    incident = folded(late)

    assert incident.attributes == {"deaths": 3}
    assert incident.attribute_changes[-1].at == T0 + minutes(0.5)


def test_step_that_fell_away_takes_only_open_obligations_along() -> None:
    acknowledged = ev.Acknowledged(
        step="A10", partner="wr", contact="wr", via=ev.Via.PAGE, happened_at=T0
    )

    incident = folded(STARTED, acknowledged, ev.StepObsolete(step="A10", reason="condition"))

    assert [o.obsolete_reason for o in incident.obligations_of("A10")] == ["condition", ""]
    assert incident.run_of("A10").obsolete_at == T0 + minutes(3)


def test_step_may_be_skipped_before_it_began() -> None:
    incident = folded(ev.StepSkipped(step="A10", partner=None, reason="erledigt"))

    assert incident.run_of("A10") == StepRun(skipped_reason="erledigt", skipped_at=T0 + minutes(1))


def declined(partner: str) -> Event:
    return ev.Declined(
        step="A10", partner=partner, contact=partner, via=ev.Via.PAGE, reason="", happened_at=T0
    )


@pytest.mark.parametrize(
    ("partner", "states"),
    [
        (None, ["obsolete", "declined"]),
        ("ohs", ["obsolete", "declined"]),
        ("wr", ["pending", "obsolete"]),
    ],
)
def test_skip_leaves_out_one_partner_or_all_that_have_not_answered(
    partner: str | None, states: list[str]
) -> None:
    skipped = ev.StepSkipped(step="A10", partner=partner, reason="erledigt")

    incident = folded(STARTED, declined("wr"), skipped)

    assert [o.state for o in incident.obligations_of("A10")] == states
    assert incident.run_of("A10").skipped_at == (None if partner else T0 + minutes(3))


def test_decision_fulfils_everyone_who_was_asked_for_it() -> None:
    started = replace(STARTED, step="A04")
    first = ev.Decided(step="A04", option="yes", reason="x", by_default=False, happened_at=T0)
    second = replace(first, option="unclear", happened_at=T0 + minutes(2))

    incident = folded(started, first, second)

    assert incident.decisions == {"A04": "unclear"}
    assert incident.run_of("A04").decided == second
    assert {o.fulfilled_at for o in incident.obligations_of("A04")} == {T0}


def test_orchestrator_comes_and_goes() -> None:
    gone = ev.OrchestratorUnavailable(reason="health")

    assert folded(gone).degraded
    assert not folded(gone, ev.OrchestratorRestored()).degraded


def test_incident_is_stood_down_and_then_closed() -> None:
    stood_down = ev.StoodDown(reason="Fehlalarm", happened_at=T0)

    assert folded(stood_down).state == "stood-down"
    assert folded(stood_down).stood_down_reason == "Fehlalarm"
    closed = folded(stood_down, ev.IncidentClosed(reason="Ende"))
    assert (closed.state, closed.closed_at) == ("closed", T0 + minutes(2))


def test_link_once_revoked_stays_so() -> None:
    revoked = [ev.LinkRevoked(link_hash=name, reason="x") for name in ("a", "b")]

    assert folded(*revoked).revoked_links == {"a", "b"}


def test_note_changes_nothing_but_the_version() -> None:
    before, after = folded(), folded(ev.NoteAdded(text="Presse", happened_at=T0))

    assert replace(after, version=1, last_seq=1, last_at=T0) == before


def test_task_about_nobody_in_particular_changes_no_obligation() -> None:
    task = ev.TaskRaised(task="t", task_kind=ev.TaskKind.OTHER_WAY, step="A04", partner="nobody")

    incident = folded(STARTED, task)

    assert incident.tasks["t"].raised == task
    assert {o.handed_at for o in incident.obligations.values()} == {None}


def test_ask_outside_the_playbook_is_a_step_of_its_own() -> None:
    plain = ev.AdHocAsked(
        step="X01", partner="wr", text="Decken?", reason="Kälte", due_at=None, within=None
    )
    full = replace(plain, step="X02", form="F1", within=minutes(30), due_at=T0 + minutes(32))

    incident = folded(plain, full)

    one, two = (incident.step_by_id[name] for name in ("X01", "X02"))
    assert (one.expect, one.within) == (ExpectAcknowledgement(), None)
    assert (two.expect, two.within) == (ExpectAnswer(form="F1"), Within(duration=minutes(30)))
    assert (two.message.de, two.ladder) == ("Decken?", "A")
    assert incident.obligations["X02", "wr"].due_at == T0 + minutes(32)


def test_step_that_nothing_happened_to_has_an_empty_run() -> None:
    assert folded().run_of("A10") is NOTHING_YET
    assert folded().obligations_of("A10") == ()
