"""A page as somebody reads it: its lines of text, without markup."""

from html.parser import HTMLParser
from pathlib import Path

PAGES = Path(__file__).parent / "pages"

_BLOCKS = frozenset(
    {
        *("article", "button", "dd", "details", "div", "dl", "dt", "fieldset", "form", "h1"),
        *("h2", "h3", "h4", "header", "label", "legend", "li", "main", "ol", "option", "p"),
        *("section", "select", "summary", "table", "td", "textarea", "th", "tr", "ul"),
    }
)


class _Reader(HTMLParser):
    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part
        self._depth = 0
        self.lines: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag == self._part
        if tag in _BLOCKS:
            self.lines.append("")
        given = dict(attrs)
        if self._depth and tag == "input" and given.get("value") and given.get("type") != "radio":
            self.lines[-1] += f"[{given['value']}]"
        if self._depth and tag in {"input", "option"} and {"checked", "selected"} & set(given):
            self.lines[-1] += "(x) "

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == self._part
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.lines[-1] += data


def text_of(html: str, part: str = "main") -> str:
    """Return the lines of one element; a filled input as `[value]`, a chosen one as `(x)`."""
    reader = _Reader(part)
    reader.feed(html)
    lines = (" ".join(line.split()) for text in reader.lines for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def expected(name: str) -> str:
    """Return the text a page must have, from `tests/web/pages/`."""
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
