"""The providers: sinks that keep what they read, and whether they said yes to it."""

import json
import re
from email import message_from_bytes
from email.policy import default as mail_policy

from bench.faults.evidence import Arrival
from crisis.simulated.sinks.http import HttpAct, HttpSession, HttpSink, Post
from crisis.simulated.sinks.smtp import SmtpSink
from crisis.simulated.sinks.smtp_script import Mail, Stage

_LINK = re.compile(r"https?://\S+/p/\S+")
_REFUSES = 300


class WebProvider(HttpSink):
    """A webhook and SMS gateway that notes, with each message, what it answered."""

    def __init__(self, *, latency: float = 0.0, port: int = 0) -> None:
        super().__init__(latency=latency, port=port)
        self.latency = latency
        self._session = lambda background: HttpSession(self, background, latency=self.latency)
        self._arrivals: list[Arrival] = []

    def keep(self, post: Post) -> None:
        """Keep one request with what it is about to be told."""
        answer = self.answer_for(post.path)
        replies = answer.act is HttpAct.REPLY
        if not (replies and answer.status >= _REFUSES):
            self._arrivals.append(_from_post(post, sure=replies))
        super().keep(post)

    def hurry(self) -> None:
        """Answer at once from now on; whoever still waits is hung up on."""
        self.latency = 0.0
        self.drop_connections()

    def arrivals(self) -> list[Arrival]:
        """Return the messages that were not refused, oldest first."""
        return self._arrivals.copy()


class MailProvider(SmtpSink):
    """A mail relay that notes whether it said yes to what it read."""

    def __init__(self) -> None:
        super().__init__()
        self._arrivals: list[Arrival] = []

    def keep(self, sender: str, recipients: tuple[str, ...], data: bytes) -> None:
        """Keep one mail with what it is about to be told."""
        super().keep(sender, recipients, data)
        sure = self.fault(Stage.BODY, recipients) is None
        self._arrivals.append(_from_mail(self.mails[-1], sure=sure))

    def arrivals(self) -> list[Arrival]:
        """Return the mails that were not refused, oldest first."""
        return self._arrivals.copy()


def _from_post(post: Post, *, sure: bool) -> Arrival:
    content = json.loads(post.body)
    text = str(content.get("body") or content.get("text") or "")
    return Arrival(
        key=dict(post.headers).get("idempotency-key", ""),
        at=post.received,
        text=text,
        link=str(content.get("link") or "") or _link_in(text),
        sure=sure,
    )


def _from_mail(mail: Mail, *, sure: bool) -> Arrival:
    message = message_from_bytes(mail.data, policy=mail_policy)
    text = str(message.get_content())
    key = str(message["Message-ID"]).removeprefix("<crisis.").partition("@")[0]
    return Arrival(key=key, at=mail.received, text=text, link=_link_in(text), sure=sure)


def _link_in(text: str) -> str:
    found = _LINK.search(text)
    return "" if found is None else found[0]
