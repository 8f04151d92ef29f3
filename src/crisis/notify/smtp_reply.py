"""
What a mail relay's reply says about one address.

A hard failure sends the engine to the partner's next channel at once and tells
the directory that this address is dead, so only replies about *the address* are
hard. A reply about us, the relay or the message says nothing about the address.

At RCPT and after the text, a 5xx reply is read like this (enhanced codes:
RFC 3463; where a reply has one, it decides):

| reply                        | meaning                              | outcome  |
|------------------------------|--------------------------------------|----------|
| x.1.*                        | no such mailbox, domain, bad address | rejected |
| x.2.1, x.2.3, x.2.4          | mailbox disabled, takes no such mail | rejected |
| x.2.0, x.2.2                 | mailbox, no more said; mailbox full  | deferred |
| x.4.*                        | no route to the domain, mail loop    | rejected |
| x.3.*, x.5.*, x.6.*, x.7.*   | relay, protocol, content, policy     | deferred |
| 552                          | full, or too large                   | deferred |
| 500-504, 530, 534, 535, 538  | protocol, sign-in                    | deferred |
| 554, 555                     | policy or transaction, parameters    | deferred |
| 501 at RCPT                  | the address is not one               | rejected |
| 550, 551, 553, 521, 556, 5xx | unknown, moved, takes no mail        | rejected |

Two exceptions: x.1.7 and x.1.8 are about *our* sender address, so deferred.
Before RCPT (greeting, EHLO, STARTTLS, AUTH, MAIL) every refusal is about us or
the relay: deferred. A 4xx reply is deferred wherever it comes.
"""

import re
from enum import StrEnum

from crisis.core.delivery import Outcome, OutcomeKind

ENHANCED = re.compile(rb"5\.(\d{1,3})\.(\d{1,3})\b")
# RFC 3463 detail codes that condemn the address although their subject does not.
MAILBOX_IS_DEAD = frozenset({1, 3, 4})
SENDER_IS_WRONG = frozenset({7, 8})
ADDRESSING, MAILBOX, ROUTING = 1, 2, 4
SUCCESS, NOT_NOW, NEVER = range(200, 300), range(400, 500), range(500, 600)
SYNTAX = 501
NOT_THE_ADDRESS = frozenset({500, 501, 502, 503, 504, 530, 534, 535, 538, 552, 554, 555})


class Moment(StrEnum):
    """When a reply came."""

    BEFORE = "before"  # greeting, EHLO, STARTTLS, AUTH, MAIL
    RCPT = "rcpt"
    DATA = "data"  # the command
    TEXT = "text"  # after the whole text


def outcome_of(moment: Moment, code: int, text: bytes) -> Outcome:
    """
    Return what a reply that is not the hoped-for one means (table above).

    A reply that is no reply (below 200, above 599, or a 2xx or 3xx out of
    place) leaves the fate open once the text is out.
    """
    word = str(code)
    if code in NOT_NOW:
        return Outcome(kind=OutcomeKind.DEFERRED, code=word)
    if code in NEVER:
        kind = OutcomeKind.REJECTED if _is_hard(moment, code, text) else OutcomeKind.DEFERRED
        return Outcome(kind=kind, code=word)
    lost = OutcomeKind.UNKNOWN if moment is Moment.TEXT else OutcomeKind.DEFERRED
    return Outcome(kind=lost, code="protocol")


def _is_hard(moment: Moment, code: int, text: bytes) -> bool:
    if moment is Moment.BEFORE:
        return False
    enhanced = ENHANCED.match(text)
    if enhanced is None:
        return code not in NOT_THE_ADDRESS or (code == SYNTAX and moment is Moment.RCPT)
    subject, detail = int(enhanced[1]), int(enhanced[2])
    if subject == ADDRESSING:
        return detail not in SENDER_IS_WRONG
    if subject == MAILBOX:
        return detail in MAILBOX_IS_DEAD
    return subject == ROUTING
