"""
YAML in which every key and value remembers its place.

Read with PyYAML's events rather than its loader, because the loader forgets
places, lets the last of two equal keys win and turns `no` into False. Scalars
follow YAML 1.2, with one tightening: digits with a leading zero stay text,
because they are region keys and telephone numbers.

    document, problems = read_yaml(path, shown_as="playbooks/flood.yaml")

`crisis.loading.shape.check_shape` puts a document into a pydantic model and turns
pydantic's findings into problems with a place.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import yaml

from crisis.loading.files import read_at_most
from crisis.loading.problem import Problem, Strength, in_order
from crisis.loading.yaml_builder import MAX_FINDINGS, Builder, Finding, Loc, Place, YamlValue

MAX_BYTES = 2_000_000
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
_HINTS = {
    "mapping values are not allowed here": (
        "put the text in quotes if it holds a colon, or check the indentation"
    ),
    "could not find expected ':'": "write `key: value`, with a space after the colon",
    "found unexpected end of stream": "close the quotation mark",
}

# libyaml reads ten times faster; a PyYAML that was built without it still reads.
_QUICK: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SOON_READ = 200_000

__all__ = ["Document", "Loc", "Place", "YamlValue", "read_yaml"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """
    One file's content with the places of its keys and values.

    A `Loc` is the way down from the top, keys and list indices:
    `("phases", 0, "steps", 2, "within")`.
    """

    path: str
    data: dict[str, YamlValue]
    values: Mapping[Loc, Place]
    keys: Mapping[Loc, Place]

    def place(self, loc: Loc, *, of_key: bool = False) -> Place:
        """
        Return where a value (or its key) stands, or else its nearest ancestor.

        Parts of `loc` that do not exist in the file are left out from the end, so
        that a missing key is reported where its mapping begins.
        """
        places = self.keys if of_key else self.values
        for length in range(len(loc), -1, -1):
            found = places.get(loc[:length]) or self.values.get(loc[:length])
            if found is not None:
                return found
        return Place(line=1, column=1)

    def problem(
        self,
        loc: Loc,
        code: str,
        message: str,
        *,
        hint: str = "",
        strength: Strength = Strength.ERROR,
    ) -> Problem:
        """Return a problem at the place of a value."""
        place = self.place(loc)
        return Problem(
            path=place.path or self.path,
            line=place.line,
            column=place.column,
            code=code,
            message=message,
            hint=hint,
            strength=strength,
        )


def read_yaml(path: Path, *, shown_as: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """
    Read one file and return its document and every mistake in its form.

    `shown_as` is the path that people read in problems. The document is None if
    its data cannot be trusted: then there is at least one error.
    """
    text, findings = _read_text(path)
    if text is not None:
        findings = [*findings, *_text_findings(text)]
    builder = Builder()
    if text is not None and not findings:
        findings = [*_parse_findings(text, builder), *builder.findings]
    if text is not None and not findings and not isinstance(builder.root, dict):
        findings = [_not_a_mapping(builder.root)]
    problems = in_order(_problem(shown_as, finding) for finding in findings)
    if problems or not isinstance(builder.root, dict):
        return None, problems
    document = Document(path=shown_as, data=builder.root, values=builder.values, keys=builder.keys)
    return document, ()


def _problem(path: str, finding: Finding) -> Problem:
    return Problem(
        path=path,
        line=finding.place.line,
        column=finding.place.column,
        code=finding.code,
        message=finding.message,
        hint=finding.hint,
    )


def _read_text(path: Path) -> tuple[str | None, list[Finding]]:
    top = Place(line=1, column=1)
    try:
        # Never more than that: a device has no size and no end.
        content = read_at_most(path, MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        return None, [Finding(top, "YA001", f"the file cannot be read: {reason}")]
    if len(content) > MAX_BYTES:
        return None, [Finding(top, "YA002", "the file is larger than 2 MB", "split it")]
    if content.startswith(BYTE_ORDER_MARKS):
        hint = "save it as UTF-8 without a byte order mark (BOM)"
        return None, [Finding(top, "YA003", "the file begins with a byte order mark", hint)]
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        message = f"the file is not UTF-8: byte 0x{content[error.start]:02x}"
        return None, [Finding(_place_after(before), "YA003", message, "save it as UTF-8")]


def _text_findings(text: str) -> Iterator[Finding]:
    for match in islice(_UNPRINTABLE.finditer(text), MAX_FINDINGS):
        place = _place_after(text[: match.start()])
        yield Finding(place, "YA004", f"control character U+{ord(match[0]):04X}", "remove it")
    for match in islice(_TAB_INDENT.finditer(text), MAX_FINDINGS):
        place = _place_after(text[: match.end() - 1])
        yield Finding(place, "YA005", "tab used for indentation", "write spaces")


def _place_after(text: str) -> Place:
    before = text.rpartition("\n")[2]
    return Place(line=text.count("\n") + 1, column=len(before) + 1)


def _parse_findings(text: str, builder: Builder) -> list[Finding]:
    finding = _parse(text, builder, _QUICK)
    if finding is None:
        return []
    # The slower reader names mistakes more plainly; a large file must not wait for it.
    plainer = _parse(text, Builder(), yaml.SafeLoader) if len(text) <= _SOON_READ else None
    return [plainer or finding]


def _parse(text: str, builder: Builder, loader: type[yaml.SafeLoader]) -> Finding | None:
    try:
        for event in yaml.parse(text, Loader=loader):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        place = Place.of(error.problem_mark or error.context_mark)
        what = error.problem or "something is missing"
        return Finding(place, "YA006", f"not valid YAML: {what}", _HINTS.get(what, ""))
    return None


def _not_a_mapping(root: YamlValue) -> Finding:
    what = "the file is empty" if root is None else "the file does not begin with `key: value`"
    return Finding(Place(line=1, column=1), "YA013", what)
