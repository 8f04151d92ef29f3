"""What the page beside the playbooks lists is all there is."""

import re
from pathlib import Path

from crisis.core.message import PLACEHOLDERS

README = Path(__file__).parents[2] / "playbooks" / "README.md"


def test_every_placeholder_is_listed() -> None:
    [line] = [one for one in README.read_text("utf-8").splitlines() if "closed list" in one]

    assert re.findall(r"`\{(\w+)\}`", line) == sorted(PLACEHOLDERS)
