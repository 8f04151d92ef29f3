"""
Erasing by law what closed incidents need no longer hold.

The periods count from the closing of an incident (`law-and-trust.md` §6.2). What
is erased stays in the chain as a place without its words; an entry says which.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crisis.core.event import SYSTEM, Entry, Mode, ReportDrafted
from crisis.core.incident import Incident, fold
from crisis.core.redaction import (
    Redaction,
    applied,
    without_all,
    without_contacts,
    without_free_text,
    without_people,
)
from crisis.errors import CrisisError
from crisis.usecases.custody import CustodyLog

Rule = Literal["free-text", "people", "contacts", "exercise", "run"]
NEVER = -1

_REDACT: dict[Rule, Callable[[Sequence[Entry]], tuple[Redaction, ...]]] = {
    "free-text": without_free_text,
    "contacts": without_contacts,
    "people": without_people,
    "exercise": without_all,
    "run": without_all,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """
    After how many days from the closing what is erased; `NEVER` for never.

    `free_text`: what partners wrote into forms, once there is a final report.
    `people`: notes, reasons, remarks and the signs of those who acted. `contacts`:
    titles and rotas in the pinned extract of the directory. `exercise` and `run`:
    all of an exercise, all of a real run.
    """

    free_text: int = 0
    people: int = 730
    contacts: int = 365
    exercise: int = 365
    run: int = 3650

    def days(self, rule: Rule) -> int:
        """Return the period of a rule."""
        return {
            "free-text": self.free_text,
            "people": self.people,
            "contacts": self.contacts,
            "exercise": self.exercise,
            "run": self.run,
        }[rule]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One rule on one incident: since when it is due, and which entries lose their words."""

    incident: str
    rule: Rule
    days: int
    due_at: datetime
    versions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retained:
    """What was erased, or would be; why an incident could not be looked at, by id."""

    erasures: tuple[Erasure, ...]
    problems: tuple[tuple[str, str], ...]


def foreseen(log: CustodyLog, periods: Periods, *, now: datetime) -> Retained:
    """Return what is to be erased at a moment; nothing is changed."""
    return _each(log, periods, now=now, act=lambda _erasure, _redactions, _version: None)


def run(log: CustodyLog, periods: Periods, *, now: datetime) -> Retained:
    """
    Erase what is to be erased at a moment, and return what was.

    An incident whose chain does not hold is left as it is and named.

    Raises:
        UnreachableError: the log does not answer; what was erased so far stays erased.
    """

    def act(erasure: Erasure, redactions: tuple[Redaction, ...], version: int) -> None:
        log.erase(
            erasure.incident,
            redactions,
            rule=erasure.rule,
            days=erasure.days,
            actor=SYSTEM,
            at=now,
            expected_version=version,
        )

    return _each(log, periods, now=now, act=act)


_Act = Callable[[Erasure, tuple[Redaction, ...], int], None]


def _each(log: CustodyLog, periods: Periods, *, now: datetime, act: _Act) -> Retained:
    open_ones = frozenset(log.open_incidents())
    erasures: list[Erasure] = []
    problems: list[tuple[str, str]] = []
    for incident_id in log.incidents():
        if incident_id in open_ones:
            continue
        try:
            for fault in log.verify(incident_id)[:1]:
                problems.append((incident_id, f"entry {fault.version}: {fault.reason}"))
                break
            else:
                erasures.extend(_one(log, incident_id, periods, now=now, act=act))
        except (CrisisError, ValueError, KeyError) as error:
            problems.append((incident_id, str(error)))
    return Retained(erasures=tuple(erasures), problems=tuple(problems))


def _one(
    log: CustodyLog, incident_id: str, periods: Periods, *, now: datetime, act: _Act
) -> Iterator[Erasure]:
    entries = log.read(incident_id)
    incident = fold(entries)
    version = incident.version
    for rule, due_at in _due(incident, entries, periods, now=now):
        redactions = _REDACT[rule](entries)
        if not redactions:
            continue
        erasure = Erasure(
            incident=incident_id,
            rule=rule,
            days=periods.days(rule),
            due_at=due_at,
            versions=tuple(redaction.version for redaction in redactions),
        )
        act(erasure, redactions, version)
        version += 1
        entries = applied(entries, redactions)
        yield erasure


def _due(
    incident: Incident, entries: Sequence[Entry], periods: Periods, *, now: datetime
) -> Iterator[tuple[Rule, datetime]]:
    """Yield the rules whose period has passed; the whole goes before its parts."""
    closed_at = incident.closed_at
    if closed_at is None:
        return
    whole: Rule = "run" if incident.opened.mode is Mode.LIVE else "exercise"
    # Until the final report is drawn up, what partners wrote is still needed for it.
    reported = any(
        isinstance(entry.event, ReportDrafted) and entry.event.status == "final"
        for entry in entries
    )
    parts: tuple[Rule, ...] = ("free-text",) if reported else ()
    for rule in (whole, *parts, "contacts", "people"):
        days = periods.days(rule)
        due_at = closed_at + timedelta(days=max(days, 0))
        if days != NEVER and due_at <= now:
            yield rule, due_at
            if rule == whole:
                return
