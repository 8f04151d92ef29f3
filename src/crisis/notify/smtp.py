"""One mail transaction over a connection that may have served others before."""

import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from crisis.core.delivery import Outcome, OutcomeKind
from crisis.notify.line import Line, connect, fault_code
from crisis.notify.smtp_reply import NEVER, SUCCESS, Moment, outcome_of

CLOSING = 421
GO_AHEAD = 354


class Mode(StrEnum):
    """How a connection to a relay is encrypted."""

    INSECURE = "insecure"
    STARTTLS = "starttls"
    SSL = "ssl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A mail server and how to sign in; connections to equal relays are shared."""

    host: str
    port: int
    mode: Mode
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail to one mailbox, ready to be written to the relay (CRLF, not yet dot-stuffed)."""

    sender: str
    recipient: str
    text: bytes


class NotTakenError(Exception):
    """
    The relay did not take the mail, and cannot have taken it.

    `outcome` says what that means. `lost` is True when the connection went away
    rather than the relay saying no.
    """

    def __init__(self, outcome: Outcome, *, lost: bool = False) -> None:
        super().__init__(outcome.code)
        self.outcome = outcome
        self.lost = lost


class SmtpConnection(smtplib.SMTP):
    """
    A signed-in connection to a relay.

    `smtplib` speaks the protocol; the line underneath keeps the time.
    """

    def __init__(self, line: Line) -> None:
        # The name is given, for smtplib would ask the resolver for it, without a time limit.
        super().__init__(local_hostname=line.own_literal())
        self.line = line
        self.sock = line  # type: ignore[assignment] # -- has the methods smtplib uses
        self._needs_reset = False

    @classmethod
    def open(cls, relay: Relay, *, ends: float, context: Callable[[], ssl.SSLContext]) -> Self:
        """
        Connect, encrypt and sign in.

        Raises:
            NotTakenError: in every case in which that fails.
        """
        try:
            line = connect(relay.host, relay.port, ends=ends)
        except OSError as error:
            raise NotTakenError(_deferred(fault_code(error)), lost=True) from None
        try:
            if relay.mode is Mode.SSL:
                line.secure(context(), relay.host)
            connection = cls(line)
            connection.greet(relay, context)
        except OSError as error:
            line.close()
            raise NotTakenError(_deferred(_loss(error, line)), lost=True) from None
        except NotTakenError:
            line.close()
            raise
        return connection

    def greet(self, relay: Relay, context: Callable[[], ssl.SSLContext]) -> None:
        """
        Take the greeting, encrypt if the relay's mode says so, sign in.

        Raises:
            NotTakenError: the relay refused, or does not offer what the mode demands.
            OSError: the connection was lost.
        """
        _expect(220, self.getreply())
        self._hello()
        if relay.mode is Mode.STARTTLS:
            if not self.has_extn("starttls"):
                raise NotTakenError(_deferred("no-starttls"))
            _expect(220, self.docmd("STARTTLS"))
            self.line.secure(context(), relay.host)
            # What was said in the clear may have been forged (RFC 3207, 4.2).
            self.file = None
            self.helo_resp = self.ehlo_resp = None
            self.esmtp_features = {}
            self.does_esmtp = False
            self._hello()
        if relay.user:
            self._sign_in(relay)

    def deliver(self, letter: Letter) -> Outcome:
        """
        Send one mail to one mailbox and return what became of it.

        Raises:
            NotTakenError: refused or lost before the text was out.
        """
        try:
            self._envelope(letter)
            self.send(_stuffed(letter.text))
        except OSError as error:
            raise NotTakenError(_deferred(_loss(error, self.line)), lost=True) from None
        # From here on the relay may have the mail.
        try:
            code, text = self.getreply()
        except OSError as error:
            return Outcome(kind=OutcomeKind.UNKNOWN, code=_loss(error, self.line))
        if code in SUCCESS:
            return Outcome(kind=OutcomeKind.ACCEPTED, code=str(code))
        self._mark(code)
        return outcome_of(Moment.TEXT, code, text)

    def is_open(self) -> bool:
        """Return whether the relay may be spoken to again."""
        return self.sock is not None

    def is_quiet(self) -> bool:
        """Return whether an idle connection is still open."""
        return self.is_open() and self.line.is_quiet()

    def retire(self) -> None:
        """Say goodbye to an idle relay, without waiting for its answer, and hang up."""
        if self.is_open():
            self.line.say_goodbye(b"QUIT\r\n")
        self.close()

    def _hello(self) -> None:
        code, _text = self.ehlo()
        if code not in SUCCESS:
            _expect(250, self.helo())

    def _sign_in(self, relay: Relay) -> None:
        try:
            self.login(relay.user, relay.password)
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPResponseException as error:
            raise NotTakenError(outcome_of(Moment.BEFORE, error.smtp_code, b"")) from None
        except (smtplib.SMTPException, UnicodeError):
            # No method in common, or a password that no method can carry.
            raise NotTakenError(_deferred("no-sign-in")) from None

    def _envelope(self, letter: Letter) -> None:
        """
        Name sender and recipient and ask to send the text.

        A relay that offers PIPELINING (RFC 2920) gets all commands at once: one
        wait for three answers.
        """
        steps = [
            (Moment.BEFORE, 250, f"MAIL FROM:<{letter.sender}>"),
            (Moment.RCPT, 250, f"RCPT TO:<{letter.recipient}>"),
            (Moment.DATA, 354, "DATA"),
        ]
        if self._needs_reset:
            steps.insert(0, (Moment.BEFORE, 250, "RSET"))
            self._needs_reset = False
        if any("\r" in command or "\n" in command for _moment, _hoped, command in steps):
            raise ValueError("a mail address holds a line break")
        if self.has_extn("pipelining"):
            self._ask_at_once(steps)
        else:
            for step in steps:
                self._ask_at_once([step])

    def _ask_at_once(self, steps: Sequence[tuple[Moment, int, str]]) -> None:
        """Send commands together and take their answers; the first refusal counts."""
        self.send("".join(f"{command}\r\n" for _moment, _hoped, command in steps))
        refusal: tuple[Moment, int, bytes] | None = None
        code = 0
        for moment, hoped, _command in steps:
            try:
                code, text = self.getreply()
            except OSError:
                if refusal is None:
                    raise
                break
            if refusal is None and code // 10 != hoped // 10:
                refusal = (moment, code, text)
        if refusal is not None:
            self._refuse(*refusal, awaits_text=code == GO_AHEAD)

    def _refuse(self, moment: Moment, code: int, text: bytes, *, awaits_text: bool) -> None:
        if awaits_text:
            # No recipient was taken, so this ends an empty text that goes to nobody.
            self.send(b".\r\n")
            self.getreply()
        self._mark(code)
        # A relay that closes an idle connection says so in answer to the next command.
        lost = code == CLOSING and moment is Moment.BEFORE
        raise NotTakenError(outcome_of(moment, code, text), lost=lost)

    def _mark(self, code: int) -> None:
        """Remember to start anew, or hang up where nothing sensible can follow."""
        self._needs_reset = True
        if code == CLOSING or not SUCCESS.start <= code < NEVER.stop:
            self.close()


def _expect(hoped: int, reply: tuple[int, bytes]) -> None:
    code, text = reply
    if code != hoped:
        raise NotTakenError(outcome_of(Moment.BEFORE, code, text))


def _stuffed(text: bytes) -> bytes:
    body = text.replace(b"\r\n.", b"\r\n..")
    return (b"." if body.startswith(b".") else b"") + body + b".\r\n"


def _deferred(code: str) -> Outcome:
    return Outcome(kind=OutcomeKind.DEFERRED, code=code)


def _loss(error: OSError, line: Line) -> str:
    """Return the code of a loss; smtplib's own exceptions say nothing of the time."""
    if line.timed_out:
        return "timeout"
    if isinstance(error, smtplib.SMTPException):
        return "dropped"
    return fault_code(error)
