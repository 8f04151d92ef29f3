"""What differs in a step is told in the terms of the trade, with its verdict."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.loading.difference import Verdict
from crisis.loading.durations import written
from crisis.loading.playbook_difference import differences
from tests.loading.versions import TEXT, Told, told, version

TOLD: dict[str, Told] = {
    "tighter": (
        "within: 15m",
        "within: 10m",
        [("A01", "deadline-tightened", "stricter", "15m", "10m")],
    ),
    "longer": (
        "within: 15m",
        "within: 25m",
        [("A01", "deadline-lengthened", "weaker", "15m", "25m")],
    ),
    "longer-where-optional": (
        "within: T0+2h",
        "within: T0+3h",
        [("A03", "deadline-lengthened", "neutral", "T0+2h", "T0+3h")],
    ),
    "deadline-gone": (
        "within: 15m\n        ",
        "",
        [("A01", "deadline-removed", "weaker", "15m", "")],
    ),
    "deadline-that-cannot-be-compared": (
        "within: 20m",
        "within: T0+50m",
        [("A02", "deadline-changed", "unclear", "20m", "T0+50m")],
    ),
    "members": (
        "hub: true",
        "hub: true\n        members_within: 30m",
        [("A02", "members-deadline-added", "stricter", "", "30m")],
    ),
    "no-hub": (
        "hub: true\n        ",
        "",
        [("A02", "hub-changed", "weaker", "true", "")],
    ),
    "who": (
        "who: [POL-FLZ, POL-OS]",
        "who: [POL-FLZ, KH]",
        [
            ("role POL-OS", "role-removed", "neutral", "A02", ""),
            ("role KH", "role-added", "neutral", "", "A02"),
            ("A02", "role-no-longer-asked", "weaker", "POL-OS", ""),
            ("A02", "role-asked", "stricter", "", "KH"),
        ],
    ),
    "asked": (
        "who: [POL-FLZ, POL-OS]",
        "who: asked in A01",
        [
            ("role POL-FLZ", "role-removed", "neutral", "A02", ""),
            ("role POL-OS", "role-removed", "neutral", "A02", ""),
            ("A02", "role-no-longer-asked", "weaker", "POL-FLZ", ""),
            ("A02", "role-no-longer-asked", "weaker", "POL-OS", ""),
            ("A02", "asked-of-earlier-steps-changed", "neutral", "", "asked in A01"),
        ],
    ),
    "condition-narrower-or-wider": (
        "when: {deaths: {at_least: 1}}",
        "when: {deaths: {at_least: 3}}",
        [
            (
                "A02",
                "condition-changed",
                "unclear",
                "{deaths: {at_least: 1}}",
                "{deaths: {at_least: 3}}",
            )
        ],
    ),
    "condition-gone": (
        "        when: {deaths: {at_least: 1}}\n",
        "",
        [("A02", "condition-removed", "stricter", "{deaths: {at_least: 1}}", "")],
    ),
    "condition-new": (
        "who: OB-L\n",
        "who: OB-L\n        when: {deaths: {at_least: 1}}\n",
        [("A01", "condition-added", "weaker", "", "{deaths: {at_least: 1}}")],
    ),
    "held": (
        "hub: true",
        "hub: true\n        hold_while: {deaths: {at_least: 1}}",
        [("A02", "hold-added", "unclear", "", "{deaths: {at_least: 1}}")],
    ),
    "later": (
        "start: after A01, latest T0+30m",
        "start: after A01, latest T0+45m",
        [
            (
                "A02",
                "start-changed",
                "weaker",
                "after A01, latest T0+30m",
                "after A01, latest T0+45m",
            )
        ],
    ),
    "in-working-days": (
        "within: 15m",
        "within: 1 working day",
        [("A01", "deadline-lengthened", "weaker", "15m", "1 working day")],
    ),
    "another-answer": (
        "expect: {answer: F1}",
        "expect: {answer: F2}",
        [("A02", "expectation-changed", "unclear", "{answer: F1}", "{answer: F2}")],
    ),
    "no-answer": (
        "expect: {answer: F1}",
        "expect: acknowledgement",
        [("A02", "expectation-changed", "weaker", "{answer: F1}", "acknowledgement")],
    ),
    "only-told": (
        "expect: {answer: F1}",
        "expect: nothing",
        [("A02", "expectation-changed", "weaker", "{answer: F1}", "nothing")],
    ),
    "a-fact-more": (
        "attributes:\n",
        "attributes:\n  room: {kind: tristate, safety: true, label: {de: Raum}}\n",
        [
            (
                "attribute room",
                "attribute-added",
                "neutral",
                "",
                "{kind: tristate, safety: true, label: {de: Raum}}",
            )
        ],
    ),
    "more-binding": (
        "mandatory: if-true",
        "mandatory: always",
        [("A02", "bindingness-changed", "stricter", "if-true", "always")],
    ),
    "label": (
        "by: FBS}\n        tlp: amber",
        "by: FBS}\n        tlp: green",
        [("B30", "label-changed", "weaker", "amber", "green")],
    ),
    "gate": (
        "by: FBS}",
        "by: KOK}",
        [
            (
                "B30",
                "consent-changed",
                "weaker",
                "{consent: {findings: {de: Erkenntnisse, en: Findings}}, by: FBS}",
                "{consent: {findings: {de: Erkenntnisse, en: Findings}}, by: KOK}",
            )
        ],
    ),
    "clauses": (
        "basis: [S2.4]",
        "basis: [S2.5]",
        [
            ("A01", "clause-no-longer-cited", "neutral", "S2.4", ""),
            ("A01", "clause-cited", "neutral", "", "S2.5"),
        ],
    ),
    "competence": (
        "competence: koordination.land",
        "competence: [koordination.land, lage.entscheiden]",
        [("A01", "competence-added", "unclear", "", "lage.entscheiden")],
    ),
    "languages": (
        "hub: true",
        "hub: true\n        languages: [pl]",
        [("A02", "language-added", "stricter", "", "pl")],
    ),
    "reworded": (
        "Bitte Zahlen.",
        "Gern Zahlen.",
        [
            (
                "A02",
                "message-reworded",
                "unclear",
                "{code_word}: Bitte Zahlen.",
                "{code_word}: Gern Zahlen.",
            )
        ],
    ),
    "reworded-where-optional": (
        "Bitte Rückruf.",
        "Rückruf erbeten.",
        [
            (
                "B30",
                "message-reworded",
                "neutral",
                "{code_word}: Bitte Rückruf.",
                "{code_word}: Rückruf erbeten.",
            )
        ],
    ),
    "a-sentence-more": (
        "Bitte Zahlen.",
        "Bitte Zahlen. Auch die der Häuser.",
        [("A02", "message-extended", "stricter", "", "Auch die der Häuser.")],
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_change_of_a_step_is_told_in_terms_of_the_trade(tmp_path: Path, name: str) -> None:
    old, new, expected = TOLD[name]

    assert told(tmp_path, old, new) == expected


MINUTES = st.integers(min_value=1, max_value=3000)


@given(old=MINUTES, new=MINUTES)
def test_what_is_weaker_forward_is_stricter_backward(
    tmp_path_factory: pytest.TempPathFactory, old: int, new: int
) -> None:
    folder = tmp_path_factory.getbasetemp()
    sides = [
        version(folder, TEXT.replace("within: 15m", f"within: {written(timedelta(minutes=one))}"))
        for one in (old, new)
    ]

    forward = [one.verdict for one in differences(*sides)]
    backward = [one.verdict for one in differences(*reversed(sides))]

    opposite = {Verdict.WEAKER: Verdict.STRICTER, Verdict.STRICTER: Verdict.WEAKER}
    assert forward == [opposite[one] for one in backward]
    assert (Verdict.WEAKER in forward) is (new > old)
