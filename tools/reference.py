"""
Write docs/reference/commands.md from the command line's own declarations.

With `--check`, write nothing and exit 1 when the page on disk is out of date.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

PAGE = Path("docs/reference/commands.md")
_HEAD = "# Commands\n\nWritten by `make reference` from the code. Do not edit.\n"


def page(root: click.Command) -> str:
    """Describe a command and every command below it as one Markdown page."""
    return _HEAD + "".join(_sections(root, click.Context(root, info_name=root.name)))


def _sections(command: click.Command, context: click.Context) -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield _section(command, context)
        return
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        if child is not None and not child.hidden:
            yield from _sections(child, click.Context(child, info_name=name, parent=context))


def _section(command: click.Command, context: click.Context) -> str:
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    lines = [f"\n## {context.command_path}\n\n{_prose(command.help)}\n\n```\n{usage}\n```\n"]
    records = (parameter.get_help_record(context) for parameter in command.params)
    # An argument nobody described already stands in the usage line.
    rows = [f"| `{_cell(row[0])}` | {_cell(row[1])} |\n" for row in records if row and row[1]]
    if rows:
        lines.append("\n| option | meaning |\n|---|---|\n")
    return "".join(lines + rows)


def _prose(text: str | None) -> str:
    """Take out click's marks: a backspace keeps lines as they are, a form feed ends the help."""
    return (text or "").partition("\f")[0].replace("\b\n", "").strip()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def root_command() -> click.Command:
    """
    Find the group behind the entry point `crisis`.

    Raises:
        LookupError: crisis.cli.main holds no click group.
    """
    module = importlib.import_module("crisis.cli.main")
    for value in vars(module).values():
        if isinstance(value, click.Group):
            value.name = "crisis"
            return value
    raise LookupError("crisis.cli.main holds no click group; the entry point wants one")


def main(arguments: list[str]) -> int:
    """Write the page, or compare it."""
    text = page(root_command())
    if "--check" not in arguments:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        print("Reference: up to date.")
        return 0
    print(f"{PAGE} is out of date; run make reference")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
