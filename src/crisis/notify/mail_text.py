"""A message as the bytes of a plain-text mail (RFC 5322, 2045, 3834)."""

import binascii
import functools
import hashlib
import re
from email.header import Header
from email.utils import format_datetime, formataddr

from crisis.core.delivery import Outgoing

# RFC 5322, 2.1.1
LONGEST_LINE = 998
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def mail_text(
    outgoing: Outgoing, *, sender: tuple[str, str], recipient: str, reply_to: str = ""
) -> bytes:
    """
    Return the whole mail with CRLF line ends; `sender` is a name (or nothing) and an address.

    Two attempts differ in their Message-ID, two calls for one attempt do not: a
    relay or a mailbox can recognise the repeat.
    """
    body = text_of(outgoing).encode()
    is_short = all(len(line) <= LONGEST_LINE for line in body.split(b"\r\n"))
    plain = body.isascii() and is_short
    headers = [
        ("From", formataddr(sender, charset="utf-8")),
        ("To", recipient),
        *([("Reply-To", reply_to)] if reply_to else []),
        ("Subject", _subject(outgoing.title)),
        ("Date", format_datetime(outgoing.sent_at)),
        ("Message-ID", message_id(outgoing.id, domain=sender[1].rpartition("@")[2])),
        ("Auto-Submitted", "auto-generated"),
        *(
            [("Content-Language", outgoing.language)]
            if LANGUAGE.fullmatch(outgoing.language)
            else []
        ),
        ("MIME-Version", "1.0"),
        ("Content-Type", f"text/plain; charset={'us-ascii' if plain else 'utf-8'}"),
        ("Content-Transfer-Encoding", "7bit" if plain else "quoted-printable"),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    encoded = body if plain else binascii.b2a_qp(body, istext=True)
    return head.encode("ascii") + b"\r\n" + encoded


def message_id(attempt: str, *, domain: str) -> str:
    """Return the Message-ID of an attempt; it tells nothing of incident, step or partner."""
    return f"<crisis.{hashlib.sha256(attempt.encode()).hexdigest()[:32]}@{domain}>"


def text_of(outgoing: Outgoing) -> str:
    """Return the body with the link below it, unless it holds the link already; CRLF line ends."""
    lines = outgoing.body.splitlines()
    if outgoing.link and outgoing.link not in outgoing.body:
        lines += ["", outgoing.link]
    return "".join(f"{line}\r\n" for line in lines)


# One wave has one title; encoding it costs more than all the rest of the mail.
@functools.lru_cache(256)
def _subject(title: str) -> str:
    # A line break in a title must not begin a header of its own.
    one_line = " ".join(title.split())
    charset = "us-ascii" if one_line.isascii() else "utf-8"
    return Header(one_line, charset, header_name="Subject").encode(linesep="\r\n")
