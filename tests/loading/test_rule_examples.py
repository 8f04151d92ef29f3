"""Each rule's two examples, read as pieces of a playbook: one is reported, the other is not."""

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from crisis.loading.playbook_loader import load_playbook
from crisis.loading.rule_text import EXAMPLES, known_rules, rule_text
from crisis.loading.rules import RULES

TODAY = date(2026, 11, 22)
# Of contacts, overlays or what lies beside the file: tested where those are.
ELSEWHERE = {
    *("L-04", "L-11", "L-26", "L-28", "L-29"),
    *("L-GETRENNT", "L-KOMPETENZ", "L-SEKTOR"),
    *("L-OVERLAY-FRIST", "L-OVERLAY-SCHWAECHT"),
}

BASE = """
id: sample
version: 1.0.0
kind: response
title: {de: Probe, en: Sample}
region: "14"
minimum: mass-casualty
review_by: 2027-06-30
lead: {role: OB-L, deputies: [Leitung], handover: {de: Beide bestätigen., en: Both confirm.}}
agreements: [ob-opferhilfe-sachsen-2020-07-17]
attributes:
  targeted_group: {kind: choice, values: [none, other], label: {de: Gruppe, en: Group}}
  testimony_given: {kind: tristate, label: {de: Aussage, en: Testimony}}
ladders:
  A: [{after: 5m, then: next-channel}, {after: 20m, then: lead}]
profiles:
  K24: {title: {de: Immer, en: Always}, order: [http, sms]}
  ORAL: {title: {de: Mündlich, en: Oral}, order: [phone-by-hand], oral: true}
forms:
  GUARDS:
    title: {de: Wächter, en: Guards}
    fields: {one: {kind: tristate, label: {de: Eins, en: One}, guard: true}}
  PLACE:
    title: {de: Ort, en: Place}
    fields:
      where: {kind: text, label: {de: Wo, en: Where}, place: true}
      suits: {kind: tristate, label: {de: Geeignet, en: Suitable}, guard: true}
  NEEDS:
    title: {de: Bedarfe, en: Needs}
    fields: {needs: {kind: needs, label: {de: Bedarfe, en: Needs}}}
  OWNERS:
    title: {de: Verantwortliche, en: Owners}
    fields: {who: {kind: text, label: {de: Funktion, en: Function}}}
stand_down:
  id: A95
  title: {de: Entwarnung, en: Stand down}
  via: K24
  escalate: A
  basis: [L-25]
  benefit: {de: Niemand wartet., en: Nobody waits.}
  message: {de: Entwarnung., en: Stand down.}
"""
STEP = """
title: {de: Schritt, en: Step}
mandatory: always
who: OB-L
start: T0
via: K24
expect: acknowledgement
within: 8d
escalate: A
basis: [S2.6]
message: {de: Bitte., en: Please.}
"""


def _read(text: str) -> object:
    """Return a piece of YAML in which every word is a text, as in the files of the house."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- texts only, no objects


def _codes(fragment: str, folder: Path) -> set[str]:
    data, piece = _read(BASE), _read(fragment)
    assert isinstance(data, dict)
    written = piece if isinstance(piece, list) else []
    if isinstance(piece, dict):
        written = piece.pop("steps", [])
        data |= {
            key: data[key] | value if isinstance(data.get(key), dict) and key != "lead" else value
            for key, value in piece.items()
        }
    first = {"id": "A01"} if not any(step["id"] == "A01" for step in written) else None
    defaults = _read(STEP)
    assert isinstance(defaults, dict)
    steps = [
        {key: value for key, value in (defaults | step).items() if value != "null"}
        for step in (*([first] if first else []), *written)
    ]
    words = {"de": "Alarm", "en": "Alarm"}
    data["phases"] = [{"id": "alarm", "title": words, "benefit": words, "steps": steps}]
    path = folder / "sample.yaml"
    # JSON is YAML; `true` alone is no text.
    text = json.dumps(data, ensure_ascii=False).replace('"true"', "true")
    path.write_text(text, encoding="utf-8")
    loaded = load_playbook(path, shown_as=path.name, today=TODAY)
    return {problem.code for problem in loaded.problems}


@pytest.mark.parametrize("code", sorted(EXAMPLES.keys() - ELSEWHERE))
def test_example_is_reported_or_in_order_as_it_says(code: str, tmp_path: Path) -> None:
    text = rule_text(code)
    reported_as = {code, *text.served_by}

    failing, passing = _codes(text.failing, tmp_path), _codes(text.passing, tmp_path)

    assert failing & reported_as != set()
    assert passing & reported_as == set()
    # Nothing but missing content and what the sample leaves out: the example itself is sound.
    assert {one for one in passing if not one.startswith("L-")} == set()


def test_every_rule_on_content_has_examples() -> None:
    named = {code for code in known_rules() if code.startswith("L-")}

    assert {f"L-{number:02}" for number in range(1, 32)} <= named
    assert named - EXAMPLES.keys() == set()
    assert EXAMPLES.keys() - {*RULES} == {"L-01", "L-04", "L-27", "L-29", "L-30"}
