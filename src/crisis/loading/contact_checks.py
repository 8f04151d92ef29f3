"""
What must be true of contacts beyond their shape: references, roles, people, limits.

Each check yields problems; none stops another. Addresses and channels are in
`channel_checks`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from crisis.loading.catalogue import COMPETENCES, ROLES
from crisis.loading.contact_words import WordsEntry
from crisis.loading.contacts_file import (
    FunctionEntry,
    Located,
    OrganisationEntry,
    RotaEntry,
    UnitEntry,
)
from crisis.loading.located import Document, Loc
from crisis.loading.material_file import MaterialEntry
from crisis.loading.problem import Problem, Strength
from crisis.loading.service_file import ServiceEntry
from crisis.loading.shape import did_you_mean
from crisis.loading.training_file import TrainingEntry
from crisis.loading.words_file import WordsFile

_PERSON = re.compile(
    r"\b(Herrn?|Frau|Hr\.|Fr\.|Dr\.|Prof\.|Mr\.?|Mrs\.?|Ms\.?|Miss)\s+(?=[A-ZÄÖÜ])"
)
_REACHABLE_BY = re.compile(r"@|\d[\d /-]{5,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """All entries of a folder that fit their shape, and the ids of all that were written."""

    organisations: tuple[Located[OrganisationEntry], ...]
    units: tuple[Located[UnitEntry], ...]
    functions: tuple[Located[FunctionEntry], ...]
    services: tuple[Located[ServiceEntry], ...]
    materials: tuple[Located[MaterialEntry], ...]
    training: tuple[Located[TrainingEntry], ...]
    named: Mapping[str, frozenset[str]]


def entry_problems(entries: Entries) -> Iterator[Problem]:
    """Yield what is wrong with units and functions, in no particular order."""
    yield from _duplicates("organisation", entries.organisations)
    yield from _duplicates("unit", entries.units)
    yield from _duplicates("function", entries.functions)
    yield from _duplicates("service", entries.services)
    yield from _duplicates("material", entries.materials)
    for unit in entries.units:
        yield from _unit_problems(unit, entries)
    for function in entries.functions:
        yield from _function_problems(function, entries)
    yield from _first_asked_problems(entries)
    for relation, plural in (("deputy", "deputies"), ("superior", "superiors")):
        yield from _cycles(entries.functions, relation, plural)


def holder_problems(
    function: Located[FunctionEntry], *, path: str, holders: Mapping[str, int], entries: Entries
) -> Iterator[Problem]:
    """Yield the shifts of a rota that nobody can answer; `holders` maps ids to lines of `path`."""
    on_rotas = {
        one.entry.id for one in entries.functions if isinstance(one.entry.availability, RotaEntry)
    }
    report = partial(Problem, path=path, column=1, code="CT025")
    for holder, line in holders.items():
        if holder not in entries.named["functions"]:
            yield report(
                line=line,
                message=f"`{holder}` holds a shift but is no function",
                hint=did_you_mean(holder, iter(entries.named["functions"])),
            )
        elif holder in on_rotas:
            yield report(
                line=line,
                message=f"`{holder}` holds a shift but is itself on a rota",
                hint=f"name who answers the telephone; `{function.entry.id}` asks only once",
            )


def _duplicates(
    what: str,
    located: Iterable[
        Located[OrganisationEntry]
        | Located[UnitEntry]
        | Located[FunctionEntry]
        | Located[ServiceEntry]
        | Located[MaterialEntry]
    ],
) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for one in located:
        place = one.document.place((*one.loc, "id"))
        here = f"{one.document.path}:{place.line}"
        there = first.setdefault(one.entry.id, here)
        if there != here:
            yield one.document.problem(
                (*one.loc, "id"),
                "CT001",
                f"{what} `{one.entry.id}` is described twice",
                hint=f"it already stands at {there}; give one of them another id",
            )


def _unit_problems(unit: Located[UnitEntry], entries: Entries) -> Iterator[Problem]:
    entry, document, loc = unit.entry, unit.document, unit.loc
    if entry.organisation not in entries.named["organisations"]:
        yield document.problem(
            (*loc, "organisation"),
            "CT002",
            f"no organisation `{entry.organisation}`",
            hint=did_you_mean(entry.organisation, iter(entries.named["organisations"])),
        )
    if entry.contact not in entries.named["functions"]:
        yield _no_function(document, (*loc, "contact"), entry.contact, entries)
    for key, words, known, code, what in (
        ("roles", entry.roles, ROLES, "CT005", "role"),
        ("competences", entry.competences, COMPETENCES, "CT006", "competence"),
        ("must_not", entry.must_not, COMPETENCES, "CT006", "competence"),
    ):
        places = {(*loc, key, index): word for index, word in enumerate(words)}
        yield from unlisted(document, places, known, code=code, what=what)
    for index, competence in enumerate(entry.competences):
        if competence in entry.must_not:
            yield document.problem(
                (*loc, "competences", index),
                "CT007",
                f"`{competence}` is what `{entry.id}` may do and what it must not do",
                hint="remove it from one of the two lists",
            )
    yield from person_problems(entry.name, document, (*loc, "name"))


def unlisted(
    document: Document,
    places: Mapping[Loc, str],
    known: frozenset[str],
    *,
    code: str,
    what: str,
) -> Iterator[Problem]:
    """Yield the words that are not in a catalogue; `places` are words by where they stand."""
    for loc, word in places.items():
        if word not in known:
            near = did_you_mean(word, iter(known))
            yield document.problem(
                loc,
                code,
                f"no {what} `{word}` in the catalogue",
                hint=near if near.startswith("did") else f"see the {what}s in contacts/README.md",
            )


def _function_problems(function: Located[FunctionEntry], entries: Entries) -> Iterator[Problem]:
    entry, document, loc = function.entry, function.document, function.loc
    for key, wanted in (("deputy", entry.deputy), ("superior", entry.superior)):
        if wanted is not None and wanted not in entries.named["functions"]:
            yield _no_function(document, (*loc, key), wanted, entries)
    yield from person_problems(entry.title, document, (*loc, "title"))


def _no_function(document: Document, loc: Loc, wanted: str, entries: Entries) -> Problem:
    near = did_you_mean(wanted, iter(entries.named["functions"]))
    return document.problem(
        loc,
        "CT003",
        f"no function `{wanted}`",
        hint=near if near.startswith("did") else "describe it under `functions`",
    )


def person_problems(
    words: WordsEntry | WordsFile, document: Document, loc: Loc, *, code: str = "CT019"
) -> Iterator[Problem]:
    """Yield what in a title seems to name a person, or how to reach one."""
    for language, text in (("de", words.de), ("en", words.en)):
        if _PERSON.search(text) or _REACHABLE_BY.search(text):
            yield document.problem(
                (*loc, language),
                code,
                "this seems to name a person, or how to reach one",
                hint="name the function: `Leitung Geschäftsstelle`, not who holds it",
            )


def _first_asked_problems(entries: Entries) -> Iterator[Problem]:
    asked = {unit.entry.contact for unit in entries.units}
    for function in entries.functions:
        if function.entry.id not in asked:
            continue
        for key in ("deputy", "superior"):
            if getattr(function.entry, key) is None:
                yield function.document.problem(
                    function.loc,
                    "CT015",
                    f"`{function.entry.id}` is asked first but has no {key}",
                    hint=f"name a {key}, or the ladder has one level less",
                    strength=Strength.WARNING,
                )


def _cycles(
    functions: Iterable[Located[FunctionEntry]], relation: str, plural: str
) -> Iterator[Problem]:
    by_id = {one.entry.id: one for one in functions}
    following = {name: getattr(one.entry, relation) for name, one in by_id.items()}
    settled: set[str] = set()
    for start in sorted(by_id):
        way: list[str] = []
        here: str | None = start
        while here in by_id and here not in settled and here not in way:
            way.append(here)
            here = following[here]
        settled.update(way)
        if here in way:
            circle = way[way.index(here) :]
            first = by_id[circle[0]]
            yield first.document.problem(
                (*first.loc, relation),
                "CT004",
                f"the {plural} run in a circle: {' -> '.join([*circle, circle[0]])}",
                hint="let one of them end the chain",
            )
