"""Services as contacts files hold them: what a unit offers, to whom, where, in which language."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from crisis.core.service import Access, People, Service, ServiceKind, Standard
from crisis.core.words import Words
from crisis.loading.contact_words import Id, RegionText, Text, WordsEntry
from crisis.loading.identifiers import Language
from crisis.loading.shape import FileModel

_AGES = re.compile(r"(\d{1,3})-(\d{1,3})")


def _check_ages(text: str) -> str:
    match = _AGES.fullmatch(text)
    if match is None or int(match[1]) > int(match[2]):
        raise ValueError(f"`{text}` are no ages; write the youngest and the oldest, like `0-17`")
    return text


def _check_link(text: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+\.[^\s/]+(/\S*)?", text):
        raise ValueError(f"`{text}` is no link; write it with `https://`")
    return text


NeedWord = Literal[
    "rights",
    "orientation",
    "counselling",
    "accompaniment",
    "trauma-therapy",
    "financial-help",
    "interpreting",
    "shelter",
    "safety-advice",
    "court-support",
    "proceedings",
    "perpetrator-work",
]
LinkText = Annotated[str, AfterValidator(_check_link)]


class StandardEntry(FileModel):
    """A quality standard, with where it can be read."""

    name: Text
    link: LinkText


class ServiceEntry(FileModel):
    """One offer of a unit; nobody is presumed under `people`, so it is always written."""

    id: Id
    unit: Id
    kind: Literal[
        "counselling",
        "helpline",
        "portal",
        "shelter",
        "court-support",
        "clinic",
        "benefit",
        "interpreting",
        "perpetrator-work",
    ]
    name: WordsEntry
    needs: list[NeedWord] = Field(min_length=1)
    people: list[
        Literal["everyone", "women", "men", "diverse", "children", "relatives", "migrants"]
    ] = Field(min_length=1)
    languages: list[Language] = Field(min_length=1)
    interpreters: bool = False
    ages: Annotated[str, AfterValidator(_check_ages)] | None = None
    access: list[
        Literal["step-free", "sign-language", "plain-language", "online", "telephone"]
    ] = Field(default_factory=list)
    regions: list[RegionText] = Field(
        default_factory=list, description="Where it is offered; those of its unit if left out."
    )
    standards: list[StandardEntry] = Field(default_factory=list)
    line: Text | None = Field(None, description="The public number.")
    address: Text | None = Field(None, description="Where it is; a shelter has none here.")


def to_service(entry: ServiceEntry, *, regions: tuple[str, ...]) -> Service:
    """Return the core value; `regions` are those of the unit."""
    match = _AGES.fullmatch(entry.ages or "")
    return Service(
        id=entry.id,
        unit=entry.unit,
        kind=ServiceKind(entry.kind),
        name=Words(de=entry.name.de, en=entry.name.en),
        needs=tuple(entry.needs),
        people=tuple(People(one) for one in entry.people),
        regions=tuple(entry.regions) or regions,
        languages=tuple(entry.languages),
        interpreters=entry.interpreters,
        ages=None if match is None else (int(match[1]), int(match[2])),
        access=tuple(Access(one) for one in entry.access),
        standards=tuple(Standard(name=one.name, link=one.link) for one in entry.standards),
        line=entry.line or "",
        address=entry.address or "",
    )
