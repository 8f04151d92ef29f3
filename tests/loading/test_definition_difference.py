"""What differs in ladders, channels, forms and facts is told with its verdict."""

from pathlib import Path

import pytest

from crisis.loading.difference import Verdict
from crisis.loading.playbook_difference import differences
from tests.loading.versions import TEXT, Told, told, version

TOLD: dict[str, Told] = {
    "slower-ladder": (
        "{after: 5m, then: next-channel}",
        "{after: 9m, then: next-channel}",
        [
            (
                "ladder A",
                "ladder-changed",
                "weaker",
                "[{after: 5m, then: next-channel}, {after: 20m, then: lead}]",
                "[{after: 9m, then: next-channel}, {after: 20m, then: lead}]",
            )
        ],
    ),
    "sooner-ladder": (
        "{after: 20m, then: lead}",
        "{after: 19m, then: lead}",
        [
            (
                "ladder A",
                "ladder-changed",
                "stricter",
                "[{after: 5m, then: next-channel}, {after: 20m, then: lead}]",
                "[{after: 5m, then: next-channel}, {after: 19m, then: lead}]",
            )
        ],
    ),
    "slower-ladder-that-nothing-binding-uses": (
        "{after: 15m, then: next-channel}",
        "{after: 16m, then: next-channel}",
        [
            (
                "ladder B",
                "ladder-changed",
                "neutral",
                "[{after: 15m, then: next-channel}, {after: 60m, then: lead}]",
                "[{after: 16m, then: next-channel}, {after: 60m, then: lead}]",
            )
        ],
    ),
    "fewer-channels": (
        "order: [http, sms]}",
        "order: [http]}",
        [
            (
                "profile K24",
                "profile-changed",
                "weaker",
                "{title: {de: Immer, en: Always}, order: [http, sms]}",
                "{title: {de: Immer, en: Always}, order: [http]}",
            )
        ],
    ),
    "more-channels": (
        "order: [http, sms]}",
        "order: [http, sms, portal]}",
        [
            (
                "profile K24",
                "profile-changed",
                "stricter",
                "{title: {de: Immer, en: Always}, order: [http, sms]}",
                "{title: {de: Immer, en: Always}, order: [http, sms, portal]}",
            )
        ],
    ),
    "profile-by-another-name": (
        "{de: Immer, en: Always}",
        "{de: Stets, en: Always}",
        [
            (
                "profile K24",
                "profile-changed",
                "neutral",
                "{title: {de: Immer, en: Always}, order: [http, sms]}",
                "{title: {de: Stets, en: Always}, order: [http, sms]}",
            )
        ],
    ),
    "a-question-more": (
        "      room:",
        "      injured: {kind: count, label: {de: Verletzte, en: Injured}}\n      room:",
        [("form F1", "field-added", "stricter", "", "injured: Injured")],
    ),
    "a-question-less": (
        "      room: {kind: tristate, label: {de: Raum, en: Room}, guard: true}\n",
        "",
        [("form F1", "field-removed", "weaker", "room: Room", "")],
    ),
    "no-guard": (
        ", guard: true",
        "",
        [("form F1", "field-changed", "weaker", "room: Room", "room: Room")],
    ),
    "must-be-answered": (
        ", sets: deaths}",
        ", sets: deaths, required: true}",
        [("form F1", "field-changed", "stricter", "deaths: Deaths", "deaths: Deaths")],
    ),
    "question-reworded": (
        "{de: Raum, en: Room}",
        "{de: Ort, en: Place}",
        [("form F1", "field-changed", "neutral", "room: Room", "room: Place")],
    ),
    "sets-nothing": (
        ", sets: deaths}",
        "}",
        [("form F1", "field-changed", "unclear", "deaths: Deaths", "deaths: Deaths")],
    ),
    "fact-for-safety": (
        "deaths: {kind: count, label: {de: Tote, en: Deaths}}\nladders",
        "deaths: {kind: count, safety: true, label: {de: Tote, en: Deaths}}\nladders",
        [
            (
                "attribute deaths",
                "attribute-changed",
                "stricter",
                "{kind: count, label: {de: Tote, en: Deaths}}",
                "{kind: count, safety: true, label: {de: Tote, en: Deaths}}",
            )
        ],
    ),
    "fact-of-another-kind": (
        "deaths: {kind: count, label: {de: Tote, en: Deaths}}\nladders",
        "deaths: {kind: list, label: {de: Tote, en: Deaths}}\nladders",
        [
            (
                "attribute deaths",
                "attribute-changed",
                "unclear",
                "{kind: count, label: {de: Tote, en: Deaths}}",
                "{kind: list, label: {de: Tote, en: Deaths}}",
            )
        ],
    ),
    "fact-by-another-name": (
        "deaths: {kind: count, label: {de: Tote, en: Deaths}}\nladders",
        "deaths: {kind: count, label: {de: Tote, en: Killed}}\nladders",
        [
            (
                "attribute deaths",
                "attribute-changed",
                "neutral",
                "{kind: count, label: {de: Tote, en: Deaths}}",
                "{kind: count, label: {de: Tote, en: Killed}}",
            )
        ],
    ),
    "occasion": (
        "ladders:\n",
        "occasions:\n  V: {title: {de: Verdacht}, when: {deaths: {at_least: 1}}}\nladders:\n",
        [
            (
                "occasion V",
                "occasion-added",
                "neutral",
                "",
                "{title: {de: Verdacht}, when: {deaths: {at_least: 1}}}",
            )
        ],
    ),
    "bound": (
        "stand_down:",
        "bind: {OHS: ohs-sachsen}\nmust_not: {OHS: lage.melden}\nstand_down:",
        [
            ("binding OHS", "binding-added", "neutral", "", "ohs-sachsen"),
            ("role OHS", "must-not-added", "stricter", "", "lage.melden"),
        ],
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_change_of_a_definition_is_told_in_terms_of_the_trade(tmp_path: Path, name: str) -> None:
    old, new, expected = TOLD[name]

    assert told(tmp_path, old, new) == expected


def test_fact_that_is_no_longer_for_safety_is_weaker(tmp_path: Path) -> None:
    safe = TEXT.replace("deaths: {kind: count, l", "deaths: {kind: count, safety: true, l", 1)

    (found,) = differences(version(tmp_path, safe), version(tmp_path, TEXT))

    assert (found.kind, found.verdict) == ("attribute-changed", Verdict.WEAKER)
    assert found.why == "no longer counts as true while it is unknown"
