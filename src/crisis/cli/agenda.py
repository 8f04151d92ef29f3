"""A run on a narrow screen: a heading for each moment, below it a line for whatever happens."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from textwrap import wrap

from crisis.cli.moment import local, since
from crisis.cli.timeline import Beat

# Less than this beside the partner, and what happens goes into a line of its own.
_LEAST_ROOM = 34
_INDENT = 6


def agenda(moments: Sequence[Beat], *, origin: datetime, width: int) -> str:
    """
    Return moments as lines no longer than `width`, broken between words only.

    A single word that is longer keeps its length: half an id cannot be searched.
    """
    step = max((len(beat.step) for beat in moments), default=0)
    partner = max((len(beat.partner) for beat in moments), default=0)
    margin = step + partner + 6
    lines: list[str] = []
    for at, together in groupby(moments, key=lambda beat: beat.at):
        lines += ["", f"{local(at)}  {since(at, origin)}"]
        for beat in together:
            who = f"  {beat.step:<{step}}  {beat.partner:<{partner}}  "
            lines += _entry(who, _what(beat), margin=margin, width=width)
    return "\n".join(line.rstrip() for line in lines[1:])


def _entry(who: str, what: str, *, margin: int, width: int) -> Iterator[str]:
    if width - margin >= _LEAST_ROOM:
        first, *rest = _broken(what, width - margin)
        yield who + first
        yield from (" " * margin + line for line in rest)
        return
    if who.strip():
        yield who
    yield from (" " * _INDENT + line for line in _broken(what, width - _INDENT))


def _what(beat: Beat) -> str:
    channel = beat.channel_kind or beat.channel
    if not channel:
        return beat.what
    level = "" if beat.level is None else f", level {beat.level}"
    return f"{beat.contact} over {channel}{level}: {beat.what}"


def _broken(text: str, room: int) -> list[str]:
    return wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
