"""Availability as spans: asking at its few changes is the same as asking all the time."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crisis.core.availability import (
    Availability,
    Hours,
    Office,
    Rota,
    RoundTheClock,
    Shift,
    answers_at,
    holder_at,
)
from crisis.core.spans import Spans, spans_of

# Nights in which the clocks change, Christmas, and an ordinary week.
BEGINNINGS = (
    datetime(2026, 3, 27, 12, tzinfo=UTC),
    datetime(2026, 10, 23, 22, tzinfo=UTC),
    datetime(2026, 12, 23, 5, tzinfo=UTC),
    datetime(2026, 6, 8, tzinfo=UTC),
)
HOLIDAYS = {"14": frozenset({date(2026, 12, 25), date(2026, 12, 26)})}
QUARTER = timedelta(minutes=15)
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))


@st.composite
def availabilities(draw: st.DrawFn, since: datetime) -> Availability:
    opens, closes = sorted((draw(TIMES), draw(TIMES)))
    weekdays = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1))))
    edges = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    shifts = tuple(
        Shift(start=since + start * QUARTER * 4, end=since + end * QUARTER * 4, holder=holder)
        for start, end, holder in zip(edges, edges[1:], "abcab", strict=False)
        if holder != "c"
    )
    kinds: tuple[Availability, ...] = (
        RoundTheClock(),
        Hours(weekdays=weekdays, opens=opens, closes=closes),
        Office(land="14", opens=opens, closes=closes),
        Office(land="14"),
        Rota(shifts=shifts),
    )
    return draw(st.sampled_from(kinds))


@given(st.data(), st.sampled_from(BEGINNINGS))
def test_spans_answer_as_the_availability_does_at_every_quarter(
    data: st.DataObject, since: datetime
) -> None:
    availability = data.draw(availabilities(since))
    until = since + timedelta(days=4)

    spans = spans_of(availability, since=since, until=until, holidays=HOLIDAYS)

    moments = [since + n * QUARTER for n in range(4 * 24 * 4)]
    if isinstance(availability, Rota):
        asked: list[object] = [holder_at(availability, at=moment) for moment in moments]
    else:
        asked = [answers_at(availability, at=moment, holidays=HOLIDAYS) for moment in moments]
    assert [spans.at(moment) for moment in moments] == asked
    assert list(spans.edges) == sorted(set(spans.edges))


def test_spans_say_which_state_holds() -> None:
    opens = datetime(2026, 6, 8, 5, 30, tzinfo=UTC)
    office = Office(land="14")

    spans = spans_of(
        office, since=opens - timedelta(hours=5), until=opens + QUARTER, holidays=HOLIDAYS
    )

    assert spans == Spans(edges=(opens - timedelta(hours=5), opens), states=(False, True))
    just_before = opens - timedelta.resolution
    assert spans.places((opens - timedelta(hours=9), just_before, opens)) == [0, 0, 1]
