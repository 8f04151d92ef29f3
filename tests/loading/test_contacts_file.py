"""Every mistake in contacts is named, at its place, with its cure; one folder per case."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisis.loading.contact_directory import load_directory
from crisis.loading.contacts_rules import CONTACTS_RULES
from crisis.loading.problem import render

CASES = Path(__file__).parent / "contact_cases"
EXPECTED = "expected.txt"
FRIDAY_EVENING = datetime(2026, 12, 18, 18, 41, tzinfo=UTC)


@pytest.mark.parametrize("case", sorted(folder.name for folder in CASES.iterdir()))
def test_bad_contacts_are_reported_whole(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES)

    _, _, problems = load_directory(Path(case), around=FRIDAY_EVENING)

    assert render(problems) + "\n" == (CASES / case / EXPECTED).read_text(encoding="utf-8")


def test_every_contact_rule_has_a_case() -> None:
    shown = "".join(file.read_text(encoding="utf-8") for file in CASES.glob(f"*/{EXPECTED}"))

    assert [code for code in CONTACTS_RULES if code not in shown] == []


def test_every_code_in_a_case_is_explained() -> None:
    shown = "".join(file.read_text(encoding="utf-8") for file in CASES.glob(f"*/{EXPECTED}"))
    codes = set(re.findall(r": (CT\d+) ", shown))

    assert codes - CONTACTS_RULES.keys() == set()
