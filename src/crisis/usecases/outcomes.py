"""
Send what was claimed, and bring what became of it into the log.

The two are apart, so that the log may be away between them: an outcome is a fact
about the world that cannot be asked for a second time (ADR 0021).
"""

from collections.abc import Sequence

from crisis.core.allowed import whatever
from crisis.core.backlog import Carried, lacking, pause_before
from crisis.core.claim import TOO_LATE, is_stale
from crisis.core.contact import Tlp
from crisis.core.delivery import Outcome, OutcomeKind, Outgoing
from crisis.core.event import SYSTEM, AttemptEnded
from crisis.core.pursuit import LOST_AFTER
from crisis.errors import LogMovedOnError, UnreachableError
from crisis.usecases.delivery import Delivery
from crisis.usecases.ports import Addresses
from crisis.usecases.reading import Desk
from crisis.usecases.recording import record

# The code of an attempt that did not leave: its channel may not carry its label any more.
TOO_OPEN = "tlp"
# What passes by itself: the database is starting, its disk is full, others keep writing.
PASSING = (UnreachableError, LogMovedOnError)


def send(desk: Desk, delivery: Delivery, *, run: str = "") -> Carried:
    """
    Send one claimed message and return what became of it; `run` names Prefect's flow run, if any.

    A claim that has become too old is not sent: another engine may have taken it for
    lost while this one was stopped. Nor is one over a channel that may not carry its
    label any more: the next channel follows at once.
    """
    passed = desk.house.stopwatch.seconds() - delivery.claimed_at
    too_late = is_stale(passed, latest=desk.house.latest_send)
    if too_late:
        outcome = Outcome(kind=OutcomeKind.DEFERRED, code=TOO_LATE)
    elif is_too_open(desk.house.addresses, delivery.outgoing):
        outcome = Outcome(kind=OutcomeKind.REJECTED, code=TOO_OPEN)
    else:
        outcome = desk.house.sender.send(delivery.outgoing)
    ended = AttemptEnded(
        step=delivery.step,
        partner=delivery.partner,
        n=delivery.n,
        outcome=outcome.kind,
        code=outcome.code,
        run=run,
        provider=outcome.provider,
    )
    return Carried(incident=delivery.incident, ended=ended, not_sent=too_late)


def is_too_open(addresses: Addresses, outgoing: Outgoing) -> bool:
    """
    Return whether a channel may, as the contacts stand now, not carry a message's label.

    An incident pins what channels may carry, and somebody may have learnt since that a
    mailbox takes no encryption. What is GREEN or CLEAR is written for any channel.
    """
    if outgoing.tlp <= Tlp.GREEN:
        return False
    most = addresses.max_tlp(outgoing.channel)
    return most is not None and outgoing.tlp > most


def store(desk: Desk, carried: Sequence[Carried], *, again: bool = False) -> None:
    """
    Append outcomes that go together (`backlog.together`) in one transaction.

    `again`: an earlier try failed and may have been stored all the same; then only
    what the log lacks is appended.

    Raises:
        UnreachableError: the log cannot be written; try again.
        LogMovedOnError: others kept writing; try again.
        BrokenChainError: the incident's log is damaged and takes nothing.
    """
    incident_id = carried[0].incident
    if again or carried[0].not_sent:
        record(
            desk,
            incident_id,
            lambda incident, _now: lacking(incident, carried),
            by=SYSTEM,
            rule=whatever,
        )
        return
    # A fact about the world is never refused, whatever was written in the meantime.
    entries = desk.house.log.append(
        incident_id,
        tuple(each.ended for each in carried),
        actor=SYSTEM,
        at=desk.house.clock.now(),
        expected_version=None,
    )
    desk.incidents.wrote(entries)


def carry_out(desk: Desk, delivery: Delivery, *, run: str = "") -> Outcome:
    """
    Send one claimed message and store what became of it, also if the log is away for a while.

    Waits for the log as long as the claim does not count as lost.

    Raises:
        UnreachableError: the log stayed away. The message becomes unknown and is asked
            again with a mark.
    """
    carried = send(desk, delivery, run=run)
    stopwatch = desk.house.stopwatch
    until = stopwatch.seconds() + LOST_AFTER.total_seconds()
    tries = 0
    while True:
        try:
            store(desk, (carried,), again=tries > 0)
        except PASSING:
            tries += 1
            if stopwatch.seconds() >= until:
                raise
            stopwatch.rest(pause_before(tries))
        else:
            return Outcome(
                kind=carried.ended.outcome,
                code=carried.ended.code,
                provider=carried.ended.provider,
            )
