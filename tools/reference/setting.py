"""The page of settings, from their declaration and their words in a new `.env` file."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from tools.reference.markdown import head, table

_INTRO = """
Set them as variables of the environment or in a file `.env` in the working folder;
variables outrank the file.
`crisis init DIR` writes such a file with every setting commented out.
`crisis status --settings` shows what holds, with secrets hidden.
A name that is no setting, and a value that cannot be, end a command with exit code 2;
every mistake is named.
Folders may be relative to the working folder; names that end in `_S` are durations in seconds.
"""
_BOUNDS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


def page(groups: Mapping[str, Mapping[str, str]], fields: Mapping[str, FieldInfo]) -> str:
    """
    Describe every setting by its variable.

    Args:
        groups: title of a group -> field name -> meaning.
        fields: field name -> its declaration.
    """
    return head("Settings") + _INTRO + "".join(_group(*group, fields) for group in groups.items())


def _group(title: str, words: Mapping[str, str], fields: Mapping[str, FieldInfo]) -> str:
    rows = (
        (f"`CRISIS_{name.upper()}`", meaning, _taken(fields[name]), _default(fields[name]))
        for name, meaning in words.items()
    )
    return f"\n## {title}\n" + table(("variable", "meaning", "takes", "default"), rows)


def _taken(field: FieldInfo) -> str:
    kind: Any = field.annotation
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(kind))
    names = {part for part in (get_args(kind) or (kind,)) if part is not type(None)}
    return ", ".join((_named(names.pop()), *_bounds(field)))


def _named(kind: Any) -> str:  # noqa: ANN401 -- whatever pydantic takes as a type
    return {
        bool: "`true` or `false`",
        int: "whole number",
        float: "number",
        Path: "path",
        SecretStr: "text, secret",
    }.get(kind, "text")


def _bounds(field: FieldInfo) -> Iterator[str]:
    for bound in field.metadata:
        for name, sign in _BOUNDS.items():
            if hasattr(bound, name):
                yield f"{sign} {getattr(bound, name):,}"


def _default(field: FieldInfo) -> str:
    default = field.default
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, SecretStr) or default is None or not str(default):
        return ""
    return f"`{default}`"
