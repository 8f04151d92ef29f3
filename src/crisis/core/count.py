"""
Numbers that answers add up to, against a number that the incident knows (Z5).

Answers may be bands, so a sum lies between two numbers. A sum of what only some may read
is compared only where the report may say it (`core/total.py`): otherwise the outcome
itself would tell what a form keeps from its readers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crisis.core import event as ev
from crisis.core.form import Answer, Field, band_range
from crisis.core.objective import CountedAgainst
from crisis.core.obligation import Obligation
from crisis.core.playbook import ExpectAnswer
from crisis.core.scope import Scope
from crisis.core.total import SMALLEST_TOLD


class Outcome(StrEnum):
    """How a sum stands to the number it should be; `NONE` is nothing at all of something."""

    MET = "met"
    FEWER = "fewer"
    NONE = "none"
    MORE = "more"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The outcome of a comparison, and the numbers of the log entries that it rests on."""

    outcome: Outcome
    evidence: tuple[int, ...] = ()


def count(scope: Scope, counts: CountedAgainst) -> Count:
    """Return how the answers of the scope's steps stand to an attribute."""
    field = _field(scope, counts)
    asked = () if field is None else tuple(_asked(scope, counts))
    given = [one for one in asked if _value(one, counts) is not None]
    wanted = scope.incident.attributes.get(counts.attribute)
    if field is None or not given or not isinstance(wanted, int):
        return Count(outcome=Outcome.UNKNOWN)
    least, most = _sum(_value(one, counts) for one in given)
    alone = len({one.partner for one in given}) == 1
    if field.visible_to and (alone or least < SMALLEST_TOLD):
        return Count(outcome=Outcome.WITHHELD)
    silent = any(
        one not in given and one.obsolete_at is None and one.decline is None for one in asked
    )
    return Count(
        outcome=_outcome(least, most, wanted, silent=silent),
        evidence=tuple(sorted(_evidence(scope, given, counts))),
    )


def _outcome(least: int, most: int | None, wanted: int, *, silent: bool) -> Outcome:
    """Return the outcome; who is `silent` may have done what is missing."""
    if least > wanted:
        return Outcome.MORE
    if most is None or most >= wanted:
        return Outcome.MET
    if silent:
        return Outcome.UNKNOWN
    return Outcome.FEWER if most else Outcome.NONE


def _sum(values: Iterator[Answer | None]) -> tuple[int, int | None]:
    """Return the least and the most that numbers and bands add up to; None for no limit."""
    ranges = [(one, one) if isinstance(one, int) else band_range(str(one)) for one in values]
    highest = [high for _, high in ranges if high is not None]
    most = sum(highest) if len(highest) == len(ranges) else None
    return sum(low for low, _ in ranges), most


def _field(scope: Scope, counts: CountedAgainst) -> Field | None:
    forms = (form for form in scope.incident.playbook.forms if form.id == counts.form)
    return next(
        (field for form in forms for field in form.fields if field.id == counts.field), None
    )


def _asked(scope: Scope, counts: CountedAgainst) -> Iterator[Obligation]:
    """Yield whom the scope's steps ask for the form."""
    for one in scope.obligations:
        expect = scope.incident.step_by_id[one.step].expect
        if isinstance(expect, ExpectAnswer) and expect.form == counts.form:
            yield one


def _value(one: Obligation, counts: CountedAgainst) -> Answer | None:
    return None if one.answer is None else one.answer.answers.get(counts.field)


def _evidence(scope: Scope, given: list[Obligation], counts: CountedAgainst) -> Iterator[int]:
    for one in given:
        yield from scope.seqs(one.step, one.partner, ev.Answered)[-1:]
    known = (
        entry.seq
        for entry in scope.entries
        if isinstance(entry.event, ev.AttributeSet) and entry.event.attribute == counts.attribute
    )
    yield max(known, default=scope.log_from)
