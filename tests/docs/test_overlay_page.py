"""The overlay and the rehearsal of the page on overlays, as a reader writes them down."""

import shutil
from pathlib import Path
from textwrap import dedent

import pytest

from crisis.settings import load_settings
from crisis.workshop import open_workshop
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/how-to/write-an-overlay.md").read_text(encoding="utf-8")
OVERLAY = Path("playbooks/overlays/bautzen.yaml")
REHEARSAL = Path("playbooks/sn-mass-casualty.bautzen.rehearsal.yaml")


def written(first: str, at: Path) -> Path:
    """Write the block of the page that begins with a line, and return the file."""
    start = PAGE.index(f"   {first}\n")
    at.write_text(dedent(PAGE[start : PAGE.index("   ```", start)]), encoding="utf-8")
    return at


def test_overlay_of_the_page_can_be_laid_and_rehearsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("playbooks", "contacts/example"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    overlay = written("id: bautzen", OVERLAY)
    rehearsal = written("playbook: sn-mass-casualty", REHEARSAL)
    house = open_workshop(load_settings({}, env_file=None))

    found = house.check_playbooks((overlay,))

    assert not found.has_errors
    assert "bautzen lengthens the deadline of A16" in found.text
    assert house.rehearse(rehearsal) == ()
