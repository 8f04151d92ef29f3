"""Alarms are raised, repeated, tried again and called off."""

from datetime import timedelta

from crisis.core.alarm import Told, topics_of
from crisis.watch.siren import Siren
from tests.builders import T0
from tests.watch.concerns import DEAD, UNASKED, ListedWay

AGAIN = timedelta(minutes=10)


def a_siren(way: ListedWay, *, told: Told | None = None) -> Siren:
    return Siren(way, again=AGAIN, watcher="host-a", address="https://crisis.example", told=told)


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_alarm_goes_once_again_after_ten_minutes_and_is_called_off() -> None:
    way = ListedWay()
    siren = a_siren(way)

    for seconds in (0, 10, 590, 600, 610):
        siren.hear((DEAD,), now=T0 + after(seconds))
    for seconds in (620, 640, 650, 660):
        siren.hear((), now=T0 + after(seconds))

    both = ("alarm-1", "alarm-2")
    assert [(title, names) for title, _, names in way.sent] == [
        ("Crisis: ALARM / ALARM (1)", both),
        ("Crisis: ALARM besteht weiter / ALARM persists (1)", both),
        ("Crisis: Entwarnung / all clear", both),
    ]
    assert siren.state() == {
        "addresses": 2,
        "undelivered": [],
        "arrived": 6,
        "failed": 0,
        "sent_at": (T0 + after(650)).isoformat(),
        "told": None,
    }


def test_new_trouble_is_told_at_once_and_old_trouble_that_returns_is_not() -> None:
    way = ListedWay()
    siren = a_siren(way)

    siren.hear((DEAD,), now=T0)
    siren.hear((DEAD, UNASKED), now=T0 + after(10))
    siren.hear((UNASKED,), now=T0 + after(20))
    siren.hear((DEAD, UNASKED), now=T0 + after(30))

    assert [title for title, _, _ in way.sent] == [
        "Crisis: ALARM / ALARM (1)",
        "Crisis: ALARM / ALARM (2)",
    ]


def test_alarm_that_did_not_arrive_is_shown_and_tried_again_where_it_failed() -> None:
    way = ListedWay(deaf=frozenset({"alarm-2"}))
    siren = a_siren(way)

    siren.hear((DEAD,), now=T0)
    undelivered = siren.state()["undelivered"]
    siren.hear((DEAD,), now=T0 + after(9))
    siren.hear((DEAD,), now=T0 + after(10))
    way.deaf = frozenset()
    siren.hear((DEAD,), now=T0 + after(29))
    siren.hear((DEAD,), now=T0 + after(30))

    assert undelivered == ["alarm-2"]
    assert [names for _, _, names in way.sent] == [
        ("alarm-1", "alarm-2"),
        ("alarm-2",),
        ("alarm-2",),
    ]
    assert len({id_ for _, id_, _ in way.sent}) == 1
    assert siren.state()["undelivered"] == []
    assert (siren.state()["arrived"], siren.state()["failed"]) == (2, 2)


def test_alarm_of_a_predecessor_is_not_raised_anew_but_called_off() -> None:
    way = ListedWay()
    siren = a_siren(way, told=Told(topics=topics_of((DEAD,)), at=T0))

    siren.hear((DEAD,), now=T0 + after(60))
    siren.hear((), now=T0 + after(70))
    siren.hear((), now=T0 + after(100))

    assert [title for title, _, _ in way.sent] == ["Crisis: Entwarnung / all clear"]


def test_without_a_second_way_nothing_is_sent_and_nothing_fails() -> None:
    way = ListedWay(names=())
    siren = a_siren(way)

    siren.hear((DEAD,), now=T0)

    assert way.sent == []
    assert siren.state()["addresses"] == 0
    assert siren.state()["undelivered"] == []
