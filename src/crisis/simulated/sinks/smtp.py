"""
A mail relay that takes everything and delivers nothing.

Small enough to need no package: the demo uses it too, so a test dependency
would not do. It speaks the part of RFC 5321 that a relay's client needs, with
STARTTLS (RFC 3207) or TLS from the first byte, and AUTH PLAIN (RFC 4954).
"""

import base64
import ssl
import time
from pathlib import Path

from crisis.simulated.sinks.sink import Sink
from crisis.simulated.sinks.smtp_script import ANYONE, Fault, Mail, Stage
from crisis.simulated.sinks.smtp_session import SmtpSession


class SmtpSink(Sink[Mail]):
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
        super().__init__(
            lambda background: SmtpSession(self, background, latency=latency),
            folder=folder,
            tls=smtps,
            port=port,
            name="smtp-sink",
        )
        self.starttls = starttls
        self.credentials = credentials
        self.pipelining = pipelining
        self._faults: dict[str, Fault] = {}

    @property
    def mails(self) -> tuple[Mail, ...]:
        """All mails that were read whole, in order."""
        return self.kept

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
        number = self._add(mail)
        if self._folder is not None:
            (self._folder / f"{number:06d}.eml").write_bytes(data)
