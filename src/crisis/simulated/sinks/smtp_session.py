"""One client's conversation with the mail sink."""

import asyncio

from crisis.simulated.sinks.background import Background, Connection
from crisis.simulated.sinks.smtp_script import Act, Desk, Fault, Stage

END_OF_TEXT = b"\r\n.\r\n"


class SmtpSession(Connection):
    """Read commands line by line, answer each, keep what was read whole."""

    def __init__(self, desk: Desk, background: Background, *, latency: float) -> None:
        super().__init__(background, latency=latency)
        self._desk = desk
        self._buffer = bytearray()
        self._encrypted = False
        self._in_text = False
        self._upgrade: asyncio.Task[None] | None = None
        self._verbs = {
            "EHLO": self._ehlo,
            "HELO": self._ehlo,
            "STARTTLS": self._starttls,
            "AUTH": self._auth,
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
        }
        self._sender: str | None = None
        self._recipients: tuple[str, ...] = ()
        self._signed_in = False

    def greet(self) -> None:
        """Say who speaks."""
        self._say(Stage.CONNECT, "220 sink.example ready")

    def data_received(self, data: bytes) -> None:
        """Take what came and handle it, unless an answer is being held back."""
        self._buffer += data
        self.go_on()

    def go_on(self) -> None:
        """Handle all complete lines, or the complete text."""
        while not self.busy and self.transport is not None:
            if self._in_text:
                if not self._take_text():
                    return
                continue
            end = self._buffer.find(b"\r\n")
            if end < 0:
                return
            line = self._buffer[:end].decode("utf-8", "replace")
            del self._buffer[: end + 2]
            self._command(line)

    def _command(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        handler = self._verbs.get(verb.upper())
        if handler is not None:
            handler(rest)
        elif verb.upper() == "QUIT":
            self.answer(b"221 bye\r\n", close=True)
        elif verb.upper() in {"RSET", "NOOP"}:
            self._sender, self._recipients = None, ()
            self.answer(b"250 ok\r\n")
        else:
            self.answer(b"502 5.5.1 not known here\r\n")

    def _ehlo(self, _rest: str) -> None:
        offers = ["sink.example", "8BITMIME", "ENHANCEDSTATUSCODES"]
        if self._desk.pipelining:
            offers.append("PIPELINING")
        if self._desk.starttls is not None and not self._encrypted:
            offers.append("STARTTLS")
        if self._desk.credentials is not None:
            offers.append("AUTH PLAIN")
        marks = "-" * (len(offers) - 1) + " "
        self._say(
            Stage.EHLO, "\r\n".join(f"250{m}{o}" for m, o in zip(marks, offers, strict=True))
        )

    def _starttls(self, _rest: str) -> None:
        if self._desk.starttls is None or self.transport is None:
            self.answer(b"502 5.5.1 not offered\r\n")
            return
        # Commands sent before the handshake are forgotten (RFC 3207, 6).
        self._buffer.clear()
        self.busy = True
        self.transport.write(b"220 go ahead\r\n")
        self._upgrade = self.background.loop.create_task(self._encrypt())

    async def _encrypt(self) -> None:
        transport, context = self.transport, self._desk.starttls
        if transport is None or context is None:
            return
        try:
            new = await self.background.loop.start_tls(transport, self, context, server_side=True)
        except OSError:
            transport.abort()
            return
        self.transport = new
        self._encrypted = True
        self.busy = False
        self.go_on()

    def _auth(self, rest: str) -> None:
        method, _, token = rest.partition(" ")
        if method.upper() == "PLAIN" and self._desk.accepts(token):
            self._signed_in = True
            self._say(Stage.AUTH, "235 2.7.0 welcome")
        else:
            self.answer(b"535 5.7.8 credentials refused\r\n")

    def _mail(self, rest: str) -> None:
        if self._desk.credentials is not None and not self._signed_in:
            self.answer(b"530 5.7.0 sign in first\r\n")
            return
        self._recipients = ()
        if self._say(Stage.MAIL, "250 2.1.0 ok"):
            self._sender = _address(rest)

    def _rcpt(self, rest: str) -> None:
        if self._sender is None:
            self.answer(b"503 5.5.1 who writes?\r\n")
            return
        recipient = _address(rest)
        if self._say(Stage.RCPT, "250 2.1.5 ok", (recipient,)):
            self._recipients += (recipient,)

    def _data(self, _rest: str) -> None:
        if not self._recipients:
            self.answer(b"503 5.5.1 nobody to send it to\r\n")
        elif self._say(Stage.DATA, "354 go ahead", self._recipients):
            self._in_text = True

    def _take_text(self) -> bool:
        """Take the text if it is complete; return whether it was."""
        if self._buffer.startswith(END_OF_TEXT[2:]):
            text, rest = b"", self._buffer[3:]
        else:
            end = self._buffer.find(END_OF_TEXT)
            if end < 0:
                return False
            text, rest = bytes(self._buffer[: end + 2]), self._buffer[end + 5 :]
        self._buffer = bytearray(rest)
        self._in_text = False
        sender, recipients = self._sender or "", self._recipients
        # A relay that hangs or hangs up here has the mail all the same: that is the
        # case in which the client cannot know.
        fault = self._desk.fault(Stage.BODY, recipients)
        if fault is None or fault.act is not Act.REPLY:
            text = text.replace(b"\r\n..", b"\r\n.")
            self._desk.keep(sender, recipients, text[1:] if text.startswith(b"..") else text)
        self._say(Stage.BODY, "250 2.0.0 kept", recipients)
        self._sender, self._recipients = None, ()
        return True

    def _say(self, stage: Stage, reply: str, recipients: tuple[str, ...] = ()) -> bool:
        """Answer as scripted; return whether all went well."""
        fault = self._desk.fault(stage, recipients)
        if fault is None:
            self.answer(reply.encode() + b"\r\n")
            return True
        self._play(fault)
        return False

    def _play(self, fault: Fault) -> None:
        match fault.act:
            case Act.REPLY:
                line = fault.reply
                self.answer(line.encode() + b"\r\n", close=line.startswith("421"))
            case Act.DROP:
                self.drop()
            case Act.HANG:
                self.busy = True
            case Act.TRICKLE:
                self.busy = True
                self._trickle(fault.every_s)

    def _trickle(self, every: float) -> None:
        if self.transport is not None:
            self.transport.write(b"2")
            self.background.loop.call_later(every, self._trickle, every)


def _address(rest: str) -> str:
    """Return what stands between the angle brackets."""
    return rest.partition("<")[2].partition(">")[0]
