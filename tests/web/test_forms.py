"""What a browser posts, read as answers."""

import pytest

from crisis.core.answer import MOST_ROWS
from crisis.core.form import Answer, Field, FieldKind, Form
from crisis.core.words import Words
from crisis.web.forms import as_posted, cell, read_answers, rows_of, without
from crisis.web.texts import texts
from tests.web.staged import EVERY_KIND

SAY = texts("en")
TIMED = Form(
    id="T",
    title=Words(de="Zeit"),
    fields=(Field(id="at", kind=FieldKind.TIME, label=Words(de="Wann")),),
)
ANSWERS: dict[str, Answer] = {
    "room": "unknown",
    "free": 0,
    "from": "2026-07-01T18:30:00+00:00",
    "tongues": ["Polnisch", "Arabisch"],
    "needs": [{"group": "support", "band": "1-4"}, {"group": "protection", "band": "5-19"}],
}


def test_stored_answers_survive_the_way_through_a_browser() -> None:
    posted = as_posted(EVERY_KIND, ANSWERS)

    assert posted["f-from"] == "2026-07-01T20:30"
    assert read_answers(EVERY_KIND, posted, SAY).answers == ANSWERS


@pytest.mark.parametrize("text", ["18.12.2026 20:30", "2026-12-18T20:30"])
def test_time_is_read_as_berlin_time(text: str) -> None:
    reading = read_answers(TIMED, {"f-at": text}, SAY)

    assert (reading.answers, reading.errors) == ({"at": "2026-12-18T19:30:00+00:00"}, {})


def test_hour_that_comes_twice_is_its_first() -> None:
    reading = read_answers(TIMED, {"f-at": "25.10.2026 02:30"}, SAY)

    assert reading.answers == {"at": "2026-10-25T00:30:00+00:00"}


@pytest.mark.parametrize(
    "text",
    [
        "gestern",
        "2026-12-18",
        "20:30",
        "31.02.2026 10:00",
        "29.03.2026 02:30",
        "2026-03-29T02:30",
        "01.01.0001 00:00",
        "9999-12-31T23:59+00:00",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    reading = read_answers(TIMED, {"f-at": text}, SAY)

    assert reading.errors == {"at": "Please enter day and time, for example 18.12.2026 20:30."}


def test_time_that_holds_a_number_to_call_is_refused_for_both() -> None:
    reading = read_answers(TIMED, {"f-at": "Tel. 0152 28817386"}, SAY)

    assert reading.personal == {"at"}
    assert reading.errors["at"].startswith("Please enter day and time")
    assert reading.errors["at"].endswith("nothing about persons.")


@pytest.mark.parametrize("text", ["-1", "1.5", "zwölf", "12345678", "\u0663"])
def test_what_is_no_count_is_refused(text: str) -> None:
    reading = read_answers(EVERY_KIND, {"f-room": "yes", "f-free": text}, SAY)

    assert list(reading.errors) == ["free"]


def test_stored_text_that_is_no_time_is_shown_as_it_is() -> None:
    assert as_posted(TIMED, {"at": "bald"}) == {"f-at": "bald"}


@pytest.mark.parametrize(
    ("posted", "rows"),
    [
        ({}, 2),
        ({cell("needs", 4, "code"): "x"}, 5),
        ({cell("needs", 4000, "code"): "x"}, MOST_ROWS),
        ({"f-needs-x-code": "x"}, 2),
        ({f"f-needs-{'9' * 5000}-code": "x"}, MOST_ROWS),
    ],
)
def test_rows_are_as_many_as_were_posted_within_reason(posted: dict[str, str], rows: int) -> None:
    assert rows_of("needs", posted) == rows


def test_field_is_left_out_with_all_its_cells() -> None:
    kept = {"f-ab": "2", "f-a-note": "3", "f-a-0-note": "4", "action": "answer"}
    posted = {"f-a": "1", "f-a-0-code": "5", **kept}

    assert without(posted, frozenset({"a"})) == kept
