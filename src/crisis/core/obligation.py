"""One partner's own part in one step: its deadline, its attempts, its ladder, its outcome."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from crisis.core import event as ev
from crisis.core.cascade import Cascade, Membership
from crisis.core.delivery import OutcomeKind


class ObligationState(StrEnum):
    """Where one partner's obligation stands (contract: `incident show --json`)."""

    PENDING = "pending"
    ASKING = "asking"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    TOLD = "told"
    DECLINED = "declined"
    HANDED_TO_PERSON = "handed_to_person"
    OBSOLETE = "obsolete"
    UNKNOWN = "unknown"
    OVERDUE = "overdue"


# What is fulfilled by an acknowledgement alone.
_BY_WORD = frozenset({"acknowledgement", "both_confirm"})
# What a message alone fulfils: its kind of expectation.
_NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One message to one contact over one channel, from the claim to its outcome."""

    n: int
    contact: str
    channel: str
    purpose: ev.Purpose
    level: int
    possible_repeat: bool
    outside_hours: bool
    link_hash: str
    started_at: datetime
    outcome: OutcomeKind | None = None
    code: str = ""
    ended_at: datetime | None = None
    run: str = ""
    engine: str = ""
    provider: str = ""

    @classmethod
    def claimed(cls, event: ev.AttemptStarted, *, at: datetime) -> "Attempt":
        """Return the attempt that a claim begins."""
        return cls(
            n=event.n,
            contact=event.contact,
            channel=event.channel,
            purpose=event.purpose,
            level=event.level,
            possible_repeat=event.possible_repeat,
            outside_hours=event.outside_hours,
            link_hash=event.link_hash,
            started_at=at,
            engine=event.engine,
            provider=event.provider,
        )

    @property
    def may_have_arrived(self) -> bool:
        """Whether the contact may have seen this message."""
        return self.outcome in {OutcomeKind.ACCEPTED, OutcomeKind.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """A level of the ladder that was reached, and when."""

    level: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """
    What one partner owes in one step.

    `expects` is the kind of the step's expectation. Moments are when things
    happened, also where they were entered later. `before` counts the attempts that
    were made until the step fell away and began anew. `restored_at` is when the log
    was put back to a state before which this may have been asked. `holds` are the
    messages that a limit held back, one per contact and channel, until they are sent.
    `cascade` is what a hub passes on, `membership` through whom a member is asked.
    `withdrawn_at` is when the consent on which the partner was told was taken back.
    `first_contact` is who is asked first, if it is another than the partner's own.
    """

    step: str
    partner: str
    expects: str
    started_at: datetime
    due_at: datetime | None
    attempts: tuple[Attempt, ...] = ()
    before: int = 0
    rises: tuple[Rise, ...] = ()
    acknowledgement: ev.Acknowledged | None = None
    decline: ev.Declined | None = None
    answer: ev.Answered | None = None
    first_answered_at: datetime | None = None
    signature: ev.Signed | None = None
    fulfilled_at: datetime | None = None
    overdue_at: datetime | None = None
    handed_at: datetime | None = None
    obsolete_at: datetime | None = None
    obsolete_reason: str = ""
    restored_at: datetime | None = None
    withdrawn_at: datetime | None = None
    holds: tuple[ev.AttemptHeld, ...] = ()
    cascade: Cascade | None = None
    membership: Membership | None = None
    first_contact: str = ""

    @property
    def level(self) -> int:
        """The highest level of the ladder that was reached, 0 for none."""
        return self.rises[-1].level if self.rises else 0

    @property
    def current(self) -> tuple[Attempt, ...]:
        """The attempts since the step last began; earlier ones belong to what fell away."""
        return self.attempts[self.before :] if self.before else self.attempts

    @property
    def is_in_flight(self) -> bool:
        """Whether a message was claimed and nothing is known of it yet."""
        return any(attempt.ended_at is None for attempt in self.attempts)

    @property
    def is_fulfilled(self) -> bool:
        """Whether the partner has done what was expected, and has not taken it back."""
        return self.fulfilled_at is not None and self.decline is None

    @property
    def is_telling(self) -> bool:
        """Whether the partner is only told something and owes no answer."""
        return self.expects == _NOTHING

    @property
    def is_acknowledged(self) -> bool:
        """Whether somebody took over: the ladder stops."""
        return self.acknowledgement is not None or self.is_settled

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is expected of this partner in this step."""
        return (
            self.fulfilled_at is not None
            or self.decline is not None
            or self.obsolete_at is not None
        )

    @property
    def done_at(self) -> datetime | None:
        """When it ended: fulfilled, declined or fallen away."""
        if self.decline is not None:
            return self.decline.happened_at
        return self.obsolete_at if self.fulfilled_at is None else self.fulfilled_at

    @property
    def reached_at(self) -> datetime | None:
        """When somebody of this partner first answered in any way."""
        moments = [
            moment
            for moment in (
                None if self.acknowledgement is None else self.acknowledgement.happened_at,
                self.first_answered_at,
                None if self.decline is None else self.decline.happened_at,
                None if self.signature is None else self.signature.happened_at,
            )
            if moment is not None
        ]
        return min(moments, default=None)

    @property
    def was_contacted(self) -> bool:
        """Whether the partner may know of the incident; a message under way counts."""
        return self.has_heard or any(
            attempt.may_have_arrived or attempt.ended_at is None for attempt in self.attempts
        )

    @property
    def has_heard(self) -> bool:
        """Whether it is certain that the partner knows: it answered, or was told."""
        told = self.is_telling and self.fulfilled_at is not None
        return told or self.reached_at is not None

    @property
    def asked_at(self) -> datetime | None:
        """When the ask was first made or passed on to a member: the ladder counts from here."""
        if self.membership is not None:
            return self.membership.passed_on_at
        for attempt in self.current:
            if attempt.purpose is ev.Purpose.ASK:
                return attempt.started_at
        return None

    @property
    def state(self) -> ObligationState:
        """The obligation's state, as pages and scripts show it."""
        if self.obsolete_at is not None:
            return ObligationState.OBSOLETE
        if self.decline is not None:
            return ObligationState.DECLINED
        if self.fulfilled_at is not None:
            return self._fulfilled_state()
        return self._open_state()

    def _fulfilled_state(self) -> ObligationState:
        if self.is_telling:
            return ObligationState.TOLD
        acknowledged = self.expects in _BY_WORD
        return ObligationState.ACKNOWLEDGED if acknowledged else ObligationState.ANSWERED

    def _open_state(self) -> ObligationState:
        if self.handed_at is not None:
            return ObligationState.HANDED_TO_PERSON
        if self.overdue_at is not None:
            return ObligationState.OVERDUE
        if self.acknowledgement is not None:
            return ObligationState.ACKNOWLEDGED
        if self.attempts and self.attempts[-1].outcome is OutcomeKind.UNKNOWN:
            return ObligationState.UNKNOWN
        return ObligationState.ASKING if self.attempts else ObligationState.PENDING

    @property
    def dissents(self) -> bool:
        """Whether the partner has signed that it does not agree."""
        return (
            self.signature is not None
            and self.signature.verdict == "dissent"
            and self.decline is None
        )

    @property
    def is_stuck(self) -> bool:
        """Whether the hub through which this member is asked will not pass the ask on."""
        return self.membership is not None and self.membership.stuck_at is not None

    @property
    def chased(self) -> int:
        """The level at which a hub is told which of its members are silent, 0 for none."""
        if self.cascade is None or not self.cascade.silent or self.obsolete_at is not None:
            return 0
        taken = self.acknowledgement is not None and self.decline is None
        return self.cascade.level if taken else 0

    def may_repeat_lost(self, contact: str) -> bool:
        """Return whether a contact may have had a message of which the log no longer knows."""
        restored_at = self.restored_at
        return restored_at is not None and not any(
            attempt.contact == contact
            and attempt.started_at >= restored_at
            and attempt.may_have_arrived
            for attempt in self.attempts
        )

    def begun_anew(self, *, at: datetime, due_at: datetime | None) -> "Obligation":
        """Return the obligation asked once more, after it had fallen away; attempts stay."""
        return Obligation(
            step=self.step,
            partner=self.partner,
            expects=self.expects,
            started_at=at,
            due_at=due_at,
            attempts=self.attempts,
            before=len(self.attempts),
            cascade=self.cascade,
            first_contact=self.first_contact,
            membership=None if self.membership is None else Membership(hub=self.membership.hub),
        )

    def with_attempt(self, attempt: Attempt) -> "Obligation":
        """Return the obligation after a claim; the message is held back no longer."""
        left = self.holds and _without(self.holds, attempt)
        return replace(self, attempts=(*self.attempts, attempt), holds=left)

    def with_hold(self, held: ev.AttemptHeld) -> "Obligation":
        """Return the obligation with a message held back; the latest word on it counts."""
        return replace(self, holds=(*_without(self.holds, held), held))

    def held_until(self, contact: str, channel: str, purpose: ev.Purpose) -> datetime | None:
        """Return until when a message of this kind is held back, None if it never was."""
        return next(
            (
                held.until
                for held in self.holds
                if (held.contact, held.channel) == (contact, channel)
                and held.purpose.aim is purpose.aim
            ),
            None,
        )

    def waiting(self, now: datetime) -> tuple[ev.AttemptHeld, ...]:
        """Return the messages that are held back at a moment and still wanted."""
        return tuple(held for held in self.holds if held.until > now and self.wants(held.purpose))

    def withdrawn(self, *, at: datetime) -> "Obligation":
        """Return the obligation after its consent was taken back: nothing more is asked."""
        taken_back = replace(self, withdrawn_at=at)
        if self.is_settled:
            return taken_back
        return replace(taken_back, obsolete_at=at, obsolete_reason="consent")

    def wants(self, purpose: ev.Purpose) -> bool:
        """Return whether there is still a reason for a message, or a call, of this purpose."""
        if self.withdrawn_at is not None:
            return purpose is ev.Purpose.WITHDRAWN
        if purpose is ev.Purpose.CHASE:
            return self.chased > 0
        if self.obsolete_at is not None:
            return purpose is ev.Purpose.OBSOLETE
        if self.is_settled:
            return False
        return (purpose is ev.Purpose.REMIND) is (self.acknowledgement is not None)

    def with_outcome(self, ended: ev.AttemptEnded, *, at: datetime) -> "Obligation":
        """Return the obligation after an attempt's outcome; a later one corrects an earlier."""
        return replace(
            self,
            attempts=tuple(
                _ended(a, ended, at=at) if a.n == ended.n else a for a in self.attempts
            ),
        )

    def escalated(self, level: int, *, at: datetime) -> "Obligation":
        """Return the obligation one level further up."""
        return replace(self, rises=(*self.rises, Rise(level=level, at=at)))

    def fulfilled(self, at: datetime) -> "Obligation":
        """Return the obligation with its expectation met; the first time counts."""
        return self if self.is_settled else replace(self, fulfilled_at=at)

    def acknowledged(self, event: ev.Acknowledged) -> "Obligation":
        """Return the obligation after an acknowledgement; the first one counts."""
        kept = replace(self, acknowledgement=self.acknowledgement or event, decline=None)
        if self.expects in _BY_WORD:
            return kept.fulfilled(event.happened_at)
        return kept

    def declined(self, event: ev.Declined) -> "Obligation":
        """Return the obligation after a refusal; a later acceptance takes it back."""
        return replace(self, decline=event)

    def answered(self, event: ev.Answered) -> "Obligation":
        """Return the obligation after an answer; the latest holds, the first time counts."""
        answered = replace(
            self,
            answer=event,
            decline=None,
            first_answered_at=self.first_answered_at or event.happened_at,
        )
        return answered.fulfilled(event.happened_at) if self.expects == "answer" else answered

    def signed(self, event: ev.Signed) -> "Obligation":
        """Return the obligation after a signature."""
        return replace(self, signature=event, decline=None).fulfilled(event.happened_at)


def _ended(attempt: Attempt, ended: ev.AttemptEnded, *, at: datetime) -> Attempt:
    return replace(
        attempt,
        outcome=ended.outcome,
        code=ended.code,
        ended_at=at,
        run=ended.run,
        provider=ended.provider or attempt.provider,
    )


def _without(
    holds: tuple[ev.AttemptHeld, ...], one: Attempt | ev.AttemptHeld
) -> tuple[ev.AttemptHeld, ...]:
    """Return what is held back apart from one message; others to the same contact stay."""
    kept = _waited_for(one)
    return tuple(held for held in holds if _waited_for(held) != kept)


def _waited_for(one: Attempt | ev.AttemptHeld) -> tuple[str, str, ev.Purpose]:
    return one.contact, one.channel, one.purpose.aim
