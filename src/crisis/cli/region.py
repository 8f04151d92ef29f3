"""Regions as people type them: an official key, or a name."""

from crisis.core.region import NAMES, is_key
from crisis.errors import NotFoundError


def read_region(text: str) -> str:
    """
    Return the official key of a region given as key (`14612`) or name (`Dresden`).

    Raises:
        NotFoundError: there is no such region; the message lists those with a name.
    """
    wanted = text.strip()
    if is_key(wanted):
        return wanted
    named = {name.casefold(): key for key, name in NAMES.items()}
    short = {name.casefold().removeprefix("landkreis "): key for key, name in NAMES.items()}
    key = named.get(wanted.casefold()) or short.get(wanted.casefold())
    if key is None:
        listed = ", ".join(f"{key} {name}" for key, name in NAMES.items())
        raise NotFoundError(
            f"there is no region `{text}`. Give an official key of 2, 5 or 8 digits,"
            f" or one of these names: {listed}"
        )
    return key
