"""
What help a partner offers to whom: what those affected can be referred to (S2.8).

Services are told to partners, who tell those affected; nobody is alerted over them. A
shelter has no address here (S4.12), and work with perpetrators is never in one list with
help for victims.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from crisis.core.words import Words


class NeedGroup(StrEnum):
    """The four things that victims are entitled to (S5.P1)."""

    INFORMATION = "information"
    SUPPORT = "support"
    PROTECTION = "protection"
    PARTICIPATION = "participation"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedKind:
    """A need as services name it: to which of the four groups it belongs, and its name."""

    group: NeedGroup
    name: Words


def _need(group: NeedGroup, de: str, en: str) -> NeedKind:
    return NeedKind(group=group, name=Words(de=de, en=en))


NEEDS: Mapping[str, NeedKind] = {
    "rights": _need(NeedGroup.INFORMATION, "Information über Rechte", "Information on rights"),
    "orientation": _need(NeedGroup.INFORMATION, "Orientierung", "Finding one's way"),
    "counselling": _need(NeedGroup.SUPPORT, "Beratung", "Counselling"),
    "accompaniment": _need(NeedGroup.SUPPORT, "Begleitung", "Accompaniment"),
    "trauma-therapy": _need(NeedGroup.SUPPORT, "Traumatherapie", "Trauma therapy"),
    "financial-help": _need(NeedGroup.SUPPORT, "Finanzielle Hilfe", "Financial help"),
    "interpreting": _need(NeedGroup.SUPPORT, "Dolmetschen", "Interpreting"),
    "shelter": _need(NeedGroup.PROTECTION, "Schutzwohnung", "Shelter"),
    "safety-advice": _need(NeedGroup.PROTECTION, "Sicherheitsberatung", "Advice on safety"),
    "court-support": _need(NeedGroup.PARTICIPATION, "Prozessbegleitung", "Support in court"),
    "proceedings": _need(NeedGroup.PARTICIPATION, "Verfahrensauskunft", "News of proceedings"),
    "perpetrator-work": _need(NeedGroup.SUPPORT, "Täterarbeit", "Work with perpetrators"),
}


class People(StrEnum):
    """Whom a service is for; none is presumed, not even by gender (S4.1)."""

    EVERYONE = "everyone"
    WOMEN = "women"
    MEN = "men"
    DIVERSE = "diverse"
    CHILDREN = "children"
    RELATIVES = "relatives"
    MIGRANTS = "migrants"


class Access(StrEnum):
    """How people who meet barriers get to a service."""

    STEP_FREE = "step-free"
    SIGN_LANGUAGE = "sign-language"
    PLAIN_LANGUAGE = "plain-language"
    ONLINE = "online"
    TELEPHONE = "telephone"


class ServiceKind(StrEnum):
    """What a service is."""

    COUNSELLING = "counselling"
    HELPLINE = "helpline"
    PORTAL = "portal"
    SHELTER = "shelter"
    COURT_SUPPORT = "court-support"
    CLINIC = "clinic"
    BENEFIT = "benefit"
    INTERPRETING = "interpreting"
    PERPETRATOR_WORK = "perpetrator-work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A quality standard that a service works by, with where it can be read (S5.1)."""

    name: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """
    One offer of a unit, in regions (AGS prefixes).

    `ages` are the youngest and the oldest it is for, in years. `interpreters`: whoever
    speaks another language than `languages` is helped too. `line` is its public number,
    `address` where it is; a shelter has none.
    """

    id: str
    unit: str
    kind: ServiceKind
    name: Words
    needs: tuple[str, ...]
    people: tuple[People, ...]
    regions: tuple[str, ...]
    languages: tuple[str, ...]
    interpreters: bool = False
    ages: tuple[int, int] | None = None
    access: tuple[Access, ...] = ()
    standards: tuple[Standard, ...] = ()
    line: str = ""
    address: str = ""
