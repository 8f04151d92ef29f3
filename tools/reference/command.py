"""The page of commands, from the command line's own declarations."""

import importlib
from collections.abc import Iterator
from inspect import cleandoc

import click

from tools.reference.markdown import head, table


def page(root: click.Command) -> str:
    """Describe a command and every command below it as one Markdown page."""
    context = click.Context(root, info_name=root.name)
    return head("Commands") + "".join(_section(*found) for found in leaves(root, context))


def leaves(
    command: click.Command, context: click.Context
) -> Iterator[tuple[click.Command, click.Context]]:
    """Yield every command below a group that does something itself, and is not hidden."""
    if not isinstance(command, click.Group):
        yield command, context
        return
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        if child is not None and not child.hidden:
            yield from leaves(child, click.Context(child, info_name=name, parent=context))


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


def _section(command: click.Command, context: click.Context) -> str:
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    heading = f"\n## {context.command_path}\n\n{_prose(command.help)}\n\n```\n{usage}\n```\n"
    records = (parameter.get_help_record(context) for parameter in command.params)
    # An argument nobody described already stands in the usage line.
    rows = [(f"`{row[0]}`", row[1]) for row in records if row and row[1]]
    return heading + table(("option", "meaning"), rows)


def _prose(text: str | None) -> str:
    """Take out click's marks: a backspace keeps lines as they are, a form feed ends the help."""
    return cleandoc(text or "").partition("\f")[0].replace("\b\n", "").strip()
