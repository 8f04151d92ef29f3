"""What differs between two versions of a playbook as a whole, with its verdict."""

import re
from pathlib import Path

import pytest

from crisis.loading.difference import Version
from crisis.loading.playbook_difference import differences
from tests.loading.versions import TEXT, Told, rows, told, version

LATER = "  - id: later\n    title: {de: Später}\n    benefit: {de: Gut.}\n    steps:\n"
TOLD: dict[str, Told] = {
    "version": (
        "version: 1.0.0",
        "version: 1.1.0",
        [("playbook", "version-changed", "neutral", "1.0.0", "1.1.0")],
    ),
    "region": (
        'region: "14"',
        'region: "14626"',
        [("playbook", "region-changed", "unclear", "14", "14626")],
    ),
    "agreement": (
        "agreements: [ob-opferhilfe-sachsen-2020-07-17]",
        "agreements: [ob-raa-sachsen]",
        [
            (
                "playbook",
                "agreement-no-longer-cited",
                "neutral",
                "ob-opferhilfe-sachsen-2020-07-17",
                "",
            ),
            ("playbook", "agreement-cited", "neutral", "", "ob-raa-sachsen"),
        ],
    ),
    "beginners": (
        "agreements: [",
        "begun_by: [FBS]\nagreements: [",
        [("playbook", "may-begin", "neutral", "", "FBS")],
    ),
    "lead": (
        "role: OB-L\n  deputies: [Leitung]\n",
        "role: BOB\n  deputies: [BOB]\n  brief: F1\n",
        [
            ("lead", "lead-changed", "unclear", "OB-L", "BOB"),
            ("lead", "lead-deputies-changed", "weaker", "[Leitung]", "[BOB]"),
            ("lead", "handover-brief-changed", "neutral", "", "F1"),
        ],
    ),
    "handover": (
        "{de: Beide bestätigen., en: Both confirm.}",
        "{de: Mit Lagebild., en: With the picture.}",
        [
            (
                "lead",
                "handover-reworded",
                "neutral",
                "{de: Beide bestätigen., en: Both confirm.}",
                "{de: Mit Lagebild., en: With the picture.}",
            )
        ],
    ),
    "phase": (
        "    benefit: {de: Hilfe beginnt., en: Help begins.}\n",
        "    benefit: {de: Hilfe beginnt., en: Help begins.}\n    when: {deaths: {at_least: 1}}\n",
        [("phase alarm", "condition-changed", "weaker", "", "{deaths: {at_least: 1}}")],
    ),
    "optional-step-gone": (
        TEXT[TEXT.index("      - id: B30") : TEXT.index("stand_down:")],
        "",
        [("B30", "step-removed", "neutral", "Pass on (OHS)", "")],
    ),
    "in-another-phase": (
        "      - id: B30",
        f"{LATER}      - id: B30",
        [
            ("phase later", "phase-added", "neutral", "", "B30"),
            ("B30", "step-moved", "neutral", "alarm", "later"),
        ],
    ),
    "stand-down": (
        "  via: K24\n  escalate: A\n",
        "  via: KBUE\n  within: 60m\n  escalate: B\n",
        [
            ("A95", "channels-exchanged", "weaker", "K24", "KBUE"),
            ("A95", "deadline-added", "stricter", "", "60m"),
            ("A95", "ladder-exchanged", "weaker", "A", "B"),
        ],
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_change_of_a_playbook_is_told_in_terms_of_the_trade(tmp_path: Path, name: str) -> None:
    old, new, expected = TOLD[name]

    assert told(tmp_path, old, new) == expected


def test_binding_step_that_is_gone_is_weaker(tmp_path: Path) -> None:
    step = TEXT[TEXT.index("      - id: A02") : TEXT.index("      - id: A03")]
    form = TEXT[TEXT.index("forms:") : TEXT.index("phases:")]
    after = TEXT.replace(step, "").replace(form, "")

    found = differences(version(tmp_path, TEXT), version(tmp_path, after))

    assert rows(found) == [
        ("role POL-FLZ", "role-removed", "neutral", "A02", ""),
        ("role POL-OS", "role-removed", "neutral", "A02", ""),
        ("A02", "step-removed", "weaker", "Figures (POL-FLZ, POL-OS)", ""),
        ("form F1", "form-removed", "neutral", "Situation (deaths, room)", ""),
    ]


def test_same_text_has_no_difference(tmp_path: Path) -> None:
    assert differences(version(tmp_path, TEXT), version(tmp_path, TEXT)) == ()


def test_order_is_told_of_steps_and_phases(tmp_path: Path) -> None:
    first, second = TEXT.index("      - id: A03"), TEXT.index("      - id: B30")
    end = TEXT.index("stand_down:")
    begin = TEXT.index("  - id: alarm")
    turned = TEXT[:first] + TEXT[second:end] + TEXT[first:second] + TEXT[end:]
    two = TEXT[:second] + LATER + TEXT[second:]
    turned_two = TEXT[:begin] + LATER + TEXT[second:end] + TEXT[begin:second] + TEXT[end:]

    steps = differences(version(tmp_path, TEXT), version(tmp_path, turned))
    phases = differences(version(tmp_path, two), version(tmp_path, turned_two))

    assert rows(steps) == [
        (
            "phase alarm",
            "steps-reordered",
            "neutral",
            "A01, A02, A03, B30",
            "A01, A02, B30, A03",
        )
    ]
    assert rows(phases) == [
        ("playbook", "phases-reordered", "neutral", "alarm, later", "later, alarm")
    ]


CONDITION = "    when: {deaths: {at_least: 1}}\n"


def test_condition_of_a_phase_counts_for_its_steps(tmp_path: Path) -> None:
    place = "    benefit: {de: Hilfe beginnt., en: Help begins.}\n"
    other = CONDITION.replace("1", "2")
    none, one, two = (
        version(tmp_path, TEXT.replace(place, place + more)) for more in ("", CONDITION, other)
    )
    optional = re.sub("mandatory: .*", "mandatory: optional", TEXT)
    free, held = (
        version(tmp_path, optional.replace(place, place + more)) for more in ("", CONDITION)
    )

    def verdicts(before: Version, after: Version) -> list[str]:
        return [found.verdict.value for found in differences(before, after)]

    assert verdicts(none, one) == ["weaker"]
    assert verdicts(one, none) == ["stricter"]
    assert verdicts(one, two) == ["unclear"]
    assert verdicts(free, held) == ["neutral"]
