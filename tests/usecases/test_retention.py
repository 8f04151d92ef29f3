"""Periods count from the closing; a dry run changes nothing; a damaged log stops no other."""

from dataclasses import replace
from datetime import datetime, timedelta

from crisis.core import event as ev
from crisis.core.custody import ERASED_TEXT
from crisis.core.event import Event, Mode
from crisis.simulated.log import MemoryEventLog
from crisis.usecases.retention import NEVER, Erasure, Periods, Retained, foreseen, run
from tests.builders import T0, entries_of

NOTE = ev.NoteAdded(text="Wechsel", happened_at=T0)
DECLINED = ev.Declined(
    step="A10", partner="ohs", contact="ohs", via=ev.Via.PAGE, reason="Zu weit.", happened_at=T0
)
FINAL = ev.ReportDrafted(step="A60", status="final", log_to=2, digest="")
DRAFT = ev.ReportDrafted(step="A60", status="draft", log_to=2, digest="")
CLOSED = ev.IncidentClosed(reason="Ende")


def a_log(*events: Event, mode: Mode = Mode.LIVE, incident: str = "i1") -> MemoryEventLog:
    log = MemoryEventLog()
    opened = entries_of()[0].event
    assert isinstance(opened, ev.IncidentOpened)
    first = replace(opened, mode=mode)
    log.append(incident, [first, *events], actor="ada", at=T0, expected_version=0)
    return log


def after(days: int) -> datetime:
    return T0 + timedelta(days=days)


def rules(found: Retained) -> list[tuple[str, tuple[int, ...]]]:
    return [(erasure.rule, erasure.versions) for erasure in found.erasures]


def test_open_incidents_are_left_alone() -> None:
    assert foreseen(a_log(NOTE, FINAL), Periods(), now=after(9999)) == Retained(
        erasures=(), problems=()
    )


def test_what_partners_wrote_goes_once_the_final_report_is_drawn_up() -> None:
    with_final = a_log(DECLINED, FINAL, CLOSED)
    with_draft = a_log(DECLINED, DRAFT, CLOSED)

    assert foreseen(with_final, Periods(), now=T0).erasures == (
        Erasure(incident="i1", rule="free-text", days=0, due_at=T0, versions=(2,)),
    )
    assert foreseen(with_draft, Periods(), now=T0).erasures == ()


def test_parts_of_a_live_run_go_one_after_the_other() -> None:
    log = a_log(NOTE, DECLINED, FINAL, CLOSED)

    dry = foreseen(log, Periods(), now=after(800))
    assert log.last_seq() == 5
    done = run(log, Periods(), now=after(800))

    assert dry == done
    assert rules(done) == [
        ("free-text", (3,)),
        ("contacts", (1,)),
        ("people", (1, 2, 3, 4, 5)),
    ]
    assert [entry.event.kind for entry in log.read("i1")[5:]] == ["entries-erased"] * 3
    assert log.read("i1")[1].event == ev.NoteAdded(text=ERASED_TEXT, happened_at=T0)
    assert log.verify() == ()
    assert run(log, Periods(), now=after(800)) == Retained(erasures=(), problems=())


def test_whole_goes_before_its_parts() -> None:
    exercise = a_log(NOTE, CLOSED, mode=Mode.EXERCISE)
    live = a_log(NOTE, CLOSED)

    assert rules(run(exercise, Periods(), now=after(365))) == [("exercise", (1, 2, 3))]
    assert rules(run(live, Periods(), now=after(3650))) == [("run", (1, 2, 3))]
    assert run(live, Periods(), now=after(3650)).erasures == ()
    assert (exercise.verify(), live.verify()) == ((), ())


def test_never_is_never() -> None:
    never = Periods(free_text=NEVER, people=NEVER, contacts=NEVER, exercise=NEVER, run=NEVER)
    log = a_log(NOTE, DECLINED, FINAL, CLOSED)
    assert run(log, never, now=after(99_999)).erasures == ()


def test_damaged_log_is_named_and_stops_no_other() -> None:
    log = a_log(NOTE, CLOSED)
    opened = log.read("i1")[0].event
    log.append("i2", [opened, NOTE, CLOSED], actor="ada", at=T0, expected_version=0)
    log.append("i3", [NOTE, CLOSED], actor="ada", at=T0, expected_version=0)
    del log.chains["i1"][1]

    found = run(log, Periods(), now=after(3650))

    assert [erasure.incident for erasure in found.erasures] == ["i2"]
    assert found.problems == (
        ("i1", "entry 3: the entry before it is missing: version 2 should follow"),
        ("i3", "a log begins with incident-opened"),
    )


def test_incident_that_only_the_index_calls_closed_is_left_alone() -> None:
    log = a_log(NOTE, CLOSED)
    log.chains["i1"][2:] = []
    log._ends["i1"] = log.chains["i1"][-1]  # noqa: SLF001 -- tampered with
    assert run(log, Periods(), now=after(9999)).erasures == ()
