"""Texts in German and English."""

import pytest

from crisis.core.words import Words


@pytest.mark.parametrize(
    ("language", "read"), [("de", "Hilfe"), ("en", "help"), ("fr", "Hilfe"), ("", "Hilfe")]
)
def test_words_read_german_in_any_language_but_english(language: str, read: str) -> None:
    assert Words(de="Hilfe", en="help").in_language(language) == read


def test_words_without_english_read_german() -> None:
    assert Words(de="Hilfe").in_language("en") == "Hilfe"
