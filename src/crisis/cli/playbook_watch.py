"""`crisis playbook check --watch`: an author writes, and the house reads along."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from crisis.cli import output
from crisis.errors import CrisisError

if TYPE_CHECKING:
    from crisis.workshop import Look, Workshop

# Soon enough for somebody who looks up after saving; a look at all files takes a millisecond.
_PAUSE = 0.2


def check_again_and_again(shop: "Workshop", paths: Sequence[Path]) -> None:
    """
    Check playbooks, and again whenever a file that the check reads has changed, until Ctrl-C.

    Raises:
        NotFoundError: a path does not exist at the beginning, or there is nothing to check.
    """
    with suppress(KeyboardInterrupt):
        # Looked at first: what changes while it is being read is read again.
        seen = shop.look(paths)
        told = shop.check_playbooks(paths).text
        while True:
            click.clear()
            output.say(told)
            output.complain(f"Watching {len(seen)} files; Ctrl-C ends.")
            seen = _changed(shop, paths, seen)
            told = _checked(shop, paths)


def _changed(shop: "Workshop", paths: Sequence[Path], seen: "Look") -> "Look":
    """Return what the files look like once they have changed, and are not being written."""
    last = seen
    while True:
        Event().wait(_PAUSE)
        look = shop.look(paths)
        if look == last and look != seen:
            return look
        last = look


def _checked(shop: "Workshop", paths: Sequence[Path]) -> str:
    try:
        return shop.check_playbooks(paths).text
    except CrisisError as error:
        # Editors take a file away before they put it back.
        return str(error)
