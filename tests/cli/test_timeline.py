"""Entries of the log as moments and in words."""

from datetime import UTC, datetime, timedelta
from typing import get_args

from crisis.cli import telling
from crisis.cli.telling import tell
from crisis.cli.timeline import beats
from crisis.core import event as ev
from crisis.core.asked import TOO_LATE
from crisis.core.contact import Directory
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Entry, Event
from tests.builders import a_bulletin

T0 = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)
NOBODY = Directory(contacts={}, holidays={})


def _entries(*events: Event) -> tuple[Entry, ...]:
    return tuple(
        Entry(seq=n, incident="i", version=n, at=T0, actor="system", event=event)
        for n, event in enumerate(events, 1)
    )


def _started(*, repeat: bool = False) -> ev.AttemptStarted:
    return ev.AttemptStarted(
        step="A10",
        partner="cy",
        n=1,
        contact="cy-duty",
        channel="cy-sms",
        purpose=ev.Purpose.ASK,
        level=0,
        possible_repeat=repeat,
        outside_hours=True,
        link_hash="",
        text_hash="",
    )


def _ended(outcome: OutcomeKind, code: str, *, run: str = "") -> ev.AttemptEnded:
    return ev.AttemptEnded(step="A10", partner="cy", n=1, outcome=outcome, code=code, run=run)


def test_beats_join_an_attempt_with_its_first_outcome() -> None:
    moments = beats(
        _entries(
            _started(),
            _ended(OutcomeKind.UNKNOWN, "lost"),
            _ended(OutcomeKind.REJECTED, "550"),
        ),
        directory=NOBODY,
    )

    assert [(beat.kind, beat.outcome, beat.what) for beat in moments] == [
        ("attempt-started", "unknown", "ask: unknown (lost)"),
        ("attempt-ended", None, "attempt 1 rejected (550)"),
    ]


def test_beats_say_that_a_message_is_on_its_way_or_may_be_a_repeat() -> None:
    (beat,) = beats(_entries(_started(repeat=True)), directory=NOBODY)

    assert (beat.outcome, beat.what) == (None, "ask, may be a repeat: on its way")
    assert beats((), directory=NOBODY) == ()


def test_tell_knows_every_event() -> None:
    kinds = {event.__dataclass_fields__["kind"].default for event in get_args(Event)}

    assert set(telling._TELL) == kinds  # noqa: SLF001 -- a kind without words would fail at three in the morning


def test_tell_puts_events_into_words() -> None:
    told = [
        tell(event)
        for event in (
            _started(repeat=True),
            _ended(OutcomeKind.ACCEPTED, "250", run="bold-ibex"),
            ev.Answered(
                step="A30",
                partner="cy",
                contact="cy-duty",
                via=ev.Via.PAGE,
                answers={"n": 3, "tongues": ["de", "pl"], "needs": [{"group": "support"}]},
                happened_at=T0,
            ),
            ev.Signed(
                step="A61",
                partner="dee",
                contact="dee-desk",
                via=ev.Via.PAGE,
                verdict="dissent",
                remark="zu spät",
                happened_at=T0,
            ),
            ev.TaskDone(task="phone/A10/cy/1", result="reached", note="kurz", happened_at=T0),
            ev.Decided(step="A04", option="go", reason="", by_default=True, happened_at=T0),
            ev.ReportDrafted(step="A60", status="draft", log_to=12, digest=""),
            ev.StepStarted(
                step="A41.2",
                partners=("cy",),
                planned_at=T0,
                due_at=None,
                of="A41",
                missed=2,
            ),
            ev.Escalated(step="A10", partner="cy", level=2),
            ev.OccasionCame(occasion="V", happened_at=T0),
            ev.StartMoved(planned_for=T0 + timedelta(days=1), reason="Nebel"),
            ev.StartConfirmed(happened_at=T0),
            ev.StepSkipped(step="A10", partner=None, reason=TOO_LATE),
            ev.ConsentGiven(
                consent="E-01",
                scope="findings",
                recipient="cy",
                partner="",
                expires_at=T0,
                happened_at=T0,
            ),
            ev.ConsentRefused(consent="E-02", scope="findings", partner="", happened_at=T0),
            ev.ConsentRevoked(consent="E-01", partner="", happened_at=T0),
            a_bulletin(text="Nur für die Gefragten.", countries=("RO",), replaces="H-01"),
            a_bulletin(),
            ev.OrchestratorUnavailable(reason="refused"),
            ev.OrchestratorRestored(),
            ev.LinkRevoked(link_hash="", reason="forwarded"),
            ev.StepHeld(step="A30"),
            ev.LogRestored(upto_version=4, lost_to=9),
            ev.LogRestored(upto_version=4),
            ev.BrokenChainAccepted(at_version=3, found_hash="ff", reason="disk changed"),
            ev.EntriesErased(rule="free-text", days=0, entries=()),
            ev.Erased(what="answered"),
        )
    ]

    assert told == [
        "ask cy-duty over cy-sms, may be a repeat",
        "attempt 1 accepted (250), run bold-ibex",
        "answered by cy-duty via page: n=3, tongues=de, pl, needs=1 rows",
        "signed dissent by dee-desk: zu spät",
        "task phone/A10/cy/1: reached, kurz",
        "decided go by default",
        "draft report from the log up to 12",
        "begins for cy; rounds that went by unasked: 2",
        "nobody answered: level 2",
        "V came: deadlines count from then",
        f"T0 moved to {T0 + timedelta(days=1):%Y-%m-%d %H:%M} UTC: Nebel",
        "it has begun: T0 is real",
        "left out: too late, it began before",
        f"E-01: consent to findings for cy until {T0:%Y-%m-%d %H:%M} UTC",
        "E-02: no consent to findings; nothing is passed on",
        "E-01: consent taken back",
        "H-01 about counsellors (RO), until 2026-12-31, in place of H-01: Nur für die Gefragten.",
        "H-01 about counsellors, until 2026-12-31, by word of mouth",
        "Prefect does not answer: refused",
        "Prefect answers again",
        "a page was closed: forwarded",
        "held: it would bring people into danger",
        "the log was put back to version 4; versions up to 9 are lost",
        "the log was put back to version 4; later ones are lost",
        "break at 3 accepted: disk changed",
        "0 entries erased, period free-text",
        "answered: erased after its period",
    ]
