"""Which services fit: by need, place, language, people, age and access, the most local first."""

from dataclasses import replace

import pytest

from crisis.core.referral import Wish, groups_without, matching, nearness
from crisis.core.service import NEEDS, Access, NeedGroup, People, Service, ServiceKind
from crisis.core.words import Words

COUNSELLING = Service(
    id="counselling",
    unit="ohs",
    kind=ServiceKind.COUNSELLING,
    name=Words(de="Beratung", en="Counselling"),
    needs=("counselling", "rights"),
    people=(People.EVERYONE,),
    regions=("14",),
    languages=("de",),
    interpreters=True,
    access=(Access.STEP_FREE, Access.ONLINE),
)
SHELTER = replace(
    COUNSELLING,
    id="shelter",
    kind=ServiceKind.SHELTER,
    name=Words(de="Männerschutzwohnung", en="Shelter for men"),
    needs=("shelter",),
    people=(People.MEN,),
    regions=("14612", "14626"),
    languages=("de", "pl"),
    interpreters=False,
    ages=(18, 120),
    access=(),
)
FEDERAL = replace(COUNSELLING, id="federal", name=Words(de="Telefon"), regions=("00",))
APART = replace(
    COUNSELLING,
    id="apart",
    kind=ServiceKind.PERPETRATOR_WORK,
    needs=("perpetrator-work",),
)
ALL = (FEDERAL, APART, COUNSELLING, SHELTER)


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (Wish(), ["counselling", "shelter", "federal"]),
        (Wish(region="14626"), ["shelter", "counselling", "federal"]),
        (Wish(region="14625"), ["counselling", "federal"]),
        (Wish(region="05"), ["federal"]),
        (Wish(need="shelter"), ["shelter"]),
        (Wish(need="shelter", people=People.WOMEN), []),
        (Wish(need="shelter", people=People.MEN), ["shelter"]),
        (Wish(people=People.MEN, region="14612"), ["shelter", "counselling", "federal"]),
        (Wish(language="pl", need="shelter"), ["shelter"]),
        (Wish(language="cs"), ["counselling", "federal"]),
        (Wish(age=17), ["counselling", "federal"]),
        (Wish(age=18, need="shelter"), ["shelter"]),
        (Wish(access=(Access.ONLINE, Access.STEP_FREE)), ["counselling", "federal"]),
        (Wish(access=(Access.ONLINE, Access.SIGN_LANGUAGE)), []),
        (Wish(need="perpetrator-work"), ["apart"]),
    ],
)
def test_services_fit_in_all_that_is_wished_and_the_nearest_comes_first(
    wish: Wish, found: list[str]
) -> None:
    assert [one.id for one in matching(ALL, wish)] == found


def test_work_with_perpetrators_never_stands_beside_help_for_victims() -> None:
    for need in ("", *NEEDS):
        kinds = {
            one.kind is ServiceKind.PERPETRATOR_WORK for one in matching(ALL, Wish(need=need))
        }
        assert len(kinds) <= 1


def test_nearness_is_that_of_the_longest_prefix() -> None:
    assert [nearness(one, "14626001") for one in (FEDERAL, COUNSELLING, SHELTER)] == [1, 2, 5]
    assert nearness(replace(COUNSELLING, regions=()), "14") == 0


def test_groups_that_nobody_serves_are_named_and_perpetrators_do_not_count() -> None:
    everything = tuple(NeedGroup)

    assert groups_without((), region="14") == everything
    assert groups_without((APART,), region="14") == everything
    assert groups_without((SHELTER,), region="05") == everything
    # A service in a part of the region counts for it.
    assert groups_without((SHELTER,), region="14") == (
        NeedGroup.INFORMATION,
        NeedGroup.SUPPORT,
        NeedGroup.PARTICIPATION,
    )
    assert groups_without(ALL, region="14612") == (NeedGroup.PARTICIPATION,)
