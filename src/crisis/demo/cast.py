"""
Who answers when in the demo: most within minutes, some late, one never, one declines, one bounces.

The first evening follows the reference run of `playbooks.md` §7.4. Nothing is
left to chance: the same exercise always takes the same course.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal
from zlib import crc32

from crisis.core.answer import choices
from crisis.core.form import Answer, Field, FieldKind, Form

Button = Literal["acknowledge", "decline", "answer", "decide", "sign"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What somebody does, how long after the message has come; `button` may have a second one."""

    after: timedelta
    buttons: tuple[Button, ...]
    wanted: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """How a telephone call that lies on the desk ends, how long after it was laid there."""

    after: timedelta
    result: Literal["reached", "wrong-number", "no-answer"]


# The mailbox that does not exist any more; the next channel follows at once.
BOUNCING = "ohs-geschaeftsstelle-email"
# Asked in wave 1 and never heard of, so that it ends in the lead's hands.
SILENT = frozenset({("A16", "krs-dresden")})

_SCRIPT: Mapping[tuple[str, str], Reaction | None] = {
    ("A04", "first"): None,
    ("A10", "first"): Reaction(after=timedelta(minutes=3), buttons=("acknowledge",)),
    ("A11", "first"): Reaction(after=timedelta(minutes=8), buttons=("acknowledge",)),
    ("A12", "first"): None,
    ("A12", "other"): Reaction(after=timedelta(minutes=2), buttons=("acknowledge",)),
    ("A13", "first"): Reaction(after=timedelta(minutes=29), buttons=("acknowledge",)),
    ("A13", "other"): None,
    ("A14", "first"): None,
    ("A14", "other"): Reaction(after=timedelta(minutes=8), buttons=("acknowledge",)),
    ("A26", "first"): Reaction(
        after=timedelta(minutes=6),
        buttons=("decline",),
        wanted={"reason": "Für diese Gemeinschaft ist eine andere Stelle zuständig."},
    ),
}
_DECISION = Reaction(
    after=timedelta(minutes=9),
    buttons=("decide",),
    wanted={"option": "unclear", "reason": "Lagebild noch unvollständig, Hilfe beginnt trotzdem."},
)
# The room is not suitable: a guard question that becomes a task for the lead (Hanau: the hall
# with the targets). The danger is over, so nobody is held back. The keys are the page's fields.
_ANSWERS: Mapping[str, str] = {
    "f-room_suitable": "no",
    "f-dangerous": "no",
    "f-kind_of_event": "unclear",
    "f-deaths": "2",
    "f-injured": "17",
}
_LATE_EVERY = 7


def reaction_to(step: str, partner: str, *, first: bool, decides: bool) -> Reaction | None:
    """Return what a contact does about a message, or None if it stays silent."""
    if (step, partner) in SILENT:
        return None
    if decides:
        return _DECISION if first else None
    who = "first" if first else "other"
    if (step, who) in _SCRIPT and not (step == "A26" and not partner.startswith("rel")):
        return _SCRIPT[step, who]
    return Reaction(
        after=_usual(step, partner), buttons=("acknowledge", "answer", "sign"), wanted=_ANSWERS
    )


def member_answers(member: str) -> timedelta:
    """Return how long after its hub took over a member answers; one only after it was chased."""
    late = member == "wr-aussenstelle-bautzen"
    return timedelta(minutes=34) if late else _usual("members", member)


def call_about(step: str, contact: str, *, n: int) -> Call | None:
    """Return how a call ends, or None if the duty officer does not get to it."""
    if step == "A15":
        result: Literal["wrong-number", "reached"] = "wrong-number" if n == 1 else "reached"
        return Call(after=timedelta(minutes=0 if n == 1 else 3), result=result)
    if step in {"A16", "A14", "A12", "A13"}:
        return None
    missed = step in {"A02", "A03"} or (step == "A21" and contact.startswith("krs"))
    return Call(
        after=timedelta(minutes=2 if missed else 6), result="no-answer" if missed else "reached"
    )


def _usual(step: str, partner: str) -> timedelta:
    chance = crc32(f"{step}/{partner}".encode())
    if chance % _LATE_EVERY == 0:
        return timedelta(minutes=19 + chance % 40)
    return timedelta(minutes=2 + chance % 11)


def dictated(form: Form) -> dict[str, Answer]:
    """Return what a partner says on the telephone: yes to what can be yes, little else."""
    said: dict[str, Answer] = {}
    for question in form.fields:
        if question.kind is FieldKind.TRISTATE:
            said[question.id] = "yes"
        elif question.required:
            said[question.id] = _spoken(question)
    return said or {question.id: _spoken(question) for question in form.fields[-1:]}


def _spoken(question: Field) -> Answer:
    if question.kind is FieldKind.LIST:
        return ["Verbindungsfunktion"]
    if question.kind is FieldKind.COUNTRIES:
        return ["DE"]
    if question.kind is FieldKind.DATE:
        return "2030-12-31"
    return choices(question)[0] if choices(question) else "wie besprochen"
