"""What looks like a person is found; what people in this field write every day is not."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest

from crisis.core.personal_data import traces
from crisis.core.words import Words
from crisis.loading.playbook_loader import load_playbook

PLAYBOOK = Path(__file__).parents[2] / "playbooks" / "sn-mass-casualty.yaml"


def kinds(text: str, *, place: bool = False) -> list[str]:
    return [trace.kind for trace in traces(text, place=place)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Frau Müller wartet am Eingang", "name"),
        ("mit Herrn Schmidt gesprochen", "name"),
        ("Hr. Schmidt", "name"),
        ("Herr M. ist verletzt", "name"),
        ("FRAU MÜLLER", "name"),
        ("Frau von Weber", "name"),
        ("Frau al-Hassan", "name"),
        ("Frau Łukasz", "name"),
        ("Frau O\u2019Neill", "name"),
        ("Herr Prof. Dr. med. Weber", "name"),
        ("Dr. Weber ruft zurück", "name"),
        ("Familie Nowak vermisst jemanden", "name"),
        ("Mr Smith called", "name"),
        ("Miss Smith", "name"),
        ("bitte an ada.muster@praxis.example", "email"),
        ("030 23125 123", "phone"),
        ("+49 152 28817386", "phone"),
        ("0152/28817386", "phone"),
        ("(0221) 4710-456", "phone"),
        ("Tel 03023125123", "phone"),
        ("geb. 12.3.1984", "date-of-birth"),
        ("geboren am 12.03.84", "date-of-birth"),
        ("born 12.3.1984", "date-of-birth"),
        ("12.03.1984", "date-of-birth"),
        ("1984-03-12", "date-of-birth"),
        ("Kennzeichen DD-AB 123", "plate"),
        ("L-X 1234E", "plate"),
        ("DE89370400440532013000", "iban"),
        ("Hauptstraße 12", "street"),
        ("Hauptstr. 12a", "street"),
        ("Lange Straße 5", "street"),
        ("Karl-Muster-Straße 10", "street"),
        ("Dresdner Platz 3", "street"),
        ("Musterweg 4b", "street"),
    ],
)
def test_person_is_found(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "12 Verletzte, 3 Tote, 40 weitere Betroffene (Stand 19:30)",
        "Opfer-Telefon 116 006, täglich 7-22 Uhr",
        "Schalte 20:50 Uhr, Code K7M2Q",
        "Fr 18.12., 20:50 Uhr",
        "bis 18.12.2026, 20:50",
        "Kooperationsvereinbarung vom 05.04.2012",
        "Grundlage polizei-weisser-ring-2015-01-08",
        "Frau und Kind versorgt",
        "Familien brauchen einen eigenen Raum",
        "Anrufer 12 seit Mitternacht",
        "Betreuungsplatz 500 wird aufgebaut",
        "Behandlungsplatz 50 steht",
        "WEISSER RING 3 Außenstellen, Opferhilfe Sachsen 2",
        "A12 und A13 nach Entscheidung A04",
        "Leitungsstab, OB-L Dienst, PSNV-LZ, POL-FLZ",
        "Dolmetschen Dari, Arabisch; 2 Personen ab 22 Uhr",
        "0 bis 18 Jahre: 4-9 Kinder",
        "5-19 Angehörige in der Anlaufstelle",
        "100+ Anfragen, 20-99 offen",
        "Dr. und Prof. im Titel reichen nicht",
        "",
    ],
)
def test_what_is_written_every_day_is_no_person(text: str) -> None:
    assert kinds(text) == []


def test_no_text_of_the_saxony_playbook_looks_like_a_person() -> None:
    loaded = load_playbook(PLAYBOOK, shown_as=PLAYBOOK.name, today=date(2026, 12, 1))

    texts = list(_texts(loaded.playbook))

    assert len(texts) > 400
    assert [text for text in texts if traces(text)] == []


def test_public_place_may_be_named_where_a_place_is_asked_for() -> None:
    text = "Turnhalle, Schulstraße 12, Haltestelle Postplatz"

    assert kinds(text) == ["street"]
    assert kinds(text, place=True) == []
    assert kinds(f"{text}, Frau Müller", place=True) == ["name"]


def test_every_kind_is_named_once_and_the_text_never() -> None:
    found = traces("Frau Müller, 030 23125 123, ada@praxis.example, Frau Weber")

    assert [trace.label for trace in found] == [
        Words(de="eine E-Mail-Adresse", en="an e-mail address"),
        Words(de="eine Telefonnummer", en="a telephone number"),
        Words(de="einen Personennamen", en="a person's name"),
    ]
    assert "Müller" not in repr(found)


def _texts(value: object) -> Iterator[str]:
    """Yield every text that people read, at any depth."""
    if isinstance(value, Words):
        yield from (value.de, value.en)
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
