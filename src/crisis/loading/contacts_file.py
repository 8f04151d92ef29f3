"""
What stands in a contacts file: organisations, their units, and functions with channels.

Any file in the folder may hold any of the three sections. Entries are checked one
by one, so that a mistake in one does not hide what is wrong in the others.
"""

import re
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator, Discriminator, Field, Tag, ValidationError

from crisis.core.contact import ChannelKind
from crisis.loading.catalogue import LAENDER, Sector
from crisis.loading.contact_words import DayText, Id, RegionText, Text, WordsEntry
from crisis.loading.kind_words import ChannelWord, TlpWord
from crisis.loading.located import Document, Loc
from crisis.loading.material_file import MaterialEntry
from crisis.loading.service_file import ServiceEntry
from crisis.loading.shape import FileModel
from crisis.loading.training_file import TrainedEntry, TrainingEntry

MIDNIGHT = "24:00"
DISTRICT_LENGTH = 5
_HOURS = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")


def hours_of(text: str) -> tuple[time, time]:
    """
    Return the two local times of `07:30-16:00`; `24:00` is the last moment of the day.

    Raises:
        ValueError: the text has another form, or the end is not after the beginning.
    """
    found = _HOURS.fullmatch(text)
    try:
        opens, closes = (_time(part) for part in found.groups()) if found else (None, None)
    except ValueError:
        opens = closes = None
    if opens is None or closes is None:
        raise ValueError(f"`{text}` is not a time span; write it like `07:30-16:00`")
    if opens >= closes:
        raise ValueError(f"`{text}` ends before it begins; use two channels for a night shift")
    return opens, closes


def _time(text: str) -> time:
    return time.max if text == MIDNIGHT else time.fromisoformat(text)


def _check_hours(text: str) -> str:
    hours_of(text)
    return text


def _check_district(text: str) -> str:
    plain = text.isascii() and text.isdigit()
    if not plain or len(text) != DISTRICT_LENGTH or text[:2] not in LAENDER:
        raise ValueError(f"`{text}` is not a district; write the first 5 digits of its AGS")
    return text


def _check_land(text: str) -> str:
    if text not in LAENDER:
        raise ValueError(f"`{text}` is not a Land; write the two digits of its AGS, such as `14`")
    return text


