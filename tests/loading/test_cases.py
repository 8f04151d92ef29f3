"""One small file per mistake, named after it, with the whole text that its author reads."""

from datetime import date
from pathlib import Path

import pytest

from crisis.loading.playbook_loader import load_playbook
from crisis.loading.problem import Strength, render

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 22)
# What a person would have to do something about only later.
HARMLESS = frozenset(
    {
        "deadline-before-first-rung",
        "english-missing",
        "minimum-content-missing",
        "next-round-before-the-deadline",
        "one-level-only",
        "review-date-missing",
        "review-date-past",
        "told-although-binding",
    }
)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_case_is_reported_whole(path: Path) -> None:
    expected = path.with_suffix(".txt").read_text(encoding="utf-8")

    loaded = load_playbook(path, shown_as=path.name, today=TODAY)

    assert render(loaded.problems) + "\n" == expected


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_case_gives_a_playbook_only_without_errors(path: Path) -> None:
    loaded = load_playbook(path, shown_as=path.name, today=TODAY)

    errors = [one for one in loaded.problems if one.strength is Strength.ERROR]

    assert (loaded.playbook is not None, errors == []) == (
        path.stem in HARMLESS,
        path.stem in HARMLESS,
    )


def test_every_case_has_its_expected_text() -> None:
    inputs = {path.stem for path in CASES.glob("*.yaml")}
    texts = {path.stem for path in CASES.glob("*.txt")}

    assert inputs == texts
    assert len(inputs) >= 30
