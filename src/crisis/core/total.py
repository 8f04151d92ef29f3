"""
What answers add up to: referrals offered, accepted and begun (S2.8), hints given (S3.5), themes.

A field that is marked for it is added up over all partners and rounds: numbers as a sum,
words as how often each was named. Never names, and nothing of a single person: of fields that
only some may read the report says a sum only where several partners share in it and it is no
small one (`law-and-trust.md` N5).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from crisis.core.form import Answer, Field, FieldKind, Form
from crisis.core.incident import Incident
from crisis.core.obligation import Obligation
from crisis.core.playbook import ExpectAnswer
from crisis.core.visibility import is_confidential
from crisis.core.words import Words

# From how many on a sum of what only some may read says nothing of a single one.
SMALLEST_TOLD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often one word was named."""

    word: Words
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """
    What one field adds up to: `value` of a number, `shares` of words; `answers` gave it.

    `keys` are the steps and partners of those answers. `withheld`: the sum would tell too
    much, so it is left out.
    """

    form: str
    field: str
    label: Words
    value: int | None
    shares: tuple[Share, ...]
    answers: int
    keys: tuple[tuple[str, str], ...]
    withheld: bool = False


_Hidden = Callable[[Field], bool]


def totals_for_lead(incident: Incident) -> tuple[Total, ...]:
    """Return what the answers that the lead may read add up to, in the order of the forms."""
    lead = incident.playbook.lead.role
    return tuple(_totals(incident, hidden=lambda field: is_confidential(field, lead)))


def totals_for_all(incident: Incident) -> tuple[Total, ...]:
    """Return what the report may say: small sums of restricted fields are withheld."""
    fields = {(form.id, field.id): field for form, field in _marked(incident)}
    return tuple(
        _for_all(one, fields[one.form, one.field])
        for one in _totals(incident, hidden=_tells_words)
    )


def _tells_words(field: Field) -> bool:
    """Return whether a field tells words that only some may read."""
    return bool(field.visible_to) and field.kind is not FieldKind.COUNT


def _for_all(total: Total, field: Field) -> Total:
    if not field.visible_to:
        return total
    partners = {partner for _, partner in total.keys}
    if len(partners) > 1 and (total.value or 0) >= SMALLEST_TOLD:
        return total
    return replace(total, value=None, withheld=True)


def _totals(incident: Incident, *, hidden: _Hidden) -> Iterator[Total]:
    for form, field in _marked(incident):
        given = [] if hidden(field) else list(_given(incident, form.id, field.id))
        if not given:
            continue
        yield Total(
            form=form.id,
            field=field.id,
            label=field.label,
            value=sum(answer for _, answer in given if isinstance(answer, int))
            if field.kind is FieldKind.COUNT
            else None,
            shares=_shares(field, [answer for _, answer in given]),
            answers=len(given),
            keys=tuple((one.step, one.partner) for one, _ in given),
        )


def _marked(incident: Incident) -> Iterator[tuple[Form, Field]]:
    for form in incident.playbook.forms:
        for field in form.fields:
            if field.total:
                yield form, field


def _given(incident: Incident, form: str, field: str) -> Iterator[tuple[Obligation, Answer]]:
    for obligation in incident.obligations.values():
        expect = incident.step_by_id[obligation.step].expect
        if obligation.answer is None or not isinstance(expect, ExpectAnswer):
            continue
        if expect.form == form and field in obligation.answer.answers:
            yield obligation, obligation.answer.answers[field]


def _shares(field: Field, given: Collection[Answer]) -> tuple[Share, ...]:
    if field.kind is FieldKind.COUNT:
        return ()
    labels = {option.value: option.label for option in field.options}
    # What differs in capitals only is the same word.
    first: dict[str, str] = {}
    found: Counter[str] = Counter()
    for answer in given:
        for word in answer if isinstance(answer, list) else [answer]:
            text = str(word).strip()
            found[first.setdefault(text.casefold(), text)] += 1
    return tuple(
        Share(word=labels.get(word, Words(de=word)), count=count)
        for word, count in found.most_common()
    )
