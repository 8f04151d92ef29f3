"""The table of replies, line by line."""

import pytest

from crisis.core.delivery import Outcome
from crisis.notify.smtp_reply import Moment, outcome_of
from tests.notify.messages import deferred, rejected, unknown


@pytest.mark.parametrize(
    ("moment", "reply", "outcome"),
    [
        (Moment.RCPT, "550 no such user", rejected("550")),
        (Moment.RCPT, "551 moved", rejected("551")),
        (Moment.RCPT, "553 bad name", rejected("553")),
        (Moment.RCPT, "521 takes no mail", rejected("521")),
        (Moment.RCPT, "556 domain takes no mail", rejected("556")),
        (Moment.RCPT, "501 not an address", rejected("501")),
        (Moment.TEXT, "501 bad argument", deferred("501")),
        (Moment.RCPT, "550 5.1.1 no such user", rejected("550")),
        (Moment.RCPT, "550 5.1.10 null MX", rejected("550")),
        (Moment.RCPT, "554 5.1.2 no such domain", rejected("554")),
        (Moment.RCPT, "550 5.1.7 bad sender", deferred("550")),
        (Moment.RCPT, "550 5.1.8 sender's domain", deferred("550")),
        (Moment.RCPT, "550 5.2.1 disabled", rejected("550")),
        (Moment.RCPT, "552 5.2.2 full", deferred("552")),
        (Moment.RCPT, "550 5.4.4 no route", rejected("550")),
        (Moment.RCPT, "554 5.7.1 relay access denied", deferred("554")),
        (Moment.RCPT, "550 5.7.26 policy", deferred("550")),
        (Moment.TEXT, "550 5.6.0 content", deferred("550")),
        (Moment.TEXT, "554 5.3.4 too large", deferred("554")),
        (Moment.TEXT, "552 too large", deferred("552")),
        (Moment.TEXT, "554 failed", deferred("554")),
        (Moment.TEXT, "550 no such user", rejected("550")),
        (Moment.RCPT, "530 sign in first", deferred("530")),
        (Moment.RCPT, "555 parameters", deferred("555")),
        (Moment.BEFORE, "550 5.1.1 whatever", deferred("550")),
        (Moment.BEFORE, "535 5.7.8 wrong password", deferred("535")),
        (Moment.RCPT, "450 4.2.0 busy", deferred("450")),
        (Moment.TEXT, "451 4.3.0 later", deferred("451")),
        (Moment.DATA, "250 what?", deferred("protocol")),
        (Moment.TEXT, "354 what?", unknown("protocol")),
        (Moment.TEXT, "-1 gibberish", unknown("protocol")),
    ],
)
def test_outcome_of_a_reply(moment: Moment, reply: str, outcome: Outcome) -> None:
    code, _, text = reply.partition(" ")
    assert outcome_of(moment, int(code), text.encode()) == outcome
