"""What a mail sink may be told to do, and what it keeps."""

import ssl
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

ANYONE = "*"


class Stage(StrEnum):
    """The moment of a mail transaction at which something happens."""

    CONNECT = "connect"
    EHLO = "ehlo"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"  # the command, before the text
    BODY = "body"  # after the whole text was read


class Act(StrEnum):
    """What the relay does instead of saying yes."""

    REPLY = "reply"
    DROP = "drop"
    HANG = "hang"
    TRICKLE = "trickle"  # one character of the reply at a time, for ever


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """
    What to do at a stage; `reply` is the whole line, such as `550 5.1.1 unknown mailbox`.

    `every_s` is how many seconds a trickled character takes.
    """

    at: Stage
    act: Act = Act.REPLY
    reply: str = ""
    every_s: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail that was read whole, with the moment (monotonic seconds) it was complete."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes
    received: float


class Desk(Protocol):
    """What a session asks the sink it belongs to."""

    starttls: ssl.SSLContext | None
    credentials: tuple[str, str] | None
    pipelining: bool

    def fault(self, stage: Stage, recipients: tuple[str, ...] = ()) -> Fault | None:
        """Return what is to happen at a stage, or None if all goes well."""
        ...

    def accepts(self, token: str) -> bool:
        """Return whether an AUTH PLAIN token carries the right credentials."""
        ...

    def keep(self, sender: str, recipients: tuple[str, ...], data: bytes) -> None:
        """Keep one mail."""
        ...
