"""Who is trained for what: what roles need, and how it stands on a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.core.availability import Rota, Shift
from crisis.core.training import (
    SOON,
    Standing,
    Trained,
    TrainingNeed,
    TrainingRecord,
    training_records,
)
from tests.builders import a_contact, a_directory, a_partner

LAST = date(2027, 6, 30)
CARE = TrainingNeed(role="PSNV-L", competences=("akuthilfe.psychosozial",))
START = datetime(2026, 12, 18, tzinfo=UTC)


def a_record(
    contact: str, until: date | None = None, *, role: str = "", partner: str = ""
) -> TrainingRecord:
    return TrainingRecord(
        contact=contact,
        competence="akuthilfe.psychosozial",
        until=until,
        role=role,
        partner=partner,
    )


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (LAST - timedelta(days=61), Standing.HOLDS),
        (LAST - timedelta(days=60), Standing.ENDS_SOON),
        (LAST, Standing.ENDS_SOON),
        (LAST + timedelta(days=1), Standing.ENDED),
    ],
)
def test_training_holds_until_its_last_day(on: date, standing: Standing) -> None:
    assert a_record("lead", LAST).standing(on) is standing
    assert a_record("lead").standing(on) is Standing.MISSING


@given(until=st.dates(date(2000, 1, 1), date(2100, 1, 1)), days=st.integers(-5000, 5000))
def test_training_never_stands_better_later(until: date, days: int) -> None:
    order = [Standing.HOLDS, Standing.ENDS_SOON, Standing.ENDED]
    on = until + timedelta(days=days)
    today, later = (a_record("lead", until).standing(day) for day in (on, on + SOON))

    assert order.index(later) >= order.index(today)


def test_first_asked_and_deputy_need_what_their_role_needs_and_the_superior_does_not() -> None:
    directory = a_directory(a_partner("care", role="PSNV-L"), a_partner("relief"))
    trained = {"care": (Trained(competence="akuthilfe.psychosozial", until=LAST),)}

    assert training_records(directory, (CARE,), trained) == (
        a_record("care", LAST, role="PSNV-L", partner="care"),
        a_record("care-dep", role="PSNV-L", partner="care"),
    )


def test_those_who_hold_the_shifts_are_trained_for_a_function_on_a_rota() -> None:
    rota = Rota(
        shifts=tuple(
            Shift(
                start=START + timedelta(days=day),
                end=START + timedelta(days=day + 1),
                holder=holder,
            )
            for day, holder in enumerate(("south", "north", "south"))
        )
    )
    directory = a_directory(
        a_partner("care", role="PSNV-L"),
        contacts=[
            a_contact("care", availability=rota),
            a_contact("north"),
            a_contact("south"),
        ],
    )

    assert training_records(directory, (CARE,), {}) == (
        a_record("north", role="PSNV-L", partner="care"),
        a_record("south", role="PSNV-L", partner="care"),
    )


def test_later_last_day_counts_and_what_no_role_needs_comes_last() -> None:
    directory = a_directory(a_partner("care", role="PSNV-L"), contacts=[a_contact("care")])
    earlier, later = (
        Trained(competence="akuthilfe.psychosozial", until=LAST - timedelta(days=days))
        for days in (400, 1)
    )
    trained = {
        "lead": (Trained(competence="akuthilfe.psychosozial", until=LAST),),
        "care": (later, earlier),
    }

    assert training_records(directory, (CARE, CARE), trained) == (
        a_record("care", later.until, role="PSNV-L", partner="care"),
        a_record("lead", LAST),
    )
    assert training_records(directory, (), {"care": (earlier, later)}) == (
        a_record("care", later.until),
    )
