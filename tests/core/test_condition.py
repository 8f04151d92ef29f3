"""Conditions are judged in three values, by Kleene's rules."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.core.condition import (
    AllOf,
    AnyOf,
    AtLeast,
    AtLevel,
    Condition,
    Decided,
    Is,
    IsNot,
    NotEmpty,
    Value,
    Verdict,
    attributes_of,
    judge,
)

TRUE, FALSE, UNKNOWN = Verdict.TRUE, Verdict.FALSE, Verdict.UNKNOWN
SAYS_TRUE = Is(attribute="known", values=("yes",))
SAYS_FALSE = Is(attribute="known", values=("no",))
SAYS_NOTHING = Is(attribute="open", values=("yes",))
LEAVES: tuple[Condition, ...] = (SAYS_TRUE, SAYS_FALSE, SAYS_NOTHING)
CONDITIONS = st.recursive(
    st.sampled_from(LEAVES),
    lambda parts: st.builds(
        lambda make, chosen: make(parts=tuple(chosen)),
        st.sampled_from((AllOf, AnyOf)),
        st.lists(parts, max_size=3),
    ),
    max_leaves=12,
)
# How much is known, from false to true: Kleene's "and" is the least, "or" the greatest.
RANK = {FALSE: 0, UNKNOWN: 1, TRUE: 2}


def judged(condition: Condition | None, **attributes: Value) -> Verdict:
    return judge(condition, attributes={"known": "yes"} | attributes, decisions={})


@given(st.lists(CONDITIONS, max_size=4))
def test_all_of_is_as_true_as_its_least_true_part(parts: list[Condition]) -> None:
    verdicts = [judged(part) for part in parts]

    assert judged(AllOf(parts=tuple(parts))) == min(verdicts, key=RANK.__getitem__, default=TRUE)


@given(st.lists(CONDITIONS, max_size=4))
def test_any_of_is_as_true_as_its_truest_part(parts: list[Condition]) -> None:
    verdicts = [judged(part) for part in parts]

    assert judged(AnyOf(parts=tuple(parts))) == max(verdicts, key=RANK.__getitem__, default=FALSE)


@given(CONDITIONS)
def test_what_is_known_stays_so_whatever_else_becomes_known(condition: Condition) -> None:
    before = judged(condition)

    later = {judged(condition, open=word) for word in ("yes", "no")}

    assert before is UNKNOWN or later == {before}


@pytest.mark.parametrize(
    ("parts", "every", "some"),
    [
        ((SAYS_TRUE, SAYS_NOTHING), UNKNOWN, TRUE),
        ((SAYS_FALSE, SAYS_NOTHING), FALSE, UNKNOWN),
        ((SAYS_TRUE, SAYS_FALSE), FALSE, TRUE),
        ((SAYS_NOTHING, SAYS_NOTHING), UNKNOWN, UNKNOWN),
        ((), TRUE, FALSE),
    ],
)
def test_parts_join_as_kleene_says(
    parts: tuple[Condition, ...], every: Verdict, some: Verdict
) -> None:
    assert (judged(AllOf(parts=parts)), judged(AnyOf(parts=parts))) == (every, some)


@pytest.mark.parametrize(
    ("condition", "held", "verdict"),
    [
        (Is(attribute="a", values=("yes", "no")), "no", TRUE),
        (Is(attribute="a", values=("yes",)), "no", FALSE),
        (Is(attribute="a", values=("yes",)), "unknown", UNKNOWN),
        (Is(attribute="a", values=("yes",)), None, UNKNOWN),
        (Is(attribute="a", values=("unknown",)), "unknown", TRUE),
        (Is(attribute="a", values=("unknown",)), None, TRUE),
        (IsNot(attribute="a", values=("no",)), "no", FALSE),
        (IsNot(attribute="a", values=("no",)), "yes", TRUE),
        (IsNot(attribute="a", values=("no",)), "unknown", TRUE),
        (IsNot(attribute="a", values=("no",)), None, TRUE),
        (IsNot(attribute="a", values=("unknown",)), None, FALSE),
        (AtLeast(attribute="a", number=3), 3, TRUE),
        (AtLeast(attribute="a", number=3), 2, FALSE),
        (AtLeast(attribute="a", number=0), None, UNKNOWN),
        (AtLeast(attribute="a", number=0), "unknown", UNKNOWN),
        (NotEmpty(attribute="a"), ("dari",), TRUE),
        (NotEmpty(attribute="a"), (), FALSE),
        (NotEmpty(attribute="a"), None, UNKNOWN),
    ],
)
def test_attribute_is_judged_by_what_it_holds(
    condition: Condition, held: Value | None, verdict: Verdict
) -> None:
    attributes: dict[str, Value] = {} if held is None else {"a": held}

    assert judge(condition, attributes=attributes, decisions={}) is verdict


@pytest.mark.parametrize(
    ("came_out", "verdict"), [({"A04": "yes"}, TRUE), ({"A04": "no"}, FALSE), ({}, UNKNOWN)]
)
def test_decision_is_not_known_before_it_is_made(
    came_out: dict[str, str], verdict: Verdict
) -> None:
    decided = Decided(step="A04", options=("yes", "unclear"))

    assert judge(decided, attributes={}, decisions=came_out) is verdict


@pytest.mark.parametrize(
    ("reached", "verdict"), [({}, UNKNOWN), ({"B21": 2}, UNKNOWN), ({"B21": 3}, TRUE)]
)
def test_level_of_a_ladder_is_not_known_before_it_is_reached(
    reached: dict[str, int], verdict: Verdict
) -> None:
    level = AnyOf(parts=(AtLevel(step="B21", level=3), SAYS_FALSE))

    known: dict[str, Value] = {"known": "yes"}
    assert judge(level, attributes=known, decisions={}, levels=reached) is verdict


def test_no_condition_is_true() -> None:
    assert judged(None) is TRUE


@pytest.mark.parametrize(
    ("held", "verdict"), [(None, TRUE), ("unknown", TRUE), ("no", FALSE), ("yes", TRUE)]
)
def test_worse_case_is_assumed_only_while_nothing_is_known(
    held: str | None, verdict: Verdict
) -> None:
    attributes: dict[str, Value] = {} if held is None else {"danger": held}
    condition = AllOf(parts=(Is(attribute="danger", values=("yes",)),))

    assumed = judge(condition, attributes=attributes, decisions={}, assumed=frozenset({"danger"}))

    assert assumed is verdict


def test_attributes_of_a_condition_are_found_at_every_depth() -> None:
    condition = AllOf(
        parts=(
            AnyOf(parts=(AtLeast(attribute="deaths", number=1), NotEmpty(attribute="languages"))),
            IsNot(attribute="crime", values=("no",)),
            Decided(step="A04", options=("yes",)),
            AtLevel(step="B21", level=3),
        )
    )

    assert attributes_of(condition) == {"deaths", "languages", "crime"}
    assert attributes_of(None) == frozenset()


def test_every_pair_of_leaves_joins_in_either_order() -> None:
    for first, second in product(LEAVES, repeat=2):
        for join in (AllOf, AnyOf):
            there, back = join(parts=(first, second)), join(parts=(second, first))
            assert judged(there) is judged(back)
