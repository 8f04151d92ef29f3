"""What holds when, what took its place, and when it is to be reviewed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.core.agreement import (
    Agreement,
    AgreementKind,
    Beside,
    Clause,
    Party,
    PastReview,
    PinnedAgreement,
    ReviewOutcome,
    Standing,
)
from crisis.core.register import (
    Due,
    Overlap,
    Register,
    digest,
    drawn_on,
    due,
    is_over,
    months_after,
    pinned,
)
from crisis.core.words import Words
from tests.builders import a_playbook, a_step

SIGNED = date(2022, 7, 22)
TODAY = date(2026, 12, 18)


def a_party(organisation: str, *roles: str, regions: tuple[str, ...] = ()) -> Party:
    return Party(
        organisation=organisation,
        name=Words(de=organisation),
        signatory=Words(de="Leitung"),
        roles=roles,
        regions=regions,
    )


KOK = Agreement(
    id="bpol-kok",
    kind=AgreementKind.AGREEMENT,
    title=Words(de="Bundespolizei und KOK"),
    regions=("00",),
    subjects=("trafficking", "victim-support"),
    signed_on=SIGNED,
    in_force_from=SIGNED,
    parties=(a_party("bundespolizei", "BPOL"), a_party("kok", "KOK", "FBS")),
    clauses=(Clause(id="S5.3", text=Words(de="Früh einbinden.")),),
)
KOBRANET = replace(
    KOK,
    id="polizei-kobranet",
    regions=("14",),
    subjects=("trafficking",),
    in_force_from=date(2012, 4, 5),
    parties=(a_party("polizei", "POL-OS"), a_party("kobranet", "FBS")),
    clauses=(),
)
REVIEW = PastReview(
    held_on=date(2023, 2, 28), outcome=ReviewOutcome.CONFIRMED, reason="Ziele erreicht"
)


def test_agreement_never_reviewed_is_overdue_a_year_after_it_came_into_force() -> None:
    found = due(KOK)

    assert found == Due(agreement=KOK, due_on=date(2023, 7, 22), last=None)
    assert [found.is_overdue(day) for day in (date(2023, 7, 22), date(2023, 7, 23))] == [
        False,
        True,
    ]


def test_review_counts_from_the_last_one_wherever_it_is_recorded() -> None:
    later = replace(REVIEW, held_on=date(2024, 2, 29), incident="i1")

    assert due(replace(KOK, reviews=(REVIEW,)), [later]).due_on == date(2025, 2, 28)
    assert due(replace(KOK, reviews=(later,)), [REVIEW]).last == later
    assert due(replace(KOK, review_months=6), [REVIEW]).due_on == date(2023, 8, 28)


def test_agreement_of_unknown_age_is_overdue_until_it_was_reviewed() -> None:
    undated = replace(KOK, in_force_from=None)

    assert due(undated) == Due(agreement=undated, due_on=None, last=None)
    assert due(undated).is_overdue(TODAY)
    assert due(undated, [REVIEW]).due_on == date(2024, 2, 28)


@pytest.mark.parametrize(
    ("outcome", "over"),
    [
        (ReviewOutcome.CONFIRMED, False),
        (ReviewOutcome.ADAPTED, False),
        (ReviewOutcome.REPLACED, True),
        (ReviewOutcome.ENDED, True),
    ],
)
def test_review_that_ended_it_says_so(outcome: ReviewOutcome, *, over: bool) -> None:
    assert is_over(due(KOK, [replace(REVIEW, outcome=outcome)])) is over


def test_review_never_held_ended_nothing() -> None:
    assert not is_over(due(KOK))


@given(
    day=st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)),
    months=st.integers(min_value=1, max_value=12),
)
def test_months_after_never_passes_the_next_months_end(day: date, months: int) -> None:
    found = months_after(day, months)

    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


def test_agreement_is_found_by_its_id_and_by_its_clauses() -> None:
    register = Register(agreements=(KOK, KOBRANET))

    assert register.cited("S5.3") == register.cited("bpol-kok") == KOK
    assert register.cited("S5.4") is None


def test_successor_is_followed_to_the_end_of_the_chain() -> None:
    first = replace(KOK, id="in-2013", in_force_from=None, clauses=())
    second = replace(KOK, id="in-2020", in_force_from=date(2020, 1, 1), supersedes=("in-2013",))
    third = replace(KOK, id="in-2024", in_force_from=date(2024, 1, 1), supersedes=("in-2020",))
    never = replace(KOK, id="draft", in_force_from=None, supersedes=("in-2024",))
    register = Register(agreements=(first, second, third, never))

    seen = {
        day.year: [
            (register.standing(each, on=day), found.id if found else None)
            for each in (first, second, third)
            for found in [register.successor(each.id, on=day)]
        ]
        for day in (date(2019, 1, 1), date(2021, 1, 1), date(2025, 1, 1))
    }

    assert seen == {
        2019: [
            (Standing.UNDATED, None),
            (Standing.NOT_YET, None),
            (Standing.NOT_YET, None),
        ],
        2021: [
            (Standing.SUPERSEDED, "in-2020"),
            (Standing.IN_FORCE, None),
            (Standing.NOT_YET, None),
        ],
        2025: [
            (Standing.SUPERSEDED, "in-2024"),
            (Standing.SUPERSEDED, "in-2024"),
            (Standing.IN_FORCE, None),
        ],
    }


def test_circle_of_successors_ends() -> None:
    one = replace(KOK, id="one", supersedes=("two",))
    two = replace(KOK, id="two", supersedes=("one",))
    register = Register(agreements=(one, two))

    assert register.successor("one", on=TODAY) == two
    assert not register.counts(one, on=TODAY)


def test_agreement_ends_on_its_day() -> None:
    ending = replace(KOK, ends_on=TODAY)
    register = Register(agreements=(ending,))

    assert [register.standing(ending, on=day) for day in (TODAY - timedelta(days=1), TODAY)] == [
        Standing.IN_FORCE,
        Standing.ENDED,
    ]
    assert register.holding_in("14626", on=TODAY) == ()


def test_two_agreements_about_the_same_with_the_same_overlap() -> None:
    register = Register(agreements=(KOK, KOBRANET))

    assert register.overlaps("14626", on=TODAY) == (
        Overlap(
            agreements=(KOBRANET, KOK),
            subjects=("trafficking",),
            roles=("FBS",),
            organisations=(),
            rule=None,
        ),
    )
    assert register.overlaps("05", on=TODAY) == ()


@pytest.mark.parametrize("settled", ["bpol-kok", "polizei-kobranet"])
def test_overlap_says_which_is_followed(settled: str) -> None:
    other = {"bpol-kok": "polizei-kobranet", "polizei-kobranet": "bpol-kok"}[settled]
    rule = Words(de="Die örtliche gilt.")
    register = Register(
        agreements=tuple(
            replace(each, beside=(Beside(agreement=other, rule=rule),))
            if each.id == settled
            else each
            for each in (KOK, KOBRANET)
        )
    )

    (overlap,) = register.overlaps("14", on=TODAY)

    assert overlap.rule == rule


@pytest.mark.parametrize(
    "change",
    [
        {"subjects": ("training",)},
        {"parties": (a_party("polizei", "POL-OS"),)},
        {"supplements": ("bpol-kok",)},
        {"regions": ("05",)},
        {"ends_on": date(2020, 1, 1)},
    ],
    ids=["subject", "party", "supplement", "region", "over"],
)
def test_other_agreements_do_not_overlap(change: dict[str, object]) -> None:
    other = replace(KOBRANET, **change)  # type: ignore[arg-type]  # -- fields by name

    assert Register(agreements=(KOK, other)).overlaps("14", on=TODAY) == ()
    assert Register(agreements=(other, KOK)).overlaps("14", on=TODAY) == ()


def test_one_land_has_two_branches_and_the_district_says_which() -> None:
    justice = a_party("justiz-nw", "STA")
    rhineland = a_party("rheinland", "WR", regions=("05111",))
    westphalia = a_party("westfalen-lippe", "WR", regions=("05515",))
    agreement = replace(KOK, regions=("05",), parties=(justice, rhineland, westphalia))

    assert agreement.parties_in("05111") == (justice, rhineland)
    assert agreement.parties_in("05515") == (justice, westphalia)
    assert agreement.parties_in("05") == (justice, rhineland, westphalia)


def test_incident_pins_what_its_playbook_draws_on_and_what_its_steps_cite() -> None:
    playbook = replace(
        a_playbook(a_step(basis=("S5.3", "L-05", "bpol-kok"))), agreements=("lost", "bpol-kok")
    )

    assert drawn_on(playbook, Register(agreements=(KOBRANET, KOK))) == (
        PinnedAgreement(id="lost", title=Words(de="lost"), digest=""),
        PinnedAgreement(id="bpol-kok", title=KOK.title, digest=digest(KOK), clauses=("S5.3",)),
    )


def test_digest_changes_with_the_content_only() -> None:
    assert digest(KOK) == digest(replace(KOK))
    assert digest(KOK) != digest(replace(KOK, place="Berlin"))


@pytest.mark.parametrize(
    ("basis", "is_founded"),
    [(("S5.3",), True), (("L-05", "bpol-kok"), True), (("S2.6",), False), ((), False)],
)
def test_step_is_founded_by_the_agreement_that_it_cites(
    basis: tuple[str, ...], *, is_founded: bool
) -> None:
    found = pinned(KOK.id, Register(agreements=(KOK,)))

    assert found.founds(basis) is is_founded
