"""The runaway guard: what leaves now, what waits until when, and what comes first."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.core import event as ev
from crisis.core.contact import ChannelKind
from crisis.core.delivery import Outcome, OutcomeKind
from crisis.core.event import AttemptEnded, AttemptHeld, AttemptStarted, Entry
from crisis.core.limit import limits_of
from crisis.core.playbook import Playbook
from crisis.simulated.sender import RecordingSender
from crisis.usecases import guard as guards
from crisis.usecases.guard import urgency_of
from crisis.usecases.steering import stand_down
from crisis.usecases.tick import claim, tick
from tests.builders import (
    T0,
    World,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    a_world,
    minutes,
    opened,
)
from tests.usecases.guarded import (
    a_crowd,
    a_guard,
    claims,
    guarded,
    holds,
    http_only,
    run,
)
from tests.usecases.waves import AtOnce

SECOND = timedelta(seconds=1)


def test_guard_lets_a_wave_out_as_fast_as_a_limit_allows_and_promises_each_its_time() -> None:
    world = a_crowd(7, a_guard(http="3/minute"))
    opened(world)

    run(world, until=T0 + minutes(5))

    assert claims(world)[:7] == [
        (0.0, "p0"),
        (0.0, "p1"),
        (60.0, "p2"),
        (60.0, "p3"),
        (120.0, "p4"),
        (120.0, "p5"),
        (180.0, "p6"),
    ]
    # Each was told its time once; nobody was told twice.
    assert [(held.contact, held.until, held.limit) for held in holds(world)][:5] == [
        ("p2", T0 + minutes(1), "http 3/minute"),
        ("p3", T0 + minutes(1), "http 3/minute"),
        ("p4", T0 + minutes(2), "http 3/minute"),
        ("p5", T0 + minutes(2), "http 3/minute"),
        ("p6", T0 + minutes(3), "http 3/minute"),
    ]


def test_guard_says_when_to_look_again_if_all_is_held_back() -> None:
    world = a_crowd(1, a_guard("1/hour"))
    opened(world)
    claim(world.desk, "i1", room=8)
    opened(world)

    round_ = claim(world.desk, "i2", room=8)

    assert (round_.deliveries, round_.left, round_.is_quiet) == ((), 0, True)
    # The deadline comes before the message may leave, and is looked at first.
    assert round_.wake_at == T0 + minutes(15)
    assert [held.until for held in holds(world)] == [T0 + minutes(60)]


def test_guard_counts_over_all_incidents_and_other_engines() -> None:
    world = a_crowd(1, a_guard("3/minute"))
    other = guarded(world, a_guard("3/minute"))
    for _ in range(3):
        opened(world)
    assert len(claim(world.desk, "i1", room=8).deliveries) == 1
    assert len(claim(other.desk, "i2", room=8).deliveries) == 1

    # Reading what the other engine wrote is enough to know of it.
    world.desk.incidents.current("i2")

    assert len(claim(world.desk, "i3", room=8).deliveries) == 0


def test_guard_knows_what_left_before_a_restart() -> None:
    world = a_crowd(4, a_guard(http="3/minute"))
    opened(world)
    claim(world.desk, "i1", room=8)

    restarted = guarded(world, a_guard(http="3/minute"))
    opened(restarted)
    restarted.desk.incidents.gather(("i1", "i2"))

    assert len(claim(restarted.desk, "i2", room=8).deliveries) == 0
    # What was promised is known too: the queue goes on behind it.
    assert [held.until for held in holds(world)][2:] == [
        T0 + minutes(2),
        T0 + minutes(2),
        T0 + minutes(3),
        T0 + minutes(3),
    ]


def test_guard_holds_nothing_back_over_the_telephone_or_the_portal() -> None:
    silent = a_contact("ohs", kinds=(ChannelKind.PHONE_BY_HAND,))
    directory = a_directory(a_partner("ohs"), contacts=(silent,))
    world = guarded(a_world(a_playbook(), directory), a_guard("1/day"))
    for _ in range(3):
        opened(world)

    assert [len(claim(world.desk, f"i{n}", room=8).deliveries) for n in (1, 2, 3)] == [1, 1, 1]


def test_guard_takes_the_next_provider_rather_than_hold() -> None:
    limits = {"a": "3/minute", "b": "3/minute"}
    world = a_crowd(5, a_guard(providers=limits, ways=("a", "b")))
    opened(world)

    deliveries = claim(world.desk, "i1", room=8).deliveries

    assert [delivery.outgoing.provider for delivery in deliveries] == ["a", "a", "b", "b"]
    assert [(held.provider, held.limit) for held in holds(world)] == [("a", "provider a 3/minute")]


def test_guard_gives_room_for_a_message_that_another_provider_did_not_take() -> None:
    guard = a_guard(providers={"a": "9/minute", "b": "1/minute"}, ways=("a", "b"))

    assert guard.has_room("b", T0, "i1/A10/p0/1") is True
    assert guard.has_room("b", T0 + SECOND, "i1/A10/p1/1") is False
    assert guard.has_room("c", T0, "i1/A10/p1/1") is True
    assert guard.has_room("b", T0 + minutes(1), "i1/A10/p1/1") is True


def test_guard_counts_who_carried_a_message_in_the_end() -> None:
    guard = a_guard(providers={"b": "1/minute"}, ways=("a", "b"))
    ended = AttemptEnded(
        step="A10", partner="p0", n=1, outcome=OutcomeKind.ACCEPTED, code="250", provider="b"
    )

    guard.hear((Entry(seq=1, incident="i1", version=1, at=T0, actor="system", event=ended),))
    guard.hear(())

    assert guard.has_room("b", T0 + SECOND, "i1/A10/p1/1") is False


def test_guard_takes_back_what_was_not_claimed() -> None:
    world = a_crowd(1, a_guard("1/hour"))
    opened(world)
    guard = world.desk.house.guard
    incident = world.desk.incidents.current("i1")
    due = world.desk.incidents.planned(incident, now=T0, most=8)
    assert guard is not None
    assert due.view is not None

    judged = guard.judge(due.view, due.asks)
    guard.forget(due.view, judged)
    guard.forget(due.view, judged)

    assert len(claim(world.desk, "i1", room=8).deliveries) == 1


def test_guard_counts_neither_the_day_before_nor_channels_that_nobody_knows() -> None:
    guard = a_guard("1/hour")
    before, now = _claimed("c1", at=T0 - timedelta(days=2)), _claimed("c2", at=T0)
    strange = _held("c3", channel="gone", until=T0)

    guard.hear((before, strange, now))
    assert guard.remembered == 1

    # Two promises a day apart: the first one was never asked for.
    guard.hear((_held("c2", channel="c2-http", until=T0),))
    guard.hear((_held("c2", channel="c2-http", until=T0 + timedelta(days=2), partner="p1"),))
    assert guard.remembered == 1


def _held(contact: str, *, channel: str, until: datetime, partner: str = "p0") -> Entry:
    waits = AttemptHeld(
        step="A10",
        partner=partner,
        contact=contact,
        channel=channel,
        purpose=ev.Purpose.ASK,
        until=until,
        limit="contact 1/hour",
    )
    return Entry(seq=1, incident="i1", version=1, at=T0, actor="system", event=waits)


def test_guard_forgets_contacts_of_long_ago() -> None:
    guard = a_guard("1/hour")
    for number in range(guards.MANY + 1):
        at = T0 + timedelta(days=2) * (number == guards.MANY - 1)
        guard.hear((_claimed(f"c{number}", at=at),))

    assert guard.remembered == 2


def _claimed(contact: str, *, at: datetime) -> Entry:
    started = AttemptStarted(
        step="A10",
        partner="p0",
        n=1,
        contact=contact,
        channel=f"{contact}-http",
        purpose=ev.Purpose.ASK,
        level=0,
        possible_repeat=False,
        outside_hours=False,
        link_hash="",
        text_hash="",
    )
    return Entry(seq=1, incident="i1", version=1, at=at, actor="system", event=started)


def a_runaway() -> World:
    """Return a world that repeats to one contact as fast as its limit allows, and cannot more."""
    playbook = a_playbook(*(a_step(f"A{n}") for n in range(10, 40)))
    sender = RecordingSender({"ohs-http": [Outcome(kind=OutcomeKind.UNKNOWN, code="dropped")]})
    guard = a_guard("6/minute")
    world = guarded(a_world(playbook, http_only("ohs"), sender=sender), guard)
    opened(world)
    run(world, until=T0 + minutes(3))
    waiting = [
        held
        for obligation in world.desk.incidents.current("i1").obligations.values()
        for held in obligation.waiting(world.clock.now())
    ]
    assert len(waiting) > len(world.sender.sent)
    return world


def test_stand_down_does_not_wait_behind_repeats() -> None:
    world = a_runaway()
    sent = len(world.sender.sent)

    stand_down(world.desk, "i1", reason="Fehlalarm", by="ada")
    tick(world.desk, "i1", pool=AtOnce())

    assert [out.id for out in world.sender.sent[sent:]] == ["i1/A95/ohs/1"]


def test_new_message_takes_room_before_repeats_and_a_notice_before_both() -> None:
    playbook = a_playbook(a_step("A10"), a_step("A11"))
    world = guarded(a_world(playbook, http_only("ohs")), a_guard("3/minute"))
    opened(world)
    incident = world.desk.incidents.current("i1")
    due = world.desk.incidents.planned(incident, now=T0, most=8)
    guard = world.desk.house.guard
    assert guard is not None
    assert due.view is not None
    first, second = due.asks
    repeat = replace(first, purpose=ev.Purpose.REPEAT)
    notice = replace(first, purpose=ev.Purpose.OBSOLETE, n=2)
    asks = (repeat, second, notice)

    judged = guard.judge(due.view, asks)

    assert [urgency_of(due.view, ask).name for ask in asks] == ["AGAIN", "MANDATORY", "STOP"]
    # They keep their order, and the numbers of an obligation have no gap.
    assert judged.asks == ((second, ""), (replace(notice, n=1), ""))
    assert [held.purpose.value for held in judged.held] == ["repeat"]


@dataclass(frozen=True)
class Case:
    """What a law is tried with."""

    contact: str
    http: str
    fates: tuple[OutcomeKind, ...]
    openings: tuple[int, ...]
    size: int


CASES = st.builds(
    Case,
    contact=st.sampled_from(("", "1/minute", "2/minute, 5/10 minutes", "6/minute, 30/hour")),
    http=st.sampled_from(("", "1/30 seconds", "3/minute", "7/2 minutes")),
    fates=st.lists(st.sampled_from(OutcomeKind), min_size=1, max_size=6).map(tuple),
    openings=st.lists(st.integers(0, 200), min_size=1, max_size=4).map(tuple),
    size=st.integers(1, 5),
)


@settings(max_examples=40, deadline=None)
@given(CASES)
def test_law_of_guards_all_is_sent_and_no_window_holds_too_much(case: Case) -> None:
    names = tuple(f"p{n}" for n in range(case.size))
    sender = RecordingSender(
        {
            f"{name}-http": [Outcome(kind=kind, code="") for kind in (*case.fates, fate)]
            for name, fate in zip(names, (OutcomeKind.ACCEPTED,) * case.size, strict=True)
        }
    )
    world = guarded(
        a_world(two_steps(), http_only(*names), sender=sender),
        a_guard(case.contact, http=case.http),
    )
    for pause in case.openings:
        run(world, until=world.clock.now() + pause * SECOND)
        opened(world)
    run(world, until=world.clock.now() + timedelta(hours=6))

    asked = claims(world)
    by_contact: dict[str, list[float]] = defaultdict(list)
    for at, contact in asked:
        by_contact[contact].append(at)
    for moments in by_contact.values():
        within(moments, case.contact)
    within([at for at, _ in asked], case.http)
    owed = [
        obligation
        for one in world.desk.house.log.incidents()
        for obligation in world.desk.incidents.current(one).obligations.values()
    ]
    assert all(obligation.attempts for obligation in owed)
    assert not any(obligation.waiting(world.clock.now()) for obligation in owed)


def within(moments: list[float], limits: str) -> None:
    """Check that no window holds more than a limit allows."""
    for limit in limits_of(limits):
        for first, too_many in zip(moments, moments[limit.count :], strict=False):
            assert too_many - first >= limit.period.total_seconds()


def two_steps() -> Playbook:
    return a_playbook(a_step("A10"), a_step("A11"))
