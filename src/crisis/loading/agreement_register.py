"""The files of a register of agreements become one value, with all that is wrong in them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from crisis.core.agreement import Agreement, Party
from crisis.core.register import MONTHS, Register
from crisis.core.words import Words
from crisis.loading.agreement_file import AgreementFile, PartyFile, to_agreement
from crisis.loading.catalogue import ROLES
from crisis.loading.contact_checks import person_problems
from crisis.loading.files import shown
from crisis.loading.located import Document, Loc, read_yaml
from crisis.loading.organisation_checks import Organisations
from crisis.loading.problem import Problem, Strength, has_errors
from crisis.loading.shape import check_shape, did_you_mean

# Files in a folder of this name, anywhere below the contacts, are agreements.
FOLDER = "agreements"
MAX_ATTACHMENT_BYTES = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """One file that fits its shape."""

    entry: AgreementFile
    document: Document
    file: Path

    def problem(
        self, loc: Loc, code: str, message: str, hint: str, strength: Strength = Strength.ERROR
    ) -> Problem:
        return self.document.problem(loc, code, message, hint=hint, strength=strength)


def load_register(
    files: Iterable[Path], organisations: Organisations
) -> tuple[Register, tuple[Problem, ...]]:
    """
    Read files of agreements, one agreement each.

    The register holds those whose own file has no mistake; `organisations` are those of
    the contacts.
    """
    problems: list[Problem] = []
    written: list[_Written] = []
    for file in files:
        document, found = read_yaml(file, shown_as=shown(file))
        problems += found
        if document is None:
            continue
        entry, found = check_shape(document, AgreementFile)
        problems += found
        if entry is not None:
            written.append(_Written(entry=entry, document=document, file=file))
    named = [each.entry.id for each in written]
    problems += _clause_problems(written)
    problems += _circle_problems(written)
    agreements = []
    for each in written:
        own = tuple(_own_problems(each, named, organisations))
        problems += own
        if not has_errors(own):
            agreements.append(_agreement(each.entry, organisations))
    agreements.sort(key=lambda agreement: agreement.id)
    return Register(agreements=tuple(agreements)), tuple(problems)


def _agreement(entry: AgreementFile, organisations: Organisations) -> Agreement:
    return to_agreement(entry, tuple(_party(party, organisations) for party in entry.parties))


def _party(party: PartyFile, organisations: Organisations) -> Party:
    today = organisations.standing_for(party.organisation)
    return Party(
        organisation=today,
        name=organisations.names.get(today, Words(de=today)),
        signatory=party.signatory.words(),
        roles=tuple(party.roles),
        regions=tuple(party.regions),
        signed_as=party.organisation if today != party.organisation else "",
    )


def _own_problems(
    each: _Written, named: list[str], organisations: Organisations
) -> Iterator[Problem]:
    entry = each.entry
    if entry.id != each.file.stem:
        yield each.problem(
            ("id",),
            "AG101",
            f"the id `{entry.id}` differs from the file's name",
            f"rename the file to {entry.id}.yaml, or write `id: {each.file.stem}`",
        )
    yield from _reference_problems(each, named)
    yield from _date_problems(each)
    if entry.kind == "agreement" and len(entry.parties) == 1:
        yield each.problem(
            ("parties",),
            "AG112",
            "only one party",
            "name the other side, or write `kind: mandate` if an office was founded",
        )
    for index, party in enumerate(entry.parties):
        yield from _party_problems(each, ("parties", index), party, organisations)
    for index, attachment in enumerate(entry.attachments):
        yield from _attachment_problems(
            each, ("attachments", index), attachment.file, attachment.sha256
        )


def _reference_problems(each: _Written, named: list[str]) -> Iterator[Problem]:
    entry = each.entry
    cited: list[tuple[Loc, str]] = [
        *((("supersedes", index), one) for index, one in enumerate(entry.supersedes)),
        *((("supplements", index), one) for index, one in enumerate(entry.supplements)),
        *((("beside", index, "agreement"), o.agreement) for index, o in enumerate(entry.beside)),
    ]
    for loc, one in cited:
        if one not in named:
            hint = did_you_mean(one, named)
            yield each.problem(loc, "AG102", f"no agreement `{one}` in the register", hint)


def _date_problems(each: _Written) -> Iterator[Problem]:
    entry = each.entry
    since = entry.in_force_from
    report = partial(each.problem, code="AG110")
    if entry.signed_on is not None and since is not None and since < entry.signed_on:
        yield report(
            ("in_force_from",),
            message=f"in force from {since}, before it was signed on {entry.signed_on}",
            hint="one of the two days is wrong",
        )
    start = since or entry.signed_on
    if entry.ends_on is not None and start is not None and entry.ends_on <= start:
        yield report(
            ("ends_on",),
            message=f"ends on {entry.ends_on}, before it began on {start}",
            hint="one of the two days is wrong",
        )
    if not 1 <= entry.review_months <= MONTHS:
        yield report(
            ("review_months",),
            message=f"reviewed after {entry.review_months} months",
            hint="write 1 to 12: a review is due after a year at the latest (S5.11)",
        )


def _party_problems(
    each: _Written, loc: Loc, party: PartyFile, organisations: Organisations
) -> Iterator[Problem]:
    yield from person_problems(party.signatory, each.document, (*loc, "signatory"), code="AG111")
    for index, role in enumerate(party.roles):
        if role not in ROLES:
            near = did_you_mean(role, ROLES)
            hint = near if near.startswith("did") else "see the roles in contacts/README.md"
            yield each.problem((*loc, "roles", index), "AG106", f"no role `{role}`", hint)
    place: Loc = (*loc, "organisation")
    if party.organisation not in organisations.names:
        hint = did_you_mean(party.organisation, organisations.names)
        yield each.problem(place, "AG104", f"no organisation `{party.organisation}`", hint)
        return
    today = organisations.standing_for(party.organisation)
    if today != party.organisation:
        yield each.problem(
            place,
            "AG105",
            f"`{party.organisation}` no longer exists; `{today}` stands for it",
            "the register follows the successor; nothing is to be done if it agreed to that",
            Strength.NOTICE,
        )


def _attachment_problems(each: _Written, loc: Loc, name: str, wanted: str) -> Iterator[Problem]:
    file = each.file.parent / name
    try:
        if file.stat().st_size > MAX_ATTACHMENT_BYTES:
            yield each.problem(
                (*loc, "file"), "AG108", f"`{name}` is larger than 50 MB", "attach a smaller one"
            )
            return
        found = sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        yield each.problem(
            (*loc, "file"),
            "AG108",
            f"`{name}` cannot be read: {reason}",
            "put the document beside this file",
        )
        return
    if found != wanted:
        yield each.problem(
            (*loc, "sha256"),
            "AG109",
            f"`{name}` is not the document that was attached",
            f"bring the old one back, or ask the parties and write {found}",
        )


def _clause_problems(written: list[_Written]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for each in written:
        for index, clause in enumerate(each.entry.clauses):
            loc: Loc = ("clauses", index, "id")
            here = f"{each.document.path}:{each.document.place(loc).line}"
            there = first.setdefault(clause.id, here)
            if there != here:
                yield each.problem(
                    loc,
                    "AG107",
                    f"clause `{clause.id}` is given twice",
                    f"it already stands at {there}; give one of them another id",
                )


def _circle_problems(written: list[_Written]) -> Iterator[Problem]:
    older: Mapping[str, list[str]] = {each.entry.id: each.entry.supersedes for each in written}
    for each in written:
        seen: set[str] = set()
        wanted = list(each.entry.supersedes)
        while wanted:
            here = wanted.pop()
            if here not in seen:
                seen.add(here)
                wanted += older.get(here, [])
        if each.entry.id in seen:
            yield each.problem(
                ("supersedes",),
                "AG103",
                f"`{each.entry.id}` supersedes itself, round a circle",
                "leave the older one without `supersedes`",
            )


def agreement_files(folder: Path, files: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files below a folder of contacts apart: contacts, and agreements."""
    contacts: list[Path] = []
    agreements: list[Path] = []
    for file in files:
        inside = FOLDER in file.relative_to(folder).parts[:-1]
        (agreements if inside else contacts).append(file)
    return contacts, agreements
