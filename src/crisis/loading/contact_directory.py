"""A folder of contacts becomes a directory, the book of its addresses, and all that is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from crisis.core.availability import (
    Availability,
    Hours,
    Office,
    Rota,
    RoundTheClock,
    local_day,
)
from crisis.core.consent_policy import ConsentPolicy
from crisis.core.contact import Audience, Channel, Contact, Directory, Partner
from crisis.core.register import Register
from crisis.core.service import Service
from crisis.core.training import TrainingRecord
from crisis.core.words import Words
from crisis.loading.address import normalised
from crisis.loading.address_book import Addressbook
from crisis.loading.agreement_register import agreement_files, load_register
from crisis.loading.audience_checks import audience_problems
from crisis.loading.channel_checks import (
    channel_problems,
    is_encrypted,
    tlp_of,
)
from crisis.loading.consent_file import load_policies, policy_files
from crisis.loading.contact_checks import Entries, entry_problems, holder_problems
from crisis.loading.contact_entries import EXAMPLE_FOLDER, entries_of
from crisis.loading.contact_words import WordsEntry
from crisis.loading.contacts_file import (
    DAYS,
    ChannelEntry,
    ContactsFile,
    FunctionEntry,
    HoursEntry,
    Located,
    OfficeEntry,
    RotaEntry,
    hours_of,
)
from crisis.loading.coordination_checks import coordination_problems
from crisis.loading.files import read_at_most, shown
from crisis.loading.holiday_calendar import holidays_around
from crisis.loading.located import read_yaml
from crisis.loading.material_checks import material_problems, materials_in
from crisis.loading.membership_checks import membership_problems
from crisis.loading.neighbours_file import neighbours_in
from crisis.loading.organisation_checks import organisation_problems, organisations_on
from crisis.loading.problem import Problem, in_order
from crisis.loading.rota_file import RotaReading, holder_line, read_rota
from crisis.loading.service_checks import sectors_in, service_problems, services_in
from crisis.loading.shape import check_shape
from crisis.loading.training_checks import training_in, training_problems

MAX_ROTA_BYTES = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseContacts:
    """
    What a folder of contacts holds: partners, addresses, agreements, policies on consent.

    The mistakes stand apart: one in an agreement or a policy keeps nobody from being
    asked. `sectors` are the disciplines of each unit, by its id.
    """

    directory: Directory
    addresses: Addressbook
    problems: tuple[Problem, ...]
    register: Register
    register_problems: tuple[Problem, ...]
    services: tuple[Service, ...] = ()
    training: tuple[TrainingRecord, ...] = ()
    sectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    consent_policies: tuple[ConsentPolicy, ...] = ()
    policy_problems: tuple[Problem, ...] = ()


def load_directory(
    folder: Path, *, around: datetime
) -> tuple[Directory, Addressbook, tuple[Problem, ...]]:
    """Read a folder as `load_contacts` does, for whoever needs no agreements."""
    loaded = load_contacts(folder, around=around)
    return loaded.directory, loaded.addresses, loaded.problems


def load_contacts(folder: Path, *, around: datetime) -> HouseContacts:
    """
    Read every `*.yaml` under a folder, with the rotas beside it.

    Files in `agreements/` are the register, in `consent/` the policies on consent.

    A subfolder `example` counts only while there is nothing else: made-up partners
    never stand beside real ones.

    Rotas are worked out from 2 days before to 600 days after `around`, holidays
    from the year before to two years after. The directory holds what is sound:
    whoever needs all of it looks at the problems first (`raise_for_errors`).
    """
    problems: list[Problem] = []
    documents = []
    today = local_day(around)
    found_files, policies = policy_files(folder, contact_files(folder))
    files, agreements = agreement_files(folder, found_files)
    for file in files:
        document, found = read_yaml(file, shown_as=shown(file))
        problems += found
        if document is not None:
            problems += check_shape(document, ContactsFile)[1]
            documents.append((file, document))
    if not documents and not problems:
        problems.append(_nothing_there(folder))
    entries = entries_of(documents, folder=folder)
    rotas = _Rotas(around=around)
    contacts = {one.entry.id: _contact(one, rotas, entries) for one in reversed(entries.functions)}
    organisations = organisations_on(entries, today)
    register, register_problems = load_register(agreements, organisations)
    consent_policies, policy_problems = load_policies(policies)
    problems += [
        *entry_problems(entries),
        *organisation_problems(entries, day=today),
        *membership_problems(entries.units, entries.functions),
        *service_problems(entries),
        *material_problems(entries, today=today),
        *coordination_problems(entries),
        *audience_problems(entries.units, entries.functions),
        *channel_problems(entries.functions, around=around),
        *rotas.problems,
        *_holders_problems(entries, rotas),
    ]
    directory = Directory(
        partners=tuple(_partners(entries, contacts)),
        contacts={name: contacts[name] for name in sorted(contacts)},
        holidays=holidays_around(around),
        neighbours=neighbours_in(document for _, document in documents),
        materials=materials_in(entries),
    )
    training = training_in(entries, directory)
    problems += training_problems(entries, training, today=today)
    return HouseContacts(
        directory=directory,
        addresses=_address_book(entries),
        problems=in_order(problems),
        register=register,
        register_problems=in_order(register_problems),
        services=services_in(entries),
        training=training,
        sectors=sectors_in(entries),
        consent_policies=consent_policies,
        policy_problems=in_order(policy_problems),
    )


@dataclass(slots=True, kw_only=True)
class _Rotas:
    """The calendars that were read, each once."""

    around: datetime
    readings: dict[Path, RotaReading] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, function: Located[FunctionEntry], name: str) -> Rota:
        file = function.source.file.parent / name
        if file in self.readings:
            return self.readings[file].rota
        try:
            content = read_at_most(file, MAX_ROTA_BYTES + 1)
            if len(content) > MAX_ROTA_BYTES:
                raise OSError(0, "larger than 2 MB")  # noqa: TRY301 -- one way out for both
            text = content.decode("utf-8").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            self.problems.append(
                function.document.problem(
                    (*function.loc, "availability", "rota"),
                    "CT021",
                    f"the rota `{name}` cannot be read: {reason.lower()}",
                    hint="put the .ics file beside this one",
                )
            )
            return Rota(shifts=())
        self.texts[file] = text
        self.readings[file] = read_rota(text, path=shown(file), around=self.around)
        self.problems += self.readings[file].problems
        return self.readings[file].rota


def contact_files(folder: Path) -> list[Path]:
    """Return the files of a folder of contacts, sorted; examples only where nothing else is."""
    found = sorted(folder.rglob("*.yaml"))
    real = [file for file in found if EXAMPLE_FOLDER not in file.relative_to(folder).parts[:-1]]
    return real or found


def _nothing_there(folder: Path) -> Problem:
    return Problem(
        path=shown(folder),
        line=1,
        column=1,
        code="CT026",
        message="this folder holds no contacts (*.yaml)",
        hint="start from contacts/example",
    )


def _contact(function: Located[FunctionEntry], rotas: _Rotas, entries: Entries) -> Contact:
    entry = function.entry
    known = {one.entry.id for one in entries.functions}
    if isinstance(entry.availability, RotaEntry):
        shifts = rotas.read(function, entry.availability.rota).shifts
        availability: Availability = Rota(shifts=tuple(s for s in shifts if s.holder in known))
    else:
        availability = _hours(entry.availability)
    return Contact(
        id=entry.id,
        title=_words(entry.title),
        channels=tuple(
            _channel(entry.channel_id(index), channel, availability)
            for index, channel in enumerate(entry.channels)
        ),
        availability=availability,
        deputy=entry.deputy if entry.deputy in known else None,
        superior=entry.superior if entry.superior in known else None,
        language=entry.language,
    )


def _channel(channel_id: str, entry: ChannelEntry, availability: Availability) -> Channel:
    if entry.hours is not None:
        hours = _hours(entry.hours)
    elif entry.out_of_hours or isinstance(availability, Rota):
        hours = RoundTheClock()
    else:
        hours = availability
    return Channel(
        id=channel_id,
        kind=entry.channel_kind,
        hours=hours,
        max_tlp=tlp_of(entry),
        encrypted=is_encrypted(entry),
        out_of_hours=entry.out_of_hours,
        provider=entry.provider or ("crisis" if entry.kind == "portal" else ""),
        verified_on=date.fromisoformat(entry.verified_on) if entry.verified_on else None,
        audience=Audience(entry.audience),
    )


def _hours(entry: str | HoursEntry | OfficeEntry) -> RoundTheClock | Hours | Office:
    match entry:
        case HoursEntry():
            opens, closes = hours_of(entry.hours)
            weekdays = tuple(sorted({DAYS.index(day) for day in entry.days}))
            return Hours(weekdays=weekdays, opens=opens, closes=closes)
        case OfficeEntry():
            opens, closes = hours_of(entry.hours)
            return Office(land=entry.office, opens=opens, closes=closes)
        case _:
            return RoundTheClock()


def _words(entry: WordsEntry) -> Words:
    return Words(de=entry.de, en=entry.en)


def _partners(entries: Entries, contacts: Mapping[str, Contact]) -> Iterator[Partner]:
    seen: set[str] = set()
    for unit in sorted(entries.units, key=lambda one: one.entry.id):
        entry = unit.entry
        if entry.contact in contacts and entry.id not in seen:
            seen.add(entry.id)
            yield Partner(
                id=entry.id,
                organisation=entry.organisation,
                name=_words(entry.name),
                regions=tuple(entry.regions),
                roles=tuple(entry.roles),
                contact=entry.contact,
                competences=tuple(entry.competences),
                must_not=tuple(entry.must_not),
                member_of=tuple(entry.member_of),
            )


def _address_book(entries: Entries) -> Addressbook:
    kinds, addresses, labels = {}, {}, {}
    for function in reversed(entries.functions):
        for index, channel in reversed(list(enumerate(function.entry.channels))):
            channel_id = function.entry.channel_id(index)
            kinds[channel_id] = channel.channel_kind
            labels[channel_id] = tlp_of(channel)
            address = normalised(channel.channel_kind, channel.address) if channel.address else ""
            if isinstance(address, str):
                addresses[channel_id] = address
    return Addressbook(kinds=kinds, addresses=addresses, labels=labels)


def _holders_problems(entries: Entries, rotas: _Rotas) -> Iterator[Problem]:
    for function in entries.functions:
        if not isinstance(function.entry.availability, RotaEntry):
            continue
        file = function.source.file.parent / function.entry.availability.rota
        reading = rotas.readings.get(file)
        if reading is not None:
            holders = {shift.holder for shift in reading.rota.shifts}
            yield from holder_problems(
                function,
                path=shown(file),
                holders={
                    holder: holder_line(rotas.texts[file], holder) for holder in sorted(holders)
                },
                entries=entries,
            )
