"""
What a figure looks at: a log read up to a moment, and some or all of its steps.

The moment is an argument: nobody asks for the present. A report takes the moment
of the last entry it covers, so the same log always gives the same figures.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crisis.core import event as ev
from crisis.core.event import Entry, Event
from crisis.core.incident import Incident, Key, fold
from crisis.core.obligation import Attempt, Obligation
from crisis.core.timing import earliest

# Below this, two readings of a clock are the same moment to the people who read them.
LATE_FROM = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """
    An incident as it stood at `at`, narrowed to `steps` (ids in the playbook's order).

    `entries` are all entries up to that moment; `by_key` finds those of one
    partner in one step, and under an empty partner those of the step itself.
    """

    incident: Incident
    at: datetime
    steps: tuple[str, ...]
    entries: tuple[Entry, ...]
    by_key: Mapping[Key, tuple[Entry, ...]]

    @property
    def log_from(self) -> int:
        """The number of the first entry that was read."""
        return self.entries[0].seq

    @property
    def log_to(self) -> int:
        """The number of the last entry that was read."""
        return self.entries[-1].seq

    @property
    def addressed(self) -> tuple[Obligation, ...]:
        """Whom these steps turned to, also only to tell; the report's own steps ask nobody."""
        return tuple(
            obligation
            for step in self.steps
            for obligation in self.incident.obligations_of(step)
            if obligation.expects != "report"
        )

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What the partners owed in these steps; who is only told owes nothing."""
        return tuple(one for one in self.addressed if not one.is_telling)

    @property
    def expected(self) -> tuple[Obligation, ...]:
        """The obligations that did not fall away before their deadline passed."""
        return tuple(obligation for obligation in self.obligations if not fell_away(obligation))

    def only(self, steps: Collection[str]) -> "Scope":
        """Return the same reading narrowed to some steps."""
        return replace(self, steps=tuple(step for step in self.steps if step in steps))

    def seqs(self, step: str, partner: str, *kinds: type[Event]) -> tuple[int, ...]:
        """Return the numbers of one partner's entries of these kinds in one step."""
        found = self.by_key.get((step, partner), ())
        return tuple(entry.seq for entry in found if isinstance(entry.event, kinds))

    def taken_at(self, obligation: Obligation) -> datetime | None:
        """Return when the partner first took over in any way; a refusal or a default is none."""
        if obligation.is_telling:
            return None
        decided = self.incident.run_of(obligation.step).decided
        by_default = decided is not None and decided.by_default
        return earliest(
            None if obligation.acknowledgement is None else obligation.acknowledgement.happened_at,
            obligation.first_answered_at,
            None if obligation.signature is None else obligation.signature.happened_at,
            None if by_default else obligation.fulfilled_at,
        )

    def taken_seqs(self, obligation: Obligation) -> tuple[int, ...]:
        """Return the number of the entry by which the partner took over, if it did."""
        kinds = (ev.Acknowledged, ev.Answered, ev.Signed)
        own = self.seqs(obligation.step, obligation.partner, *kinds)
        return (own or self.seqs(obligation.step, "", ev.Decided))[:1]

    def is_overdue(self, obligation: Obligation) -> bool:
        """Return whether the deadline has passed, or the record has ended without an answer."""
        due = obligation.due_at
        return self.incident.closed_at is not None or (due is not None and due < self.at)


def read_scope(
    entries: Sequence[Entry], *, at: datetime, steps: Collection[str] | None = None
) -> Scope:
    """
    Return an incident's log as it stood at a moment.

    Takes all of its entries in order; `steps` narrows the figures to some step
    ids, None means all of the playbook, the stand-down and what was asked ad hoc.

    Raises:
        ValueError: nothing had been recorded at that moment.
    """
    read = tuple(entry for entry in entries if entry.at <= at)
    incident = fold(read)
    by_key: dict[Key, list[Entry]] = {}
    for entry in read:
        step = getattr(entry.event, "step", "")
        partner = getattr(entry.event, "partner", "") or ""
        by_key.setdefault((step, partner), []).append(entry)
    return Scope(
        incident=incident,
        at=at,
        steps=tuple(step for step in incident.step_by_id if steps is None or step in steps),
        entries=read,
        by_key={key: tuple(found) for key, found in by_key.items()},
    )


# These ask for nothing.
_NOTICES = frozenset({ev.Purpose.OBSOLETE, ev.Purpose.WITHDRAWN})


def first_attempt(obligation: Obligation) -> Attempt | None:
    """Return the first message that asked the partner for something."""
    return next((a for a in obligation.attempts if a.purpose not in _NOTICES), None)


def happened_at(entry: Entry) -> datetime:
    """Return when what an entry tells of took place."""
    moment: datetime = getattr(entry.event, "happened_at", entry.at)
    return moment


def is_late_entry(entry: Entry) -> bool:
    """Return whether an entry was written down noticeably later than it happened."""
    return entry.at - happened_at(entry) >= LATE_FROM


def fell_away(obligation: Obligation) -> bool:
    """Return whether an obligation was dropped while it still had time: nobody failed."""
    dropped, due = obligation.obsolete_at, obligation.due_at
    return dropped is not None and (due is None or dropped <= due)
