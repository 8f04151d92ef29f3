"""The page of events: every kind of entry in the log, with what it holds."""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from tools.reference.markdown import head, table

_INTRO = """
An event is a recorded fact; pages call it a log entry.
Every entry also has a place in the log, a moment (`at`), an actor and a hash:
see [the log's format](log-format.md).
`happened_at` is when something took place;
where it differs from `at`, the entry was made late and is shown as such.
Events hold ids, never names, addresses or numbers, and never the text of a message.
"""
_PLAIN: Mapping[type[Any], str] = MappingProxyType(
    {
        str: "text",
        int: "whole number",
        float: "number",
        bool: "true or false",
        datetime: "moment",
        timedelta: "duration",
        type(None): "nothing",
    }
)


def page(kinds: Sequence[type[Any]]) -> str:
    """Describe event classes in the order given; each has a field `kind` with its default."""
    return head("Log entries") + _INTRO + "".join(map(_section, kinds))


def kind_of(event: type[Any]) -> str:
    """Return what the log calls an event, such as `attempt-started`."""
    return str(get_args(get_type_hints(event)["kind"])[0])


def _section(event: type[Any]) -> str:
    hints = get_type_hints(event)
    rows = [
        (f"`{field.name}`", _named(hints[field.name]))
        for field in fields(event)
        if field.name != "kind"
    ]
    words = inspect.cleandoc(event.__doc__ or "")
    return f"\n## {kind_of(event)}\n\n{words}\n" + table(("holds", "as"), rows)


def _named(kind: Any) -> str:  # noqa: ANN401 -- any annotation at all
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(f"`{member.value}`" for member in kind)
    parts = [part for part in get_args(kind) if part is not Ellipsis]
    if get_origin(kind) is tuple:
        return f"list of {_named(parts[0])}"
    if get_origin(kind) is Mapping:
        return f"mapping of {_named(parts[0])} to {_named(parts[1])}"
    if parts:
        return " or ".join(map(_named, parts))
    return _PLAIN.get(kind, f"{kind.__name__.lower()}, whole")
