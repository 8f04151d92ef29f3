"""A new playbook, or a rehearsal of it, from the text of another one; comments stay."""

import json
import re
from collections.abc import Mapping


def redrafted(text: str, values: Mapping[str, str]) -> str:
    """
    Return the text of a YAML file with other values for some of its topmost keys.

    Values are YAML as it is to stand there, on one line. A key that the text does not have
    comes behind its first one; a comment behind a value of one line stays.
    """
    lines = text.splitlines()
    missing = dict(values)
    done: list[str] = []
    skipping = False
    for line in lines:
        key = _key(line)
        if key is None:
            # What is indented belongs to the key above it, and so does a list at its height.
            skipping = skipping and (not line.strip() or line.startswith((" ", "- ")))
            done += [] if skipping else [line]
            continue
        value = missing.pop(key, None)
        skipping = value is not None
        done.append(line if value is None else _with(line, key, value))
    first = next((place for place, line in enumerate(done) if _key(line)), -1)
    more = [f"{key}: {value}" for key, value in missing.items()]
    return "\n".join((*done[: first + 1], *more, *done[first + 1 :])) + "\n"


def quoted(text: str) -> str:
    """Return a text as YAML takes it, whatever stands in it."""
    return json.dumps(text, ensure_ascii=False)


def _key(line: str) -> str | None:
    match = re.match(r"([A-Za-z_][A-Za-z0-9_]*):(?:\s|$)", line)
    return match[1] if match else None


def _with(line: str, key: str, value: str) -> str:
    # A `#` in quotes or in braces is no comment; only plain values are looked at.
    comment = re.fullmatch(r"[a-z_]+:\s*(?:\"[^\"]*\"|[^\"'{\[#\s]*)(\s+#.*)", line)
    return f"{key}: {value}{comment[1] if comment else ''}"
