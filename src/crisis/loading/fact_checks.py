"""Checks of what is asked and held: attributes, and forms whose answers set them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from crisis.loading.attribute_file import AttributeFile
from crisis.loading.catalogue import ROLES
from crisis.loading.form_file import FieldFile
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem, Strength
from crisis.loading.shape import did_you_mean

RESERVED = frozenset({"all", "any", "decided", "at_level"})
_WITH_WORDS = frozenset({"choice", "list"})
_ADDED_UP = frozenset({"choice", "count", "list"})
# Which kinds of answers can set which kinds of attributes.
_SETTERS = {
    "choice": "choice",
    "tristate": "tristate",
    "count": "count",
    "list": "list",
    "region": "text",
}


def check_attributes(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield what is wrong with the definitions of attributes."""
    for key, attribute in written.attributes.items():
        loc: Loc = ("attributes", key)
        if key in RESERVED:
            hint = "all, any, decided and at_level are words of conditions; choose another id"
            yield document.problem(loc, "PB216", f"an attribute cannot be `{key}`", hint=hint)
        yield from _check_values(document, loc, attribute)
        yield from _check_definition(document, loc, attribute)
        yield from repeated(document, (*loc, "values"), attribute.values)


def _check_values(document: Document, loc: Loc, attribute: AttributeFile) -> Iterator[Problem]:
    if attribute.kind == "choice" and not attribute.values:
        yield document.problem(
            loc, "PB216", "a choice needs `values`", hint="write values: [one, other]"
        )
    if attribute.kind not in _WITH_WORDS and attribute.values:
        yield document.problem(
            (*loc, "values"), "PB216", f"a {attribute.kind} has no `values`", hint="remove them"
        )
    for key, word in (("initial", attribute.initial), ("if_planned", attribute.if_planned)):
        if word is not None and attribute.words and word not in attribute.words:
            yield _no_value(document, (*loc, key), word, attribute)
    for word in attribute.labels:
        if word not in attribute.words:
            yield _no_value(document, (*loc, "labels", word), word, attribute)


def _no_value(document: Document, loc: Loc, word: str, attribute: AttributeFile) -> Problem:
    message = f"`{word}` is none of the attribute's values"
    return document.problem(loc, "PB208", message, hint=did_you_mean(word, attribute.words))


def _check_definition(document: Document, loc: Loc, attribute: AttributeFile) -> Iterator[Problem]:
    if attribute.kind != "count" and attribute.definition is not None:
        place: Loc = (*loc, "definition")
        message = f"a {attribute.kind} has no `definition`"
        hint = "say in its label or its values what it means"
        yield document.problem(place, "PB216", message, hint=hint)
    if attribute.kind == "count" and attribute.definition is None:
        yield document.problem(
            loc,
            "PB238",
            f"nobody can tell what `{loc[-1]}` counts",
            hint="write definition: {de: …, en: …}: what is counted, and what not",
            strength=Strength.NOTICE,
        )


def check_forms(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield what is wrong with the questions of forms."""
    for form_id, form in written.forms.items():
        for field_id, field in form.fields.items():
            loc: Loc = ("forms", form_id, "fields", field_id)
            yield from _check_field(document, loc, field)
            yield from _check_readers(document, (*loc, "visible_to"), field)
            yield from _check_confidence(document, loc, field, lead=written.lead.role)
            if field.sets is not None:
                yield from _check_sets(document, (*loc, "sets"), field, written.attributes)


def _check_field(document: Document, loc: Loc, field: FieldFile) -> Iterator[Problem]:
    if field.kind == "choice" and not field.options:
        hint = "write options: {one: {de: …}, other: {de: …}}"
        yield document.problem(loc, "PB215", "a choice needs `options`", hint=hint)
    if field.kind not in _WITH_WORDS and field.options:
        yield document.problem(
            (*loc, "options"), "PB215", f"a {field.kind} has no `options`", hint="remove them"
        )
    if field.guard and field.kind != "tristate":
        hint = "a guard asks yes or no: write kind: tristate"
        yield document.problem(
            (*loc, "guard"), "PB215", f"a {field.kind} guards nothing", hint=hint
        )
    if field.measure and field.kind != "list":
        hint = "write kind: list, one measure a line"
        yield document.problem(
            (*loc, "measure"), "PB215", f"a {field.kind} holds no measures", hint=hint
        )
    if field.total and field.kind not in _ADDED_UP:
        hint = f"only these are added up: {', '.join(sorted(_ADDED_UP))}"
        yield document.problem((*loc, "total"), "PB215", f"a {field.kind} has no total", hint=hint)


def _check_readers(document: Document, loc: Loc, field: FieldFile) -> Iterator[Problem]:
    yield from repeated(document, loc, field.visible_to)
    for role in field.visible_to:
        if role not in ROLES:
            hint = did_you_mean(role, ROLES)
            yield document.problem(loc, "PB404", f"unknown role `{role}`", hint=hint)


def _check_confidence(
    document: Document, loc: Loc, field: FieldFile, *, lead: str
) -> Iterator[Problem]:
    """Yield what would tell the lead an answer that is for others."""
    if not field.visible_to or lead in field.visible_to:
        return
    telling = {"sets": field.sets is not None, "guard": field.guard}
    for key in (key for key, tells in telling.items() if tells):
        message = f"`{key}` would tell {lead} what only {', '.join(field.visible_to)} may read"
        hint = f"remove it, or add {lead} to visible_to"
        yield document.problem((*loc, key), "L-FBS-VERTRAULICH", message, hint=hint)


def _check_sets(
    document: Document, loc: Loc, field: FieldFile, attributes: dict[str, AttributeFile]
) -> Iterator[Problem]:
    attribute = attributes.get(str(field.sets))
    if attribute is None:
        hint = did_you_mean(str(field.sets), attributes)
        yield document.problem(loc, "PB207", f"unknown attribute `{field.sets}`", hint=hint)
    elif field.kind != _SETTERS[attribute.kind]:
        yield document.problem(
            loc,
            "PB215",
            f"a {field.kind} cannot set `{field.sets}`, which is a {attribute.kind}",
            hint=f"write kind: {_SETTERS[attribute.kind]}",
        )
    elif attribute.words:
        for word in field.options:
            if word not in attribute.words:
                yield document.problem(
                    (*loc[:-1], "options", word),
                    "PB208",
                    f"`{word}` is none of the values of `{field.sets}`",
                    hint=did_you_mean(word, attribute.words),
                )


def repeated(document: Document, loc: Loc, words: Iterable[str]) -> Iterator[Problem]:
    """Yield one problem for each word that stands twice in a list."""
    for word, times in Counter(words).items():
        if times > 1:
            message = f"`{word}` stands {times} times in one list"
            yield document.problem(loc, "PB217", message, hint="write it once")
