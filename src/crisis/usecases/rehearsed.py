"""What a rehearsal must show, and where it showed something else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crisis.core import event as ev
from crisis.core.availability import clock_text
from crisis.core.event import Entry
from crisis.core.figure import Quantity, Share
from crisis.core.metrics_channel import metric_m7, metric_m8
from crisis.core.metrics_contact import (
    metric_m1,
    metric_m2,
    metric_m3,
    metric_m4,
    metric_m5,
    metric_m22,
)
from crisis.core.metrics_ladder import metric_m6
from crisis.core.obligation import Attempt
from crisis.core.scope import Scope, read_scope
from crisis.usecases.rehearse import Transcript

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedAsk:
    """
    One message that must leave at a moment; what is empty or None may be anything.

    `channel` is a kind of channel. `place` says where it is written.
    """

    at: datetime
    step: str
    partner: str = ""
    contact: str = ""
    channel: str = ""
    level: int | None = None
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """
    What a rehearsal must give, read at a moment.

    `figures` are those of the reflection report over `steps`, in minutes. `asks` are all
    messages of the steps that they name, up to that moment.
    """

    read_at: datetime
    steps: tuple[str, ...] = ()
    figures: Mapping[str, object] = field(default_factory=dict)
    asks: tuple[ExpectedAsk, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One message as it left."""

    at: datetime
    step: str
    partner: str
    contact: str
    channel: str
    level: int

    def fits(self, expected: ExpectedAsk) -> bool:
        """Return whether this is a message that was expected."""
        return (
            (self.at, self.step) == (expected.at, expected.step)
            and expected.partner in {"", self.partner}
            and expected.contact in {"", self.contact}
            and expected.channel in {"", self.channel}
            and expected.level in {None, self.level}
        )


def differences(expected: Expected, transcript: Transcript) -> tuple[str, ...]:
    """Return what a rehearsal showed otherwise than expected, one line each; nothing if not."""
    return (*_of_asks(expected, transcript), *figure_differences(expected, transcript.entries))


def figure_differences(expected: Expected, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the figures over a log that are not as expected, one line each."""
    if not expected.figures:
        return ()
    scope = read_scope(entries, at=expected.read_at, steps=expected.steps or None)
    shown = figures_of(scope)
    known = ", ".join(shown)
    return tuple(
        f"{name} is {shown[name]}, expected {value}"
        if name in shown
        else f"there is no figure {name}; there are: {known}"
        for name, value in expected.figures.items()
        if name not in shown or not _agrees(value, shown[name])
    )


def figures_of(scope: Scope) -> dict[str, object]:
    """Return the figures that a rehearsal file may expect, in minutes."""
    m3 = metric_m3(scope)
    return {
        "M1": _plain(metric_m1(scope).stat("duration")),
        "M2": {row.step: _plain(row.value) for row in metric_m2(scope).rows if row.step},
        "M3": {row.step: _plain(row.value) for row in m3.rows},
        "M3_median": _plain(m3.stat("median")),
        "M3_censored": {row.step: _plain(row.value) for row in m3.censored},
        "M4": _plain(metric_m4(scope).stat("in-time")),
        "M5": [row.step for row in metric_m5(scope).rows],
        "M6": {str(level): metric_m6(scope).stat(f"level-{level}") for level in (1, 2, 3, 4)},
        "M7_hard": [row.step for row in metric_m7(scope).rows if row.state.value == "hard"],
        "M8_deputy": [row.step for row in metric_m8(scope).rows if row.step],
        "M22": _plain(metric_m22(scope).stat("outside")),
    }


def _plain(value: Quantity) -> object:
    match value:
        case timedelta():
            return round(value / _MINUTE)
        case Share():
            return [value.part, value.whole]
        case _:
            return value


def _of_asks(expected: Expected, transcript: Transcript) -> Iterator[str]:
    steps = {ask.step for ask in expected.asks}
    left = [one for one in _sent(transcript, until=expected.read_at) if one.step in steps]
    for ask in expected.asks:
        found = next((one for one in left if one.fits(ask)), None)
        if found is None:
            yield f"{ask.place}: missing: {_told(ask)}"
        else:
            left.remove(found)
    for one in left:
        yield f"not expected: {_told(one)}"


def _sent(transcript: Transcript, *, until: datetime) -> list[Sent]:
    contacts = transcript.incident.opened.directory.contacts

    def kind(attempt: Attempt) -> str:
        channels = contacts[attempt.contact].channels
        return next(one.kind.value for one in channels if one.id == attempt.channel)

    found = [
        Sent(
            at=attempt.started_at,
            step=obligation.step,
            partner=obligation.partner,
            contact=attempt.contact,
            channel=kind(attempt),
            level=attempt.level,
        )
        for obligation in transcript.incident.obligations.values()
        for attempt in obligation.attempts
        if attempt.started_at <= until and attempt.purpose is not ev.Purpose.TASK
    ]
    return sorted(found, key=lambda one: one.at)


def _told(ask: ExpectedAsk | Sent) -> str:
    where = f" at {ask.contact}" if ask.contact else ""
    over = f" over {ask.channel}" if ask.channel else ""
    level = "" if ask.level is None else f", level {ask.level}"
    who = f" {ask.partner}" if ask.partner else ""
    return f"{clock_text(ask.at)} {ask.step}{who}{where}{over}{level}"


def _agrees(expected: object, shown: object) -> bool:
    """Compare a figure; of one told by step only the steps that are expected count."""
    if isinstance(expected, Mapping) and isinstance(shown, Mapping):
        return all(shown.get(name) == value for name, value in expected.items())
    if isinstance(expected, Sequence) and not isinstance(expected, str):
        return list(expected) == shown
    return expected == shown
