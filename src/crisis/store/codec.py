"""
An event becomes a kind and plain JSON data, and comes back equal.

A shape that was once written must be readable for ever. When an event class
changes, the entries on disk stay as they are: an upcaster lifts the old data
into the next shape while it is read. Data of the second and later shapes say so
under `_schema`; its absence means the first.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from crisis.core.event import Erased, Event
from crisis.errors import BrokenChainError, UnreachableError
from crisis.store.chain import ERASED_DATA

Data = dict[str, Any]
Upcaster = Callable[[Data], Data]

# Lifts the data of (kind, schema) into the shape of schema + 1. Never remove one.
UPCASTERS: Mapping[tuple[str, int], Upcaster] = {}

_SCHEMA = "_schema"
_MARKED = f'{{"{_SCHEMA}":'


class Codec:
    """Translates events of the given classes, with upcasters by (kind, schema)."""

    def __init__(
        self, classes: Iterable[type], upcasters: Mapping[tuple[str, int], Upcaster]
    ) -> None:
        self._classes = {kind_of(cls): cls for cls in classes}
        # Building one takes milliseconds; each is built when its kind is first met.
        self._adapters: dict[str, TypeAdapter[Event]] = {}
        self._upcasters = dict(upcasters)
        self._schemas = {
            kind: 1 + sum(known == kind for known, _ in upcasters) for kind in self._classes
        }

    def encode(self, event: Event) -> tuple[str, Data]:
        """
        Return an event's kind and its data: text, numbers, lists and mappings only.

        Raises:
            TypeError: the class is no event, or a value has a type its field does not allow;
                written, it could never be read again.
        """
        kind = event.kind
        if self._classes.get(kind) is not type(event):
            raise TypeError(f"{type(event).__name__} is not in the Event union; add it there")
        data = self._dump(event)
        del data["kind"]
        _sort_holidays(data)
        if self._schemas[kind] > 1:
            data[_SCHEMA] = self._schemas[kind]
        return kind, data

    def decode(self, kind: str, data: Data) -> Event:
        """
        Return the event that was written as this kind and data, lifting old shapes.

        Raises:
            UnreachableError: a newer version of crisis wrote it.
            BrokenChainError: the data do not make an event of this kind.
        """
        lifted = self._lift(kind, dict(data))
        try:
            return self._adapter(kind).validate_python(lifted)
        except ValidationError as error:
            raise _unreadable(kind) from error

    def decode_text(self, kind: str, text: str) -> Event:
        """Return the event behind canonical JSON text; `decode` says what can go wrong."""
        if text == ERASED_DATA:
            return Erased(what=kind)
        # In canonical JSON `_schema` comes first, so most entries need no second parsing.
        if self._schemas.get(kind) != 1 or text.startswith(_MARKED):
            try:
                return self.decode(kind, json.loads(text))
            except ValueError as error:
                raise _unreadable(kind) from error
        try:
            return self._adapter(kind).validate_json(text)
        except ValidationError as error:
            raise _unreadable(kind) from error

    def _dump(self, event: Event) -> Data:
        adapter = self._adapter(event.kind)
        try:
            return dict(adapter.dump_python(event, mode="json", warnings="error"))
        except (PydanticSerializationError, AttributeError):
            # Read-only mappings are unknown to pydantic; what else it stumbles over is a mistake.
            pass
        try:
            plain = adapter.dump_python(event, mode="json", warnings="none", fallback=_plain)
            if adapter.validate_python(plain) == event:
                return dict(plain)
        except (PydanticSerializationError, AttributeError, ValidationError) as error:
            raise TypeError(f"This {event.kind} could not be read again: {error}") from error
        raise TypeError(f"This {event.kind} would be read as something else")

    def _adapter(self, kind: str) -> TypeAdapter[Event]:
        if kind not in self._adapters:
            self._adapters[kind] = TypeAdapter(self._classes[kind])
        return self._adapters[kind]

    def _lift(self, kind: str, data: Data) -> Data:
        schema = data.pop(_SCHEMA, 1)
        current = self._schemas.get(kind, 0)
        if schema > current:
            raise _newer(kind)
        for step in range(schema, current):
            data = self._upcasters[kind, step](data)
        return data


def kind_of(cls: type) -> str:
    """Return the word under which an event class is written."""
    return next(str(field.default) for field in fields(cls) if field.name == "kind")


def _plain(value: object) -> dict[object, object]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in the log")


def _sort_holidays(data: Data) -> None:
    # A set has no order of its own; the same directory must always give the same hash.
    directory = data.get("directory")
    if isinstance(directory, dict):
        directory["holidays"] = {
            land: sorted(days) for land, days in directory.get("holidays", {}).items()
        }


def _newer(kind: str) -> UnreachableError:
    return UnreachableError(
        f"The log holds an entry of the kind {kind} in a shape this version of crisis does not"
        " know: a newer version wrote it. Install that version, or open another database."
    )


def _unreadable(kind: str) -> BrokenChainError:
    # What was found there is not repeated: it may be anything, and this goes into logs.
    return BrokenChainError(
        f"The data of an entry of the kind {kind} cannot be read."
        " Run `crisis log verify` to see which entries were altered."
    )


CODEC = Codec(get_args(Event), UPCASTERS)
