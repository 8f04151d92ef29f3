"""Rotas become shifts in UTC: repetitions, exceptions, overlaps and clock changes included."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.core.availability import Shift
from crisis.loading.problem import Problem, Strength
from crisis.loading.rota_file import RotaReading, holder_line, read_rota

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Crisis//Test//DE\r\n"
FOOT = "END:VCALENDAR\r\n"
# Half an hour before Europe changes its clocks.
AROUND = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
SINCE, UNTIL = AROUND - timedelta(days=2), AROUND + timedelta(days=600)


def event(*lines: str) -> str:
    return "".join(f"{line}\r\n" for line in ("BEGIN:VEVENT", *lines, "END:VEVENT"))


def read(*events: str) -> RotaReading:
    return read_rota(HEAD + "".join(events) + FOOT, path="rota.ics", around=AROUND)


def shift(start: datetime, end: datetime, holder: str) -> Shift:
    return Shift(start=start, end=end, holder=holder)


def test_weekly_hand_over_keeps_its_local_hour_when_the_clocks_change() -> None:
    reading = read(
        event(
            "UID:1",
            "DTSTART;TZID=Europe/Berlin:20260323T080000",
            "DTEND;TZID=Europe/Berlin:20260330T080000",
            "RRULE:FREQ=WEEKLY;INTERVAL=2",
            "SUMMARY:ada",
        ),
        event(
            "UID:2",
            "DTSTART;TZID=Europe/Berlin:20260330T080000",
            "DTEND;TZID=Europe/Berlin:20260406T080000",
            "RRULE:FREQ=WEEKLY;INTERVAL=2",
            "SUMMARY:bo",
        ),
    )

    assert reading.problems == ()
    assert reading.rota.shifts[:3] == (
        shift(SINCE, datetime(2026, 3, 30, 6, tzinfo=UTC), "ada"),
        shift(datetime(2026, 3, 30, 6, tzinfo=UTC), datetime(2026, 4, 6, 6, tzinfo=UTC), "bo"),
        shift(datetime(2026, 4, 6, 6, tzinfo=UTC), datetime(2026, 4, 13, 6, tzinfo=UTC), "ada"),
    )
    assert reading.rota.shifts[-1].end == UNTIL


def test_exception_moves_one_shift_and_leaves_a_gap_where_one_falls_out() -> None:
    reading = read(
        event(
            "UID:1",
            "DTSTART;TZID=Europe/Berlin:20260101T000000",
            "DTEND;TZID=Europe/Berlin:20260102T000000",
            "RRULE:FREQ=DAILY",
            "EXDATE;TZID=Europe/Berlin:20260401T000000",
            "SUMMARY:ada",
        ),
        event(
            "UID:1",
            "RECURRENCE-ID;TZID=Europe/Berlin:20260403T000000",
            "DTSTART;TZID=Europe/Berlin:20260403T000000",
            "DTEND;TZID=Europe/Berlin:20260404T000000",
            "SUMMARY:bo",
        ),
    )

    assert reading.rota.shifts == (
        shift(SINCE, datetime(2026, 3, 31, 22, tzinfo=UTC), "ada"),
        shift(datetime(2026, 4, 1, 22, tzinfo=UTC), datetime(2026, 4, 2, 22, tzinfo=UTC), "ada"),
        shift(datetime(2026, 4, 2, 22, tzinfo=UTC), datetime(2026, 4, 3, 22, tzinfo=UTC), "bo"),
        shift(datetime(2026, 4, 3, 22, tzinfo=UTC), UNTIL, "ada"),
    )
    assert reading.problems == (
        Problem(
            path="rota.ics",
            line=1,
            column=1,
            code="CT024",
            message="unstaffed for 24.0 hours: 2026-04-01 00:00 to 2026-04-02 00:00",
            hint="give somebody these hours, or make sure that the deputy answers then",
            strength=Strength.WARNING,
        ),
    )


def test_whole_days_and_floating_times_are_local() -> None:
    reading = read(
        event("UID:1", "DTSTART;VALUE=DATE:20260330", "SUMMARY:ada"),
        event("UID:2", "DTSTART:20260331T080000", "DURATION:PT5H", "SUMMARY:bo"),
    )

    assert reading.rota.shifts == (
        shift(datetime(2026, 3, 29, 22, tzinfo=UTC), datetime(2026, 3, 30, 22, tzinfo=UTC), "ada"),
        shift(datetime(2026, 3, 31, 6, tzinfo=UTC), datetime(2026, 3, 31, 11, tzinfo=UTC), "bo"),
    )


@pytest.mark.parametrize(
    ("first", "second", "holder"),
    [
        ("", "", "ada"),
        ("PRIORITY:5", "PRIORITY:1", "bo"),
        ("PRIORITY:1", "PRIORITY:5", "ada"),
        ("PRIORITY:0", "PRIORITY:9", "bo"),
    ],
    ids=["first-in-file", "higher-second", "higher-first", "none-is-lowest"],
)
def test_overlap_goes_to_the_highest_priority_else_to_the_first(
    first: str, second: str, holder: str
) -> None:
    times = ("DTSTART:20260330T080000Z", "DTEND:20260330T120000Z")
    reading = read(
        event("UID:z", *times, *filter(None, [first]), "SUMMARY:ada"),
        event("UID:a", *times, *filter(None, [second]), "SUMMARY:bo"),
    )

    assert reading.rota.shifts == (
        shift(datetime(2026, 3, 30, 8, tzinfo=UTC), datetime(2026, 3, 30, 12, tzinfo=UTC), holder),
    )


def test_override_in_the_middle_cuts_a_shift_in_two() -> None:
    reading = read(
        event("UID:1", "DTSTART:20260330T080000Z", "DTEND:20260330T160000Z", "SUMMARY:ada"),
        event(
            "UID:2",
            "DTSTART:20260330T100000Z",
            "DTEND:20260330T110000Z",
            "PRIORITY:1",
            "SUMMARY:bo",
        ),
    )

    assert reading.rota.shifts == (
        shift(datetime(2026, 3, 30, 8, tzinfo=UTC), datetime(2026, 3, 30, 10, tzinfo=UTC), "ada"),
        shift(datetime(2026, 3, 30, 10, tzinfo=UTC), datetime(2026, 3, 30, 11, tzinfo=UTC), "bo"),
        shift(datetime(2026, 3, 30, 11, tzinfo=UTC), datetime(2026, 3, 30, 16, tzinfo=UTC), "ada"),
    )


def test_byte_order_mark_and_foreign_components_do_no_harm() -> None:
    foreign = "BEGIN:VTODO\r\nUID:9\r\nSUMMARY:buy milk\r\nEND:VTODO\r\n"
    text = (
        HEAD
        + foreign
        + event("UID:1", "DTSTART:20260330T080000Z", "DTEND:20260330T160000Z", "SUMMARY:ada")
    )

    reading = read_rota("\ufeff" + text + FOOT, path="rota.ics", around=AROUND)

    assert [one.holder for one in reading.rota.shifts] == ["ada"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("DTSTART:soon", "SUMMARY:ada"), "DTSTART cannot be read: "),
        (("SUMMARY:ada",), "an event has no DTSTART"),
        (
            ("DTSTART:20260330T080000Z", "RRULE:FREQ=FORTNIGHTLY", "SUMMARY:ada"),
            "RRULE cannot be read: ",
        ),
        (
            ("DTSTART:20260330T080000Z", "RRULE:FREQ=SECONDLY", "SUMMARY:ada"),
            "a shift repeats every minute or second",
        ),
        (
            ("DTSTART:20260330T080000Z", "DTEND:20260330T090000Z", "DTEND:20260330T100000Z"),
            "DTEND stands twice in one event",
        ),
        (
            ("DTSTART:20260330T080000Z", "RRULE:FREQ=WEEKLY;INTERVAL=0", "SUMMARY:ada"),
            "a shift repeats every minute or second, or at no interval",
        ),
        (
            ("DTSTART:20260330T080000Z", "RRULE:FREQ=DAILY;BYMINUTE=0,30", "SUMMARY:ada"),
            "a shift repeats every minute or second, or at no interval",
        ),
    ],
    ids=["no-time", "no-start", "no-rule", "too-fine", "two-ends", "no-interval", "minutes"],
)
def test_calendar_that_is_half_understood_gives_no_shifts(
    lines: tuple[str, ...], message: str
) -> None:
    reading = read(event("UID:1", *lines))

    assert reading.rota.shifts == ()
    assert [(one.code, one.message[: len(message)]) for one in reading.problems] == [
        ("CT022", message)
    ]


def test_holder_line_is_where_the_holder_is_first_named() -> None:
    text = "BEGIN:VEVENT\r\nSUMMARY:bo\r\nSUMMARY;LANGUAGE=de:ada\r\nSUMMARY:ada\r\n"

    assert (holder_line(text, "ada"), holder_line(text, "cy")) == (3, 1)
