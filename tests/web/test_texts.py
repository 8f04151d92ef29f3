"""Every text the pages say, in both languages."""

import re

import pytest
from babel.messages.pofile import read_po

from crisis.core.words import Words
from crisis.web.texts import DOMAIN, LOCALE, choose_language, texts
from tests.web.catalogue import texts_said

PLACES = re.compile(r"%\((\w+)\)s")


def _catalogue(language: str) -> dict[str, str]:
    with (LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as source:
        return {str(one.id): str(one.string) for one in read_po(source) if one.id}


@pytest.mark.parametrize("language", ["de", "en"])
def test_catalogue_has_what_the_pages_say_and_nothing_else(language: str) -> None:
    assert sorted(_catalogue(language)) == sorted(texts_said())


def test_no_text_lacks_english() -> None:
    assert [text for text, english in _catalogue("en").items() if not english] == []


def test_german_is_the_source_and_translates_nothing() -> None:
    assert set(_catalogue("de").values()) == {""}


def test_english_fills_the_same_places() -> None:
    unlike = [
        text
        for text, english in _catalogue("en").items()
        if sorted(PLACES.findall(text)) != sorted(PLACES.findall(english))
    ]

    assert unlike == []


def test_texts_are_said_in_the_language_with_their_places_filled() -> None:
    german, english, french = texts("de"), texts("en"), texts("fr")

    said = [say("noch %(time)s", time="5 %") for say in (german, english, french)]

    assert said == ["noch 5 %", "5 % left", "noch 5 %"]
    assert english.words(Words(de="Hilfe")) == "Hilfe"


@pytest.mark.parametrize(
    ("asked", "accepted", "chosen"),
    [
        ("en", "de", "en"),
        ("fr", "en-GB,en;q=0.9", "en"),
        (None, "", "de"),
        (None, "fr;q=1, en;q=0.4, de;q=0.6", "de"),
        (None, "en;q=nonsense, de;q=0.1", "de"),
        (None, "*", "de"),
        (None, "fr, en ; q=0.9, de; q=0.5", "en"),
        (None, "en;q=0, fr", "de"),
    ],
)
def test_language_is_chosen(asked: str | None, accepted: str, chosen: str) -> None:
    assert choose_language(asked, accepted) == chosen
