"""
A group that knows its commands by name and loads one when it is called.

Its help reads from the table below the name, so that `crisis --help` imports
nothing; a test holds that table to the commands' own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command is written (`module:name`), and the first line of its help."""

    target: str
    short_help: str


class Group(click.Group):
    """A group that says what a mistyped command may have meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """
        Return the command that is called, and what is left of its words.

        Raises:
            UsageError: there is no such command; the message names the nearest.
        """
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            if near:
                message = f"No such command `{args[0]}`; did you mean `{near[0]}`?"
                raise click.UsageError(message, ctx) from error
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, each with its whole first line: click would cut it."""
        known = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, one.get_short_help_str(limit=1000)) for name, one in known if one]
            )


class LazyGroup(Group):
    """Holds commands it has not imported yet, in the order in which they are listed."""

    def __init__(self, *args: Any, places: Mapping[str, Place], **kwargs: Any) -> None:  # noqa: ANN401 -- click's own arguments
        super().__init__(*args, **kwargs)
        self.places = dict(places)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(self.places)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or None if there is none of this name."""
        place = self.places.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.target.partition(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            message = f"{place.target} is no command"
            raise TypeError(message)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.short_help) for name, place in self.places.items()])
