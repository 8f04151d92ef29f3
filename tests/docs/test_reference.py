"""The reference is what the code says, and leaves nothing out."""

import json
from pathlib import Path
from typing import get_args

import click

from crisis import errors
from crisis.core.event import Event
from crisis.core.message import PLACEHOLDERS
from crisis.loading.rules import RULES
from crisis.loading.schema import playbook_schema
from crisis.settings import Settings, variable
from tests.docs.pages import REFERENCE
from tools.reference.__main__ import stale
from tools.reference.command import leaves, root_command
from tools.reference.event import kind_of


def text_of(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def test_reference_is_fresh() -> None:
    assert stale(REFERENCE) == ()


def test_reference_notices_a_page_that_is_not_what_the_code_says(tmp_path: Path) -> None:
    for page in REFERENCE.glob("*.md"):
        (tmp_path / page.name).write_bytes(page.read_bytes())
    (tmp_path / "rules.md").write_text("# Rules\n", encoding="utf-8")
    (tmp_path / "events.md").unlink()

    assert stale(tmp_path) == ("events.md", "rules.md")


def test_reference_names_every_event() -> None:
    page = text_of("events.md")

    assert [kind for kind in map(kind_of, get_args(Event)) if f"## {kind}\n" not in page] == []


def test_reference_names_every_command() -> None:
    root, page = root_command(), text_of("commands.md")
    found = leaves(root, click.Context(root, info_name="crisis"))

    assert [
        context.command_path for _, context in found if f"## {context.command_path}\n" not in page
    ] == []


def test_reference_names_every_setting() -> None:
    page = text_of("settings.md")

    assert [name for name in Settings.model_fields if f"| `{variable(name)}` |" not in page] == []


def test_reference_names_every_rule() -> None:
    page = text_of("rules.md")

    assert [code for code in RULES if f"| `{code}` |" not in page] == []


def test_reference_names_every_key_of_a_playbook() -> None:
    schema = json.loads(playbook_schema())
    shapes = (schema, *schema["$defs"].values())
    keys = {key for shape in shapes for key in shape.get("properties", {})}
    page = text_of("playbook-language.md")

    assert [key for key in sorted(keys) if f"| `{key}` |" not in page] == []


def test_reference_names_every_placeholder() -> None:
    page = text_of("playbook-language.md")

    assert [name for name in sorted(PLACEHOLDERS) if f"| `{{{name}}}` |" not in page] == []


def test_reference_names_every_exit_code() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.exit_code for kind in kinds if issubclass(kind, errors.CrisisError)}
    page = text_of("exit-codes.md")

    assert [code for code in sorted({0, *codes}) if f"| {code} |" not in page] == []
