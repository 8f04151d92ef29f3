"""Plain data with places, built from PyYAML's events without recursion."""

import re
from dataclasses import dataclass, field
from typing import Protocol

import yaml

MAX_DEPTH = 50
# Nobody mends more in one sitting; a file of nothing but mistakes must not fill the memory.
MAX_FINDINGS = 200
# Three times what a playbook of 500 steps holds. Each may be a mistake of a kilobyte.
MAX_VALUES = 100_000
# Of a file of 2 MB that means something each is longer. Each may be many mistakes of shape.
MAX_MAPPINGS = 20_000
# A file of 2 MB cannot hold more contacts; each entry may be several mistakes of shape.
MAX_ENTRIES = 10_000
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

YamlValue = None | bool | int | float | str | list["YamlValue"] | dict[str, "YamlValue"]
Loc = tuple[str | int, ...]


class Mark(Protocol):
    """What PyYAML says about a place, counted from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; both count from 1. `path` is set where several files were merged."""

    line: int
    column: int
    path: str = ""

    @classmethod
    def of(cls, mark: Mark | None) -> "Place":
        """Return the place of one of PyYAML's marks; without one, the top."""
        if mark is None:
            return cls(line=1, column=1)
        return cls(line=mark.line + 1, column=mark.column + 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that does not know its file yet."""

    place: Place
    code: str
    message: str
    hint: str = ""


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open; `key` is the one that waits for its value."""

    loc: Loc
    value: dict[str, YamlValue] | list[YamlValue]
    key: str | None = None
    refused: int = 0


@dataclass(slots=True)
class Builder:
    """Takes events one by one; afterwards `root`, `values`, `keys` and `findings` are filled."""

    root: YamlValue = None
    values: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _open: list[_Frame] = field(default_factory=list)
    _documents: int = 0
    _taken: int = 0
    _mappings: int = 0

    def take(self, event: yaml.Event) -> bool:
        """Take one event; return False when nothing after it is worth reading."""
        if len(self.findings) >= MAX_FINDINGS:
            return False
        too_much = self._too_much(event)
        if too_much:
            self._find(event, "YA002", too_much, "split it")
            return False
        match event:
            case yaml.DocumentStartEvent():
                return self._start_document(event)
            case yaml.AliasEvent():
                self._find(event, "YA007", f"alias `*{event.anchor}`", "write the value out")
                self._add(event, None)
            case yaml.ScalarEvent():
                self._refuse_marks(event)
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._refuse_marks(event)
                return self._start(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
            case _:
                pass
        return True

    def _too_much(self, event: yaml.Event) -> str:
        if self._taken >= MAX_VALUES:
            return f"the file holds more than {MAX_VALUES:,} values"
        self._mappings += isinstance(event, yaml.MappingStartEvent)
        if self._mappings > MAX_MAPPINGS:
            return f"the file holds more than {MAX_MAPPINGS:,} mappings"
        full = self._open and len(self._open[-1].value) >= MAX_ENTRIES
        if full and not isinstance(event, yaml.CollectionEndEvent):
            return f"one list or mapping holds more than {MAX_ENTRIES:,} entries"
        return ""

    def _start_document(self, event: yaml.Event) -> bool:
        self._documents += 1
        if self._documents > 1:
            self._find(event, "YA009", "a second document begins here", "use one file for each")
        return self._documents == 1

    def _find(self, event: yaml.Event, code: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(Place.of(event.start_mark), code, message, hint))

    def _refuse_marks(
        self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent
    ) -> None:
        if event.anchor is not None:
            self._find(event, "YA007", f"anchor `&{event.anchor}`", "write the value out")
        if event.tag is not None:
            self._find(event, "YA008", f"tag `{event.tag}`", "remove it")

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> bool:
        if len(self._open) >= MAX_DEPTH:
            self._find(event, "YA010", f"more than {MAX_DEPTH} levels of nesting")
            return False
        value: dict[str, YamlValue] | list[YamlValue] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        loc = self._add(event, value)
        self._open.append(_Frame(loc=loc, value=value))
        return True

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        frame = self._open[-1] if self._open else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._key(event, frame, event.value)
        else:
            self._add(event, event.value if event.style else scalar(event.value))

    def _key(self, event: yaml.Event, frame: _Frame, key: str) -> None:
        assert isinstance(frame.value, dict)  # noqa: S101 -- narrows the type; callers checked
        if not key:
            self._find(event, "YA012", "empty key")
        elif key in frame.value:
            line = self.keys[*frame.loc, key].line
            hint = f"it already stands in line {line}; remove one of the two"
            self._find(event, "YA011", f"duplicate key `{key}`", hint)
        else:
            self.keys[*frame.loc, key] = Place.of(event.start_mark)
        frame.key = key

    def _add(self, event: yaml.Event, value: YamlValue) -> Loc:
        place = Place.of(event.start_mark)
        self._taken += 1
        if not self._open:
            self.root = value
            self.values[()] = place
            return ()
        frame = self._open[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
            loc: Loc = (*frame.loc, len(frame.value) - 1)
        elif frame.key is None:
            # A list, mapping or alias where a key belongs: kept under a name that no
            # author can write, so that reading can go on.
            self._find(event, "YA012", "a key must be a plain word")
            frame.key = f"\0{len(frame.value)}"
            return (*frame.loc, frame.key)
        else:
            loc = (*frame.loc, frame.key)
            frame.value[frame.key] = value
            frame.key = None
        self.values.setdefault(loc, place)
        return loc


def scalar(text: str) -> YamlValue:
    """Return an unquoted scalar's value by YAML 1.2; `no`, `1:30` and `012` are texts."""
    if text in _NULL:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text):
        return float(text)
    return text
