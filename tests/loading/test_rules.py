"""Every code that a file can be given is explained, and nothing else is."""

import re
from pathlib import Path

import crisis.loading
from crisis.loading.rules import RULES

SOURCES = Path(crisis.loading.__file__).parent
CODE = re.compile(r'"([A-Z]{2}\d{3}|L-[A-Z0-9-]+)"')


def test_every_code_in_use_is_explained() -> None:
    used = {
        code
        for path in SOURCES.glob("*.py")
        if not path.name.endswith("rules.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }

    assert used == set(RULES)


def test_every_playbook_rule_is_shown_by_a_case() -> None:
    here = Path(__file__).parent
    texts = (*(here / "cases").glob("*.txt"), *(here / "overlay_cases").glob("*.txt"))
    shown = {code for path in texts for code in re.findall(r": ([A-Z]\S+) ", path.read_text())}
    # Shown in test_located.py (whole files) and test_library.py (needs contacts).
    # Of two overlays: test_goerlitz_overlay.py.
    elsewhere = {"YA001", "YA002", "PB401", "PB402", "OV204"}

    ours = {code for code in RULES if code.startswith(("YA", "SH", "PB", "OV", "L-"))}

    assert ours - elsewhere == ours & shown


def test_explanations_are_sentences() -> None:
    assert [code for code, text in RULES.items() if not text.endswith((".", ".”"))] == []
