"""The door to the real world; nothing is opened before a command needs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from crisis.settings import Settings
    from crisis.wiring import World
    from crisis.workshop import Workshop


@contextmanager
def open_world() -> "Iterator[World]":
    """
    Yield the world that the settings describe.

    Raises:
        UsageError: a setting makes no sense.
        UnreachableError: the log or the data folder cannot be reached.
    """
    from crisis import wiring

    # A test hands a world of its own in as the context's object.
    opener = click.get_current_context().obj or wiring.open_world
    with opener(settings()) as world:
        yield world


def workshop() -> "Workshop":
    """Return the house's files, without its log."""
    from crisis.workshop import open_workshop

    return open_workshop(settings())


def settings() -> "Settings":
    """Return the settings from the environment and from `.env`."""
    from crisis.settings import load_settings

    return load_settings()
