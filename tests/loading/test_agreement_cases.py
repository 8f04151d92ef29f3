"""One folder per mistake, named after it, with the whole text that its author reads."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisis.loading.agreement_rules import AGREEMENT_RULES
from crisis.loading.contact_directory import load_contacts
from crisis.loading.problem import render

CASES = Path(__file__).parent / "agreement_cases"
EXPECTED = "expected.txt"
NOW = datetime(2026, 12, 18, 18, 41, tzinfo=UTC)
FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir())


@pytest.mark.parametrize("case", FOLDERS, ids=lambda path: path.name)
def test_case_is_reported_whole(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(case, tmp_path / "contacts")
    shutil.copy(CASES / "contacts.yaml", tmp_path / "contacts")
    monkeypatch.chdir(tmp_path)

    loaded = load_contacts(Path("contacts"), around=NOW)

    expected = (case / EXPECTED).read_text(encoding="utf-8")
    assert render(loaded.register_problems) + "\n" == expected
    assert loaded.problems == ()


def test_every_rule_of_files_has_a_case() -> None:
    texts = [(case / EXPECTED).read_text(encoding="utf-8") for case in FOLDERS]
    shown = {code for text in texts for code in re.findall(r": (AG\d{3}) ", text)}

    # Those about playbooks are shown in test_basis_checks.py.
    assert shown == {code for code in AGREEMENT_RULES if code < "AG201"}
