"""
The mistakes a caller can do something about.

Each class answers one question for the caller: what now? Its docstring is its
default message, written to the person who reads it; `exit_code` is what a
script sees (see `docs/reference/exit-codes.md`).
"""

import traceback


class CrisisError(Exception):
    """Something went wrong that has no better name."""

    exit_code = 1

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or " ".join((type(self).__doc__ or "").split()))


class FindingsError(CrisisError):
    """The files hold mistakes; each is listed with its place and its cure."""

    exit_code = 1


class UsageError(CrisisError):
    """The command was not understood. Add `--help` to see what it takes."""

    exit_code = 2


class NotFoundError(CrisisError):
    """There is nothing of this name. The message lists what exists."""

    exit_code = 3


class RefusedError(CrisisError):
    """The rules of the house forbid this. The message says which, and what is allowed."""

    exit_code = 4


class PersonalDataError(RefusedError):
    """
    The text seems to name a person or how to reach one; nothing of it was stored.

    Write numbers and needs only, no names, dates of birth, addresses or telephone numbers.
    """


class LinkUnknownError(NotFoundError):
    """This address leads nowhere. Check that it was copied whole."""


class LinkGoneError(RefusedError):
    """This page is no longer open. Call the sender by your own directory."""


class LogMovedOnError(CrisisError):
    """Somebody else wrote to this incident first. Read it again and decide anew."""

    exit_code = 4


class BrokenChainError(CrisisError):
    """The log was altered after it was written: a hash does not match its entry."""

    exit_code = 1


class UnreachableError(CrisisError):
    """A service this needs does not answer. The message says which, and what to do."""

    exit_code = 5


def without_words(error: BaseException) -> str:
    """
    Return an unforeseen error's class and the places it came through, for a log.

    Its own words stay out: they may quote a text, an address or a link.
    """
    places = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{places}".rstrip()
