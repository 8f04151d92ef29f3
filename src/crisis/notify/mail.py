"""E-mail: Apprise reads the URL, we keep the connections."""

import ssl
from collections.abc import Callable
from typing import Any

from crisis.core.delivery import Outcome, Outgoing
from crisis.notify.apprise_door import NotifyEmail, NotifyFormat, register
from crisis.notify.mail_text import mail_text
from crisis.notify.mail_url import PLAIN, SECURE
from crisis.notify.pool import Pool
from crisis.notify.smtp import Letter, Mode, NotTakenError, Relay, SmtpConnection

# RFC 5321, 4.5.3.2.7 lets a relay hang up after five minutes; we leave well before.
REST_S = 60.0


class CrisisEmail(NotifyEmail):  # type: ignore[no-untyped-call]  # -- Apprise types it partly
    """
    A mail URL under our own schema (`crisismail://`, `crisismails://`).

    Apprise's own `send` opens a connection and loads the CA bundle per mail; the
    courier never calls it and hands `letter` to a `MailRoom` instead.
    """

    service_name = "Crisis mail"
    protocol = PLAIN
    secure_protocol = SECURE
    request_rate_per_sec = 0
    notify_format = NotifyFormat.TEXT

    def __init__(self, *, targets: list[str] | None = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Apprise's contract
        super().__init__(targets=targets, **kwargs)  # type: ignore[no-untyped-call]  # -- as above
        # Without a target Apprise would write to the sender.
        self._has_target = bool(targets)

    def faults(self) -> tuple[str, ...]:
        """Return in words what keeps this URL from reaching exactly one mailbox safely."""
        found = []
        if not self._has_target or not self.targets:
            found.append("it names no valid recipient; write ?to=name@place.example")
        elif len(self.targets) > 1 or self.cc or self.bcc:
            found.append("it names several recipients; give each a channel of its own")
        if not self.verify_certificate:
            found.append("verify=no is not honoured; name the relay's CA in CRISIS_CA_BUNDLE")
        if self.headers:
            found.append("headers of one's own (+Name=value) are not carried")
        if self.password and self.secure_mode == Mode.INSECURE and not self._is_near():
            found.append("a password would travel unencrypted; use mailtos:// or drop it")
        return tuple(found)

    def relay(self) -> Relay:
        """Return the mail server this URL names."""
        return Relay(
            host=self.smtp_host.strip("[]"),
            port=int(self.port or 0),
            mode=Mode(str(self.secure_mode)),
            user=self.user or "" if self.password else "",
            password=self.password or "",
        )

    def letter(self, outgoing: Outgoing) -> Letter:
        """Return the mail that carries a message to this URL's recipient."""
        name, sender = str(self.from_addr[0] or ""), str(self.from_addr[1])
        recipient = str(self.targets[0][1])
        text = mail_text(
            outgoing,
            sender=(name, sender),
            recipient=recipient,
            reply_to=", ".join(sorted(self.reply_to)),
        )
        return Letter(sender=sender, recipient=recipient, text=text)

    def _is_near(self) -> bool:
        return self.smtp_host.startswith("127.") or self.smtp_host in {"localhost", "[::1]", "::1"}


class MailRoom:
    """The connections to all relays, shared by all threads."""

    def __init__(self, context: Callable[[], ssl.SSLContext]) -> None:
        self._context = context
        self._pool: Pool[SmtpConnection] = Pool(rest=REST_S)

    def deliver(self, letter: Letter, relay: Relay, *, ends: float) -> Outcome:
        """
        Send one mail and return what became of it.

        A relay hangs up on idle connections when it likes. If that shows before
        the text is out, the mail cannot have been taken and is tried once more
        on a fresh connection.
        """
        try:
            waiting = self._pool.take(relay)
            if waiting is not None:
                try:
                    return self._over(waiting, letter, relay, ends=ends)
                except NotTakenError as refusal:
                    if not refusal.lost or waiting.line.timed_out:
                        raise
            fresh = SmtpConnection.open(relay, ends=ends, context=self._context)
            return self._over(fresh, letter, relay, ends=ends)
        except NotTakenError as refusal:
            return refusal.outcome

    def close(self) -> None:
        """Take leave of all relays."""
        self._pool.close()

    def _over(
        self, connection: SmtpConnection, letter: Letter, relay: Relay, *, ends: float
    ) -> Outcome:
        connection.line.ends = ends
        try:
            outcome = connection.deliver(letter)
        except NotTakenError as refusal:
            self._put_back(connection, relay, lost=refusal.lost)
            raise
        except BaseException:
            connection.close()
            raise
        self._put_back(connection, relay, lost=not connection.is_open())
        return outcome

    def _put_back(self, connection: SmtpConnection, relay: Relay, *, lost: bool) -> None:
        if lost:
            connection.close()
        else:
            self._pool.give(relay, connection)


register(CrisisEmail)
