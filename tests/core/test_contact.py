"""Who holds a role where, and who answers for a contact."""

from datetime import timedelta

import pytest

from crisis.core.availability import Hours, Rota, Shift
from crisis.core.contact import Partner, holders, is_held, is_open, on_duty
from tests.builders import T0, a_channel, a_contact, a_directory, a_partner


def names(*partners: Partner, role: str = "OHS", region: str = "14612") -> list[str]:
    return [p.id for p in holders(a_directory(*partners), role, region=region)]


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("14612", ["city", "city-2"]),
        ("14612000", ["city", "city-2"]),
        ("14625", ["land"]),
        ("14", ["land"]),
        ("09162", ["bund", "city-2"]),
    ],
)
def test_most_local_partners_hold_a_role(region: str, found: list[str]) -> None:
    directory = a_directory(
        a_partner("bund", regions=("00",)),
        a_partner("land", regions=("14",)),
        a_partner("city", regions=("14612", "14627")),
        a_partner("city-2", regions=("00", "14612")),
        a_partner("other", role="WR", regions=("14612",)),
    )

    assert [p.id for p in holders(directory, "OHS", region=region)] == found


def test_role_that_nobody_holds_in_a_region_has_no_holder() -> None:
    elsewhere = a_partner("ohs", regions=("09",))

    assert names(elsewhere) == []
    assert names(elsewhere, role="WR") == []
    assert names(a_partner("nowhere", regions=())) == []


def test_role_is_held_if_anybody_holds_it_there() -> None:
    directory = a_directory(a_partner("ohs", regions=("14612",)))

    assert is_held(directory, "OHS", region="14612")
    assert not is_held(directory, "OHS", region="14625")
    assert not is_held(directory, "WR", region="14612")


def test_directory_knows_its_partners_only() -> None:
    ohs = a_partner("ohs")

    assert a_directory(ohs).partner("ohs") is ohs
    with pytest.raises(KeyError, match="eve"):
        a_directory(ohs).partner("eve")


def test_holder_of_the_shift_answers_for_a_rota_and_nobody_in_a_gap() -> None:
    shift = Shift(start=T0, end=T0 + timedelta(hours=1), holder="night")
    night = a_contact("night")
    directory = a_directory(
        a_partner("ohs"),
        contacts=(a_contact("ohs", availability=Rota(shifts=(shift,))), night),
    )

    assert on_duty(directory, "ohs", at=T0) is night
    assert on_duty(directory, "ohs", at=shift.end) is None
    assert on_duty(directory, "night", at=shift.end) is night


def test_channel_is_open_in_its_own_hours() -> None:
    from_six = Hours(
        opens=(T0 + timedelta(hours=1)).time(), closes=(T0 + timedelta(hours=2)).time()
    )
    channel = a_channel("ohs-sms", hours=from_six)

    # The hours are local, an hour ahead of UTC in December.
    assert is_open(channel, at=T0, directory=a_directory())
    assert not is_open(channel, at=T0 + timedelta(hours=1), directory=a_directory())
