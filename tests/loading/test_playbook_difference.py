"""What differs between two versions is told in the terms of the trade, with its verdict."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.loading.difference import Difference, Verdict, Version
from crisis.loading.durations import written
from crisis.loading.playbook_difference import differences
from crisis.loading.playbook_loader import load_playbook
from crisis.simulated.clock import FakeClock

BASE = Path(__file__).parent / "overlay_cases" / "base.yaml"
NOW = FakeClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
TEXT = BASE.read_text(encoding="utf-8")
LATER = "  - id: later\n    title: {de: Später}\n    benefit: {de: Gut.}\n    steps:\n"
# From a change of the file (old text, new text) to everything that is told of it.
TOLD = {
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
    "optional-step-gone": (
        TEXT[TEXT.index("      - id: B30") : TEXT.index("stand_down:")],
        "",
        [("B30", "step-removed", "neutral", "Pass on (OHS)", "")],
    ),
    "binding-step-gone": (
        TEXT[TEXT.index("      - id: A02") : TEXT.index("      - id: A03")],
        "",
        [
            ("role POL-FLZ", "role-removed", "neutral", "A02", ""),
            ("role POL-OS", "role-removed", "neutral", "A02", ""),
            ("A02", "step-removed", "weaker", "Figures (POL-FLZ, POL-OS)", ""),
            ("form F1", "form-removed", "neutral", "Situation (deaths, room)", ""),
        ],
    ),
    "in-another-phase": (
        "      - id: B30",
        f"{LATER}      - id: B30",
        [
            ("phase later", "phase-added", "neutral", "", "B30"),
            ("B30", "step-moved", "neutral", "alarm", "later"),
        ],
    ),
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


def version(tmp_path: Path, text: str, name: str = "base") -> Version:
    """Return a playbook's text as one side of a comparison."""
    file = tmp_path / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    loaded = load_playbook(file, shown_as=name, today=NOW.now().date())
    assert loaded.written is not None, loaded.problems
    assert loaded.document is not None
    return Version(name=name, written=loaded.written, data=loaded.document.data)


def rows(found: tuple[Difference, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(one.where, one.kind, one.verdict.value, one.before, one.after) for one in found]


@pytest.mark.parametrize("name", TOLD)
def test_difference_is_told_in_terms_of_the_trade(tmp_path: Path, name: str) -> None:
    old, new, told = TOLD[name]
    assert TEXT.count(old) >= 1
    before = version(tmp_path, TEXT)
    after = version(tmp_path, TEXT.replace(old, new, 1))
    if name == "binding-step-gone":
        without_form = TEXT[: TEXT.index("forms:")] + TEXT[TEXT.index("phases:") :]
        after = version(tmp_path, without_form.replace(old, new, 1))

    assert rows(differences(before, after)) == told


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


def test_fact_that_is_no_longer_for_safety_is_weaker(tmp_path: Path) -> None:
    safe = TEXT.replace("deaths: {kind: count, l", "deaths: {kind: count, safety: true, l", 1)

    (found,) = differences(version(tmp_path, safe), version(tmp_path, TEXT))

    assert (found.kind, found.verdict) == ("attribute-changed", Verdict.WEAKER)
    assert found.why == "no longer counts as true while it is unknown"
