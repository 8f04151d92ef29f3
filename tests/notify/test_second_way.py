"""The second way, with a real HTTP service and a real mail relay at its ends."""

import json

from crisis.core.alarm import Occasion, alarm_text
from crisis.core.delivery import OutcomeKind
from crisis.notify.second_way import SecondWay, shared_hosts
from crisis.simulated.sinks.http import Answer, HttpSink
from crisis.simulated.sinks.smtp import SmtpSink
from tests.builders import T0

TEXT = alarm_text(Occasion.TEST, (), watcher="host-a", address="https://crisis.example")


def test_alarm_goes_to_every_address_at_once() -> None:
    with HttpSink() as web, SmtpSink() as relay:
        path = SecondWay(
            (
                f"json://127.0.0.1:{web.port}/ada",
                f"mailto://127.0.0.1:{relay.port}?from=wacht@crisis.example&to=bo@crisis.example",
            )
        )
        found = path.send(TEXT, id_="alarm/1", at=T0)
        path.close()
        posts, mails = web.kept, relay.kept

    assert [(each.name, each.arrived) for each in found] == [("alarm-1", True), ("alarm-2", True)]
    assert [json.loads(post.body)["title"] for post in posts] == [TEXT.title]
    assert [json.loads(post.body)["body"] for post in posts] == [TEXT.body]
    assert len(mails) == 1


def test_alarm_that_fails_says_where_and_may_be_sent_there_alone() -> None:
    with HttpSink() as web:
        web.script("/bo", Answer(status=503))
        path = SecondWay(
            (
                f"json://127.0.0.1:{web.port}/ada",
                f"json://127.0.0.1:{web.port}/bo",
                "no-such-service://x",
            )
        )
        unusable = path.unusable()
        first = path.send(TEXT, id_="alarm/1", at=T0)
        web.script("/bo", None)
        second = path.send(TEXT, id_="alarm/1", at=T0, only=("alarm-2",))
        path.close()
        paths = [post.path for post in web.kept]

    assert unusable == ("alarm-3",)
    assert [(each.outcome.kind, each.outcome.code) for each in first] == [
        (OutcomeKind.ACCEPTED, "200"),
        (OutcomeKind.DEFERRED, "503"),
        (OutcomeKind.REJECTED, "bad-address"),
    ]
    assert [(each.name, each.arrived) for each in second] == [("alarm-2", True)]
    assert sorted(paths) == ["/ada", "/bo", "/bo"]


def test_server_of_the_first_way_is_recognised_in_the_second() -> None:
    alarms = (
        "mailtos://eve:geheim@mail.example:465?to=ada@crisis.example",
        "json://sms.example/alarm",
        "mailtos://a:b@crisis.example?smtp=mail.example",
        "tgram://123:abc/456",
        "http://[broken",
    )
    first = ("mailto://relay:pw@mail.example:25", "", "http://[broken")

    assert shared_hosts(alarms, first) == ("alarm-1", "alarm-3")
    assert shared_hosts(alarms, ()) == ()
