"""The lists in contacts/README.md are those that files are checked against."""

import re
from pathlib import Path

from crisis.loading.catalogue import COMPETENCES, ROLES

README = (Path(__file__).parents[2] / "contacts" / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.partition(f"## {title}")[2].partition("\n## ")[0].strip()


def test_readme_lists_every_role() -> None:
    listed = section("Rollen · Roles").splitlines()[0].replace("·", " ").split()

    assert sorted(listed) == sorted(ROLES)


def test_readme_lists_every_competence() -> None:
    listed = re.findall(r"`([^`]+)`", section("Kompetenzen · Competences"))

    assert listed == sorted(COMPETENCES)
