"""The keys of a playbook file, from its JSON Schema, put into the page about the language."""

from collections.abc import Iterator, Mapping
from typing import Any

from tools.reference.key_words import HEADINGS, ROOTS
from tools.reference.markdown import WRITTEN, table

BEGIN = "<!-- keys begin -->"
END = "<!-- keys end -->"
Schema = Mapping[str, Any]


def page(around: str, *schemas: Schema) -> str:
    """
    Return the page with its generated part written anew.

    Args:
        around: the page as it is; between `BEGIN` and `END` everything is replaced.
        schemas: the JSON Schemas of playbook files and of overlays.

    Raises:
        LookupError: a mark is missing, or a key or shape has no words.
    """
    before, begin, rest = around.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        message = f"the page lacks {BEGIN} or {END}"
        raise LookupError(message)
    return f"{before}{BEGIN}\n{WRITTEN}\n{keys(*schemas)}\n{END}{after}"


def keys(*schemas: Schema) -> str:
    """
    Describe every shape and its keys.

    Raises:
        LookupError: a shape has no heading or a key no meaning.
    """
    shapes: dict[str, Schema] = {}
    for root, schema in zip(ROOTS, schemas, strict=False):
        shapes |= {root: schema, **schema["$defs"]}
    strange = sorted(set(shapes) - set(HEADINGS))
    if strange:
        message = f"tools/reference/key_words.py has no heading for {', '.join(strange)}"
        raise LookupError(message)
    return "".join(_section(name, shapes[name]) for name in HEADINGS if name in shapes)


def _section(name: str, shape: Schema) -> str:
    needed = shape.get("required", ())
    rows = (
        (
            f"`{key}`",
            "yes" if key in needed else "",
            _taken(held),
            _meaning(name, key, held),
        )
        for key, held in shape.get("properties", {}).items()
    )
    words = shape.get("description", "")
    return f"\n### {HEADINGS[name]}\n\n{words}\n" + table(
        ("key", "needed", "takes", "meaning"), rows
    )


def _meaning(name: str, key: str, held: Schema) -> str:
    meaning = held.get("description")
    if not meaning:
        message = f"{key} of {name} has no description in src/crisis/loading"
        raise LookupError(message)
    return str(meaning) + _default(held)


def _default(held: Schema) -> str:
    default = held.get("default")
    written = str(default).lower() if isinstance(default, bool) else default
    return f" Without it: `{written}`." if isinstance(default, str | int) and default else ""


def _taken(held: Schema) -> str:
    return " or ".join(dict.fromkeys(_ways(held)))


def _ways(held: Schema) -> Iterator[str]:
    for part in (*held.get("anyOf", ()), *held.get("oneOf", ())):
        yield from _ways(part)
    if "$ref" in held:
        yield _linked(held["$ref"])
    elif "enum" in held:
        yield ", ".join(f"`{value}`" for value in held["enum"])
    elif "const" in held:
        yield f"`{held['const']}`" if isinstance(held["const"], str) else "`true`"
    elif held.get("type") == "array":
        yield f"list of {_taken(held['items'])}"
    elif held.get("type") == "object":
        values = held.get("additionalProperties")
        yield f"id: {_taken(values)}" if isinstance(values, Mapping) else "mapping"
    else:
        yield from _plain(held)


def _plain(held: Schema) -> Iterator[str]:
    names = {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}
    if held.get("format") == "date":
        yield "date"
    elif held.get("type") in names:
        yield names[held["type"]]


def _linked(reference: str) -> str:
    heading = HEADINGS[reference.rpartition("/")[2]]
    return f"[{heading.lower()}](#{heading.lower().replace(' ', '-')})"
