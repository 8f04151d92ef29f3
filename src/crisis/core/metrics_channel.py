"""Did the channels carry, and was the directory right: M7 and M8."""

from collections import Counter
from collections.abc import Iterator

from crisis.core import definition
from crisis.core import event as ev
from crisis.core.availability import local_day
from crisis.core.contact import Channel
from crisis.core.delivery import OutcomeKind
from crisis.core.figure import Figure, Row, RowState, Stat, median, share
from crisis.core.obligation import Attempt, Obligation
from crisis.core.scope import Scope, first_attempt

# What a refusal by our own rules is recorded as: the message was never handed to a provider.
POLICY_CODES = frozenset({"policy", "tlp"})
FAILURES = (RowState.HARD, RowState.SOFT, RowState.POLICY)


def metric_m7(scope: Scope) -> Figure:
    """Return how many attempts failed on each kind of channel, and how."""
    attempted: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    kinds: Counter[RowState] = Counter()
    rows: list[Row] = []
    channels = _channels(scope)
    for obligation, attempt in _attempts(scope):
        channel = channels.get(attempt.channel)
        kind = attempt.channel if channel is None else channel.kind.value
        attempted[kind] += 1
        failure = _failure(attempt)
        if failure is None:
            continue
        kinds[failure] += 1
        failed[kind] += failure in FAILURES
        rows.append(
            Row(
                step=obligation.step,
                partner=obligation.partner,
                subject=kind,
                state=failure,
                evidence=_outcome_seqs(scope, obligation, attempt),
            )
        )
    return Figure(
        definition=definition.M7,
        stats=(
            Stat(key="failed", value=share(failed.total(), attempted.total())),
            *(Stat(key=state.value, value=kinds[state]) for state in FAILURES),
            Stat(key="uncertain", value=kinds[RowState.UNCERTAIN]),
            *(
                Stat(key=f"channel-{kind}", value=share(failed[kind], attempted[kind]))
                for kind in sorted(attempted)
            ),
        ),
        rows=tuple(rows),
        n=attempted.total(),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def metric_m8(scope: Scope) -> Figure:
    """Return who answered in another's place, and how sound the contact data were."""
    taken = [o for o in scope.obligations if o.acknowledgement or o.answer or o.signature]
    others = tuple(row for row in (_other_row(scope, o) for o in taken) if row is not None)
    pairs = tuple(_attempts(scope))
    hard = sum(_failure(attempt) is RowState.HARD for _, attempt in pairs)
    used = sorted({attempt.channel for _, attempt in pairs})
    checked = [channel for channel in map(_channels(scope).get, used) if channel is not None]
    opened_on = local_day(scope.incident.opened_at)
    ages = [opened_on - c.verified_on for c in checked if c.verified_on is not None]
    return Figure(
        definition=definition.M8,
        stats=(
            Stat(key="by-other", value=share(len(others), len(taken))),
            Stat(key="by-deputy", value=sum(row.subject == "deputy" for row in others)),
            Stat(
                key="hard-per-contact",
                value=share(hard, len({attempt.contact for _, attempt in pairs})),
            ),
            Stat(key="verified-median", value=median(ages)),
            Stat(key="verified-oldest", value=max(ages, default=None)),
            Stat(key="never-verified", value=share(len(used) - len(ages), len(used))),
        ),
        rows=others,
        n=len(taken),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def is_hard(attempt: Attempt) -> bool:
    """Return whether an attempt failed because the address or the number is wrong."""
    return _failure(attempt) is RowState.HARD


def _attempts(scope: Scope) -> Iterator[tuple[Obligation, Attempt]]:
    for obligation in scope.addressed:
        for attempt in obligation.attempts:
            yield obligation, attempt


def _failure(attempt: Attempt) -> RowState | None:
    match attempt.outcome:
        case OutcomeKind.REJECTED:
            return RowState.POLICY if attempt.code in POLICY_CODES else RowState.HARD
        case OutcomeKind.DEFERRED:
            return RowState.SOFT
        case OutcomeKind.UNKNOWN:
            return RowState.UNCERTAIN
        case _:
            return None


def _outcome_seqs(scope: Scope, obligation: Obligation, attempt: Attempt) -> tuple[int, ...]:
    """Return the number of the entry that holds: a later outcome corrects an earlier one."""
    entries = scope.by_key.get((obligation.step, obligation.partner), ())
    seqs = tuple(
        entry.seq
        for entry in entries
        if isinstance(entry.event, ev.AttemptEnded) and entry.event.n == attempt.n
    )
    return seqs[-1:]


def _channels(scope: Scope) -> dict[str, Channel]:
    contacts = scope.incident.opened.directory.contacts
    return {channel.id: channel for contact in contacts.values() for channel in contact.channels}


def _other_row(scope: Scope, obligation: Obligation) -> Row | None:
    first = first_attempt(obligation)
    answer = obligation.acknowledgement or obligation.answer or obligation.signature
    if first is None or answer is None or answer.contact == first.contact:
        return None
    return Row(
        step=obligation.step,
        partner=obligation.partner,
        subject=_standing(scope, first.contact, answer.contact),
        evidence=scope.taken_seqs(obligation),
    )


def _standing(scope: Scope, first: str, other: str) -> str:
    """Return how another contact stands to the one that was asked first."""
    asked = scope.incident.opened.directory.contacts.get(first)
    if asked is not None and other == asked.deputy:
        return "deputy"
    return "superior" if asked is not None and other == asked.superior else "other"
