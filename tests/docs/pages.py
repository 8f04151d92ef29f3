"""The pages of the documentation, as tests read them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
_LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)\)")
_SPAN = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def markdown() -> list[Path]:
    """Return every page of ours, in order."""
    top = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    beside = [ROOT / "playbooks" / "README.md", ROOT / "contacts" / "README.md"]
    return [*top, *beside, *sorted((ROOT / "docs").rglob("*.md"))]


def links(text: str) -> list[str]:
    """Return where the links and pictures of a page lead, but for those to other sites."""
    return [to for to in _LINK.findall(_FENCE.sub("", text)) if "://" not in to]


def anchors(text: str) -> set[str]:
    """Return the anchors that the headings of a page make."""
    headings = re.findall(r"^#{1,6} (.+)$", _FENCE.sub("", text), flags=re.MULTILINE)
    return {_anchor(heading) for heading in headings}


def commands(text: str, program: str) -> set[tuple[str, ...]]:
    """Return the calls of a program in a page's code, as the plain words after its name."""
    code = [*_FENCE.findall(text), *_SPAN.findall(_FENCE.sub("", text))]
    call = re.compile(rf"^(?:\$ )?{program}((?: [a-z][a-z-]*)+)", re.MULTILINE)
    return {tuple(words.split()) for part in code for words in call.findall(part)}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
