"""Every code that a file can be given is explained, and nothing else is."""

import re
from pathlib import Path

import crisis.loading
from crisis.loading.problem import Strength
from crisis.loading.rule_text import strength_of
from crisis.loading.rules import RULES

SOURCES = Path(crisis.loading.__file__).parent
SHOWN = re.compile(r"^\S+:\d+:\d+: (\S+) (?:(warning|notice): )?", re.MULTILINE)
CODE = re.compile(r'"([A-Z]{2}\d{3}|L-[A-Z0-9-]+)"')


def test_every_code_in_use_is_explained() -> None:
    used = {
        code
        for path in SOURCES.glob("*.py")
        if not path.name.endswith(("rules.py", "examples.py", "rule_text.py"))
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }

    assert used == set(RULES)


def test_every_playbook_rule_is_shown_by_a_case() -> None:
    here = Path(__file__).parent
    texts = (*(here / "cases").glob("*.txt"), *(here / "overlay_cases").glob("*.txt"))
    shown = {code for path in texts for code in re.findall(r": ([A-Z]\S+) ", path.read_text())}
    # Shown in test_located.py (whole files) and test_library.py (needs contacts).
    # Of two overlays: test_goerlitz_overlay.py. Of what lies beside: test_drill_checks.py and
    # test_referral_checks.py, test_material_checks.py.
    beside = {"L-11", "L-26", "L-28", "L-GETRENNT", "L-SEKTOR", "PB407", "PB408"}
    elsewhere = {"YA001", "YA002", "PB401", "PB402", "OV204", *beside}

    ours = {code for code in RULES if code.startswith(("YA", "SH", "PB", "OV", "L-"))}

    assert ours - elsewhere == ours & shown


def test_strength_of_each_rule_is_what_its_cases_show() -> None:
    here = Path(__file__).parent
    shown: dict[str, set[str]] = {}
    for path in here.rglob("*.txt"):
        for code, mark in SHOWN.findall(path.read_text(encoding="utf-8")):
            shown.setdefault(code, set()).add(mark or "error")

    heaviest = {
        code: next(one for one in Strength if one.value in marks) for code, marks in shown.items()
    }

    assert heaviest == {code: strength_of(code) for code in heaviest}
    assert len(heaviest) > 100


def test_explanations_are_sentences() -> None:
    assert [code for code, text in RULES.items() if not text.endswith((".", ".”"))] == []
