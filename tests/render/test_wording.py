"""Figures and moments as people read them."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.core.figure import Quantity, Share
from crisis.render.wording import Language, Wording


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (None, "keine Angabe", "not available"),
        (timedelta(), "0 s", "0 s"),
        (timedelta(seconds=42), "42 s", "42 s"),
        (timedelta(minutes=10), "10 min", "10 min"),
        (timedelta(minutes=7, seconds=30), "7,5 min", "7.5 min"),
        (timedelta(minutes=22, seconds=30), "23 min", "23 min"),
        (timedelta(hours=2), "2 h", "2 h"),
        (timedelta(days=-21), "−21 Tage", "−21 days"),  # noqa: RUF001 -- a minus, not a hyphen
        (-timedelta(hours=2, minutes=6), "−2 h 6 min", "−2 h 6 min"),  # noqa: RUF001 -- as above
        (timedelta(hours=3, minutes=5), "3 h 5 min", "3 h 5 min"),
        (timedelta(days=42), "42 Tage", "42 days"),
        (timedelta(days=61, hours=16), "61 Tage 16 h", "61 days 16 h"),
        (Share(part=4, whole=7), "4 von 7 (57,1 %)", "4 of 7 (57.1%)"),
        (Share(part=1, whole=2000), "1 von 2000 (0,1 %)", "1 of 2000 (0.1%)"),
        (12345, "12.345", "12,345"),
    ],
)
def test_quantity_reads_in_both_languages(value: Quantity, german: str, english: str) -> None:
    assert Wording("de").quantity(value).replace("\u00a0", " ") == german
    assert Wording("en").quantity(value).replace("\u00a0", " ") == english


@pytest.mark.parametrize(
    ("language", "winter", "summer"),
    [
        ("de", "18.12.2026, 19:20 MEZ", "01.07.2026, 20:20 MESZ"),
        ("en", "18 Dec 2026, 19:20 CET", "1 Jul 2026, 20:20 CEST"),
    ],
)
def test_moment_is_local_and_names_its_zone(language: Language, winter: str, summer: str) -> None:
    wording = Wording(language)
    assert wording.moment(datetime(2026, 12, 18, 18, 20, tzinfo=UTC)) == winter
    assert wording.moment(datetime(2026, 7, 1, 18, 20, tzinfo=UTC)) == summer


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0 %"), (0.001, "<1 %"), (0.024, "2 %"), (0.999, "99 %"), (1, "100 %")],
)
def test_shares_are_never_rounded_to_nothing_or_to_all(share: float, text: str) -> None:
    assert Wording("de").percent(share).replace("\u00a0", " ") == text


def test_moment_says_that_it_is_unknown() -> None:
    assert Wording("de").moment(None) == "unbekannt"


def test_since_bends_german_days() -> None:
    assert Wording("de").since(timedelta(days=61)) == "seit 61\u00a0Tagen"
    assert Wording("en").since(timedelta(days=61)) == "for 61\u00a0days"


def test_since_opened_shows_what_lies_before() -> None:
    assert Wording("de").since_opened(timedelta(minutes=-18)) == "T0\u221218\u00a0min"


def test_numbers_joins_neighbours() -> None:
    assert Wording("de").numbers((1, 2, 5, 6, 7, 9)) == "1, 2, 5\u20137, 9"
