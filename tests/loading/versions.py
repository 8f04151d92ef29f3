"""Two versions of one small playbook, for the tests of what differs between them."""

from datetime import date
from pathlib import Path

from crisis.loading.difference import Difference, Version
from crisis.loading.playbook_difference import differences
from crisis.loading.playbook_loader import load_playbook

TEXT = (Path(__file__).parent / "overlay_cases" / "base.yaml").read_text(encoding="utf-8")
# Where, what kind, the verdict, as it was and as it is.
Row = tuple[str, str, str, str, str]
# A change of the file (old text, new text), and everything that is told of it.
Told = tuple[str, str, list[Row]]


def version(folder: Path, text: str) -> Version:
    """Return a playbook's text as one side of a comparison."""
    file = folder / "base.yaml"
    file.write_text(text, encoding="utf-8")
    loaded = load_playbook(file, shown_as="base", today=date(2026, 11, 22))
    assert loaded.written is not None, loaded.problems
    assert loaded.document is not None
    return Version(name="base", written=loaded.written, data=loaded.document.data)


def rows(found: tuple[Difference, ...]) -> list[Row]:
    """Return differences as rows."""
    return [(one.where, one.kind, one.verdict.value, one.before, one.after) for one in found]


def told(folder: Path, old: str, new: str) -> list[Row]:
    """Return what is told when a text of the small playbook is replaced by another one."""
    assert old in TEXT
    return rows(differences(version(folder, TEXT), version(folder, TEXT.replace(old, new, 1))))
