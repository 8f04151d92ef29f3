"""What the bench calls lost, repeated and unmarked; it must be able to find each."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bench.faults.evidence import Arrival, Claim, Evidence, key_of
from bench.faults.verdict import MARKS, Verdict, judge

INCIDENT = "20261122-1820-k7m2"
FIRST, SECOND = "eins.abcd", "eins.efgh"


def _key(partner: str, n: int) -> str:
    return key_of(INCIDENT, "W1", partner, n)


def _claim(
    partner: str,
    n: int = 1,
    *,
    outcome: str = "accepted",
    marked: bool = False,
    engine: str = FIRST,
) -> Claim:
    return Claim(
        key=_key(partner, n),
        partner=partner,
        contact=f"{partner}-contact",
        asks=True,
        level=0,
        marked=marked,
        engine=engine,
        outcome=outcome,
    )


def _arrival(partner: str, n: int = 1, *, at: float = 9.0, text: str = "Bitte melden") -> Arrival:
    return Arrival(key=_key(partner, n), at=at, text=text, link="", sure=True)


def _all_well() -> Evidence:
    return Evidence(
        incident=INCIDENT,
        partners=frozenset({"s-1", "s-2"}),
        claims=(_claim("s-1"), _claim("s-2")),
        arrivals=(_arrival("s-1"), _arrival("s-2")),
        states={"s-1": "asking", "s-2": "asking"},
        shown_unknown=0,
        has_kills=True,
    )


def _repeat(*, marked: bool, text: str) -> Evidence:
    well = _all_well()
    return replace(
        well,
        claims=(_claim("s-1", outcome="unknown"), _claim("s-2"), _claim("s-1", 2, marked=marked)),
        arrivals=(*well.arrivals, _arrival("s-1", 2, at=13.0, text=text)),
        shown_unknown=1,
    )


def test_nothing_is_wrong_where_everyone_was_asked_once() -> None:
    assert judge(_all_well()) == Verdict(asked=2)


@pytest.mark.parametrize("state", ["handed_to_person", "unknown"])
def test_partner_nobody_asked_is_lost_unless_somebody_is_told(state: str) -> None:
    well = _all_well()
    unasked = replace(well, claims=well.claims[:1], arrivals=well.arrivals[:1])

    found = judge(unasked)
    told = judge(replace(unasked, states={**unasked.states, "s-2": state}))

    assert (found.lost, found.wrong) == (
        1,
        (f"{INCIDENT}: s-2 was never asked, and nobody is told so",),
    )
    assert told == Verdict(asked=2)


def test_accepted_message_that_no_provider_has_is_lost() -> None:
    well = _all_well()
    states: Mapping[str, str] = {"s-1": "asking", "s-2": "handed_to_person"}
    feigned = judge(replace(well, arrivals=well.arrivals[:1], states=states))

    assert feigned.wrong == (
        f"{INCIDENT}: the log says that s-2 was told, and no provider has the message",
    )


def test_answer_the_page_thanked_for_is_lost_if_the_log_lacks_it() -> None:
    promised = frozenset({("s-1", "s-1-contact")})
    forgotten = replace(_all_well(), promised=promised)

    assert judge(forgotten).lost == 1
    assert judge(replace(forgotten, recorded=promised)).lost == 0


def test_marked_repeat_is_put_down_to_the_engine_that_left_it_in_doubt() -> None:
    assert judge(_repeat(marked=True, text=f"Bitte melden. {MARKS[0]}")) == Verdict(
        asked=2, repeated=1, left_in_doubt={FIRST: 1}, unknown=1, unknown_shown=1
    )


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        pytest.param(False, MARKS[1], id="in the text only"),
        pytest.param(True, "Bitte melden", id="in the log only"),
    ],
)
def test_repeat_that_is_not_marked_in_log_and_text_is_unmarked(*, marked: bool, text: str) -> None:
    assert judge(_repeat(marked=marked, text=text)).unmarked == 1


def test_first_message_that_comes_after_its_marked_repeat_needs_no_mark() -> None:
    repeat = _repeat(marked=True, text=MARKS[0])
    belated = (_arrival("s-1", at=15.0), *repeat.arrivals[1:])

    assert judge(replace(repeat, arrivals=belated)) == judge(repeat)


def test_same_attempt_that_arrives_twice_is_an_unmarked_repeat() -> None:
    well = _all_well()
    twice = replace(well, arrivals=(*well.arrivals, _arrival("s-1", at=9.5)))

    assert (judge(twice).repeated, judge(twice).unmarked) == (1, 1)


def test_unknown_that_is_not_shown_is_wrong() -> None:
    hidden = replace(_repeat(marked=True, text=MARKS[0]), shown_unknown=0)

    assert judge(hidden).wrong == (f"{INCIDENT}: 1 attempts are unknown, 0 are shown",)


def test_repeats_after_two_kills_are_put_down_to_each_engine() -> None:
    first = _repeat(marked=True, text=MARKS[0])
    both = replace(
        first,
        claims=(
            *first.claims[:2],
            _claim("s-1", 2, outcome="unknown", marked=True, engine=SECOND),
            _claim("s-1", 3, marked=True),
        ),
        arrivals=(*first.arrivals, _arrival("s-1", 3, at=23.0, text=MARKS[0])),
        shown_unknown=2,
    )

    assert judge(both) == Verdict(
        asked=2, repeated=2, left_in_doubt={FIRST: 1, SECOND: 1}, unknown=2, unknown_shown=2
    )


def test_repeats_that_a_provider_is_to_blame_for_are_put_down_to_no_engine() -> None:
    doubted = replace(_repeat(marked=True, text=MARKS[0]), has_kills=False)

    assert judge(doubted).left_in_doubt == {}
