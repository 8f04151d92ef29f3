"""An error that nobody foresaw: a line for the person, a file for the developer."""

import traceback
from pathlib import Path

from crisis.errors import CrisisError

FILE = "last-failure.txt"


def report(error: Exception) -> str:
    """
    Note where the error happened and return one plain line about it.

    The file holds places in the code and the error's class, not its message: a
    message may quote an address, a password or a partner's text.
    """
    kind = type(error).__name__
    file = _noted(error, kind)
    more = "run it again with CRISIS_DEBUG=1 to see where"
    if file is not None:
        more = f"{file} says where; CRISIS_DEBUG=1 shows all of it"
    return f"crisis met an error it does not know ({kind}); {more}."


def _noted(error: Exception, kind: str) -> Path | None:
    from crisis.settings import load_settings

    try:
        folder = load_settings().data_dir
        # Nothing is created here: a folder that does not exist yet stays that way.
        file = folder / FILE
        file.write_text("".join((*traceback.format_tb(error.__traceback__), kind, "\n")), "utf-8")
    except (OSError, CrisisError):
        return None
    return file