def _check_rota(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.ics", text):
        raise ValueError(f"`{text}` is not a rota; name an .ics file in the same folder")
    return text


HoursText = Annotated[str, AfterValidator(_check_hours)]
DistrictText = Annotated[str, AfterValidator(_check_district)]
Day = Literal["mo", "tu", "we", "th", "fr", "sa", "su"]
DAYS: tuple[Day, ...] = ("mo", "tu", "we", "th", "fr", "sa", "su")


class HoursEntry(FileModel):
    """Open on these days between two local times; all days if none is named."""

    hours: HoursText
    days: Annotated[list[Day], Field(min_length=1)] = Field(default_factory=lambda: list(DAYS))


class OfficeEntry(FileModel):
    """Open on the working days of a Land; 07:30 to 16:00 if no hours are named."""

    office: Annotated[str, AfterValidator(_check_land)]
    hours: HoursText = "07:30-16:00"


class RotaEntry(FileModel):
    """Answered by whoever holds the shift in an iCalendar file beside this one."""

    rota: Annotated[str, AfterValidator(_check_rota)]


def _which_form(value: object) -> str:
    if isinstance(value, dict):
        return next((key for key in ("rota", "office") if key in value), "hours")
    return "word"


ChannelHours = Annotated[
    Annotated[Literal["round-the-clock"], Tag("word")]
    | Annotated[HoursEntry, Tag("hours")]
    | Annotated[OfficeEntry, Tag("office")],
    Discriminator(lambda value: "hours" if _which_form(value) == "rota" else _which_form(value)),
]
AvailabilityEntry = Annotated[
    Annotated[Literal["round-the-clock"], Tag("word")]
    | Annotated[HoursEntry, Tag("hours")]
    | Annotated[OfficeEntry, Tag("office")]
    | Annotated[RotaEntry, Tag("rota")],
    Discriminator(_which_form),
]


class ChannelEntry(FileModel):
    """One way to reach a function; `portal` is the only kind without an address."""

    kind: ChannelWord
    id: Id | None = None
    address: Text | None = None
    hours: ChannelHours | None = None
    encrypted: bool | None = None
    max_tlp: TlpWord | None = None
    out_of_hours: bool = False
    provider: Text | None = None
    audience: Literal["partners", "affected", "citizens", "press"] = "partners"
    verified_on: DayText | None = None

    @property
    def channel_kind(self) -> ChannelKind:
        """The kind as the core knows it."""
        return ChannelKind(self.kind)


class FunctionEntry(FileModel):
    """A function that can be reached; never a named person."""

    id: Id
    title: WordsEntry
    deputy: Id | None = None
    superior: Id | None = None
    language: Literal["de", "en"] = "de"
    availability: AvailabilityEntry
    coordinates: Literal["victim-protection"] | None = None
    trained: list[TrainedEntry] = Field(
        default_factory=list, description="For which tasks the function is trained, until when."
    )
    channels: list[ChannelEntry] = Field(default_factory=list)

    def channel_id(self, index: int) -> str:
        """Return a channel's own id, or else one made of the function and the kind."""
        channel = self.channels[index]
        return channel.id or f"{self.id}-{channel.kind}"


class UnitEntry(FileModel):
    """An organisation's unit that holds roles in regions."""

    id: Id
    organisation: Id
    name: WordsEntry
    roles: Annotated[list[str], Field(min_length=1)]
    regions: Annotated[list[RegionText], Field(min_length=1)]
    competences: list[str] = Field(default_factory=list)
    must_not: list[str] = Field(default_factory=list)
    member_of: list[Id] = Field(default_factory=list)
    sectors: list[Sector] = Field(default_factory=list)
    contact: Id


class OrganisationEntry(FileModel):
    """
    A body with units; when it was renamed or dissolved, its successor stands for it (S4.2).

    `ended_on` is the first day on which it no longer exists under this name.
    """

    id: Id
    name: WordsEntry
    ended_on: DayText | None = None
    successor: Id | None = None


class ContactsFile(FileModel):
    """A whole contacts file."""

    organisations: list[OrganisationEntry] = Field(default_factory=list)
    units: list[UnitEntry] = Field(default_factory=list)
    functions: list[FunctionEntry] = Field(default_factory=list)
    services: list[ServiceEntry] = Field(default_factory=list)
    materials: list[MaterialEntry] = Field(default_factory=list)
    training: list[TrainingEntry] = Field(
        default_factory=list, description="Which training a role needs."
    )
    neighbours: dict[DistrictText, list[DistrictText]] = Field(default_factory=dict)


Entry = TypeVar(
    "Entry",
    OrganisationEntry,
    UnitEntry,
    FunctionEntry,
    ServiceEntry,
    MaterialEntry,
    TrainingEntry,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of contacts as it was read; `is_example`: everybody in it is made up."""

    document: Document
    file: Path
    is_example: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Located(Generic[Entry]):
    """An entry that fits its shape, with where it stands."""

    entry: Entry
    source: Source
    loc: Loc

    @property
    def document(self) -> Document:
        """The places of the file that it stands in."""
        return self.source.document


def sound_entries(source: Source, section: str, model: type[Entry]) -> tuple[Located[Entry], ...]:
    """Return the entries of a section that fit their shape; the others are reported elsewhere."""
    listed = source.document.data.get(section)
    found = []
    for index, data in enumerate(listed if isinstance(listed, list) else []):
        try:
            entry = model.model_validate(data)
        except ValidationError:
            continue
        found.append(Located(entry=entry, source=source, loc=(section, index)))
    return tuple(found)
