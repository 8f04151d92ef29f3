"""Two engines over one log, interleaved in any order: nothing twice unmarked, nothing lost."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.core import event as ev
from crisis.core.claim import LATEST_SEND
from crisis.core.delivery import Outcome, OutcomeKind, Outgoing
from crisis.errors import LogMovedOnError
from crisis.simulated.clock import FakeClock
from crisis.simulated.sender import RecordingSender
from crisis.usecases.answering import Reply, acknowledge
from crisis.usecases.delivery import Delivery
from crisis.usecases.outcomes import carry_out
from crisis.usecases.reading import Desk, desk_for
from crisis.usecases.tick import claim, recover, tick
from tests.builders import World
from tests.interposed_log import RacedLog
from tests.usecases.waves import AtOnce, a_wave

PARTNERS = 6
WINDOW = 3
ENGINES = ("host-a", "host-b")
DOES = st.tuples(
    st.sampled_from(
        (
            *("claim", "race", "race", "raced by outcome", "raced by answer"),
            *("send", "send", "slow send", "wait", "stop", "kill", "answer"),
        )
    ),
    st.integers(0, 1),
    st.integers(0, PARTNERS - 1),
)


class _Punctual(RecordingSender):
    """A provider that notes how old each message was."""

    def __init__(self) -> None:
        super().__init__()
        self.clock: FakeClock | None = None
        self.ages: list[timedelta] = []

    def send(self, outgoing: Outgoing) -> Outcome:
        """Take the message."""
        if self.clock is not None:
            self.ages.append(self.clock.now() - outgoing.sent_at)
        return super().send(outgoing)


class _Engine:
    """One engine of the two: what it claimed and has not carried out, and its starts."""

    def __init__(self, world: World, name: str) -> None:
        self._world = world
        self._name = name
        self._boots = 0
        self.claimed: list[Delivery] = []
        self.desk = self._started()

    def _started(self) -> Desk:
        self._boots += 1
        return desk_for(replace(self._world.desk.house, engine=f"{self._name}.boot{self._boots}"))

    def claim(self) -> None:
        """Claim as far as the window allows."""
        free = WINDOW - len(self.claimed)
        try:
            self.claimed += claim(self.desk, "i1", room=free).deliveries
        except LogMovedOnError:
            return

    def send(self) -> None:
        """Carry out what was claimed first."""
        if self.claimed:
            carry_out(self.desk, self.claimed.pop(0))

    def send_slowly(self) -> None:
        """Hand a message over and record its outcome when the others gave it up."""
        if not self.claimed:
            return
        delivery = self.claimed.pop(0)
        passed = self._world.clock.seconds() - delivery.claimed_at
        if passed > self.desk.house.latest_send.total_seconds():
            carry_out(self.desk, delivery)
            return
        outcome = self.desk.house.sender.send(delivery.outgoing)
        self._world.clock.advance(seconds=61)
        tick(self._world.desk, "i1", pool=AtOnce())
        self._record(delivery, outcome)

    def _record(self, delivery: Delivery, outcome: Outcome) -> None:
        ended = ev.AttemptEnded(
            step=delivery.step,
            partner=delivery.partner,
            n=delivery.n,
            outcome=outcome.kind,
            code=outcome.code,
        )
        now = self._world.clock.now()
        self.desk.house.log.append("i1", (ended,), actor="system", at=now, expected_version=None)

    def kill(self) -> None:
        """End at once and start anew."""
        self.claimed.clear()
        self.desk = self._started()
        recover(self.desk)


def _play(
    world: World, log: RacedLog, engines: tuple[_Engine, _Engine], does: tuple[str, int, int]
) -> None:
    what, which, partner = does
    engine, other = engines[which], engines[1 - which]
    rivals = {
        "race": other.claim,
        "raced by outcome": other.send,
        "raced by answer": lambda: _answer(world, f"p{partner:03d}"),
    }
    if what in rivals:
        log.rival = rivals[what]
        engine.claim()
        log.rival = None
        return
    if what == "wait":
        world.clock.advance(seconds=20)
    elif what == "stop":
        # Suspended for a minute and more; what it claimed is stale when it wakes.
        world.clock.advance(seconds=65)
        other.claim()
    elif what == "answer":
        _answer(world, f"p{partner:03d}")
    else:
        {
            "claim": engine.claim,
            "send": engine.send,
            "slow send": engine.send_slowly,
            "kill": engine.kill,
        }[what]()


def _answer(world: World, partner: str) -> None:
    obligation = world.desk.incidents.current("i1").obligations.get(("A10", partner))
    if obligation is not None and not obligation.is_acknowledged:
        reply = Reply(incident="i1", step="A10", partner=partner, by=partner, via=ev.Via.PAGE)
        acknowledge(world.desk, reply)


@settings(max_examples=300)
@given(st.lists(DOES, max_size=25))
def test_two_engines_in_any_order_lose_nothing_and_mark_every_repeat(
    story: list[tuple[str, int, int]],
) -> None:
    log, provider = RacedLog(sealed=False), _Punctual()
    world = a_wave(PARTNERS, in_flight=WINDOW, log=log, sender=provider)
    provider.clock = world.clock
    engines = (_Engine(world, "host-a"), _Engine(world, "host-b"))

    for does in story:
        _play(world, log, engines, does)
    # In the end both live: what they claimed is carried out, and what was lost is asked again.
    for engine in engines:
        while engine.claimed:
            engine.send()
    world.clock.advance(seconds=61)
    tick(engines[0].desk, "i1", pool=AtOnce())

    _check_claims(world)
    _check_messages(world)
    assert max(provider.ages, default=timedelta()) <= LATEST_SEND


def _check_claims(world: World) -> None:
    """No message is claimed twice; a repeat comes after an unknown fate only, and is marked."""
    unknown: set[tuple[str, str]] = set()
    seen: Counter[tuple[str, str, int]] = Counter()
    contact_of: dict[tuple[str, int], str] = {}
    for entry in world.desk.house.log.read("i1"):
        event = entry.event
        if isinstance(event, ev.AttemptStarted):
            seen[event.step, event.partner, event.n] += 1
            contact_of[event.partner, event.n] = event.contact
            was_unknown = (event.partner, event.contact) in unknown
            if event.purpose is ev.Purpose.REPEAT:
                assert was_unknown
                assert event.possible_repeat
        elif isinstance(event, ev.AttemptEnded) and event.outcome is OutcomeKind.UNKNOWN:
            unknown.add((event.partner, contact_of[event.partner, event.n]))
    assert set(seen.values()) <= {1}


def _check_messages(world: World) -> None:
    """Everybody was written to or answered; at the same level, every later copy is marked."""
    incident = world.desk.incidents.current("i1")
    claims = {
        f"i1/{event.step}/{event.partner}/{event.n}": event
        for entry in world.desk.house.log.read("i1")
        if isinstance(event := entry.event, ev.AttemptStarted)
    }
    sent = [claims[outgoing.id] for outgoing in world.sender.sent]
    assert len({outgoing.id for outgoing in world.sender.sent}) == len(sent)
    first: set[tuple[str, str, int]] = set()
    for each in sorted(sent, key=lambda claimed: claimed.n):
        place = (each.partner, each.contact, each.level)
        if place in first and each.purpose in {ev.Purpose.ASK, ev.Purpose.REPEAT}:
            assert each.possible_repeat, each
        first.add(place)
    reached = {each.partner for each in sent}
    for (_, partner), obligation in incident.obligations.items():
        assert partner in reached or obligation.is_acknowledged
        assert not obligation.is_in_flight
    assert len(incident.obligations) == PARTNERS
