"""
A mail relay that takes everything and delivers nothing.

Small enough to need no package: the demo uses it too, so a test dependency
would not do. It speaks the part of RFC 5321 that a relay's client needs, with
STARTTLS (RFC 3207) or TLS from the first byte, and AUTH PLAIN (RFC 4954).
"""

import base64
import ssl
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from crisis.simulated.sinks.background import Background
from crisis.simulated.sinks.smtp_script import ANYONE, Fault, Mail, Stage
from crisis.simulated.sinks.smtp_session import SmtpSession


class SmtpSink:
    """
    Listen on the loopback address and keep every mail, in memory and as `.eml` files.

    `latency` is in seconds per reply. Give `starttls` or `smtps` a server
    context for encryption, `credentials` (user, password) to demand AUTH.
    """

    def __init__(
        self,
        *,
        folder: Path | None = None,
        latency: float = 0.0,
        starttls: ssl.SSLContext | None = None,
        smtps: ssl.SSLContext | None = None,
        credentials: tuple[str, str] | None = None,
        pipelining: bool = True,
        port: int = 0,
    ) -> None:
        self.starttls = starttls
        self.credentials = credentials
        self.pipelining = pipelining
        self.connected = 0
        self._folder = folder
        self._latency = latency
        self._faults: dict[str, Fault] = {}
        self._mails: list[Mail] = []
        self._arrival = threading.Condition()
        self._background = Background(self._accept, port=port, tls=smtps, name="smtp-sink")

    @property
    def host(self) -> str:
        """The address it listens on."""
        return self._background.host

    @property
    def port(self) -> int:
        """The port it listens on, once started."""
        return self._background.port

    @property
    def mails(self) -> tuple[Mail, ...]:
        """All mails that were read whole, in order."""
        with self._arrival:
            return tuple(self._mails)

    def start(self) -> Self:
        """
        Start to listen.

        Raises:
            OSError: the port is taken, or the folder cannot be made.
        """
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
        self._background.start()
        return self

    def stop(self) -> None:
        """Hang up on everybody and stop to listen."""
        self._background.stop()

    def script(self, recipient: str, fault: Fault | None) -> None:
        """Set, or with None lift, what happens to mail for a recipient (or `ANYONE`)."""
        if fault is None:
            self._faults.pop(recipient, None)
        else:
            self._faults[recipient] = fault

    def fault(self, stage: Stage, recipients: tuple[str, ...] = ()) -> Fault | None:
        """Return what is to happen at a stage, or None if all goes well."""
        for name in (*recipients, ANYONE):
            fault = self._faults.get(name)
            if fault is not None and fault.at is stage:
                return fault
        return None

    def accepts(self, token: str) -> bool:
        """Return whether a base64 AUTH PLAIN token carries the credentials."""
        user, password = self.credentials or ("", "")
        return base64.b64decode(token).decode() == f"\0{user}\0{password}"

    def keep(self, sender: str, recipients: tuple[str, ...], data: bytes) -> None:
        """Keep one mail."""
        mail = Mail(sender=sender, recipients=recipients, data=data, received=time.monotonic())
        with self._arrival:
            self._mails.append(mail)
            number = len(self._mails)
            self._arrival.notify_all()
        if self._folder is not None:
            (self._folder / f"{number:06d}.eml").write_bytes(data)

    def wait_for(self, count: int, *, within: float) -> tuple[Mail, ...]:
        """Return the mails as soon as there are so many, or what came within these seconds."""
        with self._arrival:
            self._arrival.wait_for(lambda: len(self._mails) >= count, timeout=within)
            return tuple(self._mails)

    def drop_connections(self) -> None:
        """Hang up on all clients, as a relay does with idle ones."""
        self._background.drop_connections()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _accept(self) -> SmtpSession:
        self.connected += 1
        return SmtpSession(self, self._background, latency=self._latency)
