"""A house with a guard: its world, its limits, and what left it when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from crisis.core.contact import ChannelKind, Directory, Tlp
from crisis.core.event import AttemptHeld, AttemptStarted, Entry
from crisis.core.limit import limits_of
from crisis.usecases.guard import Guard, GuardRules
from crisis.usecases.reading import desk_for
from crisis.usecases.tick import tick
from tests.builders import T0, World, a_contact, a_directory, a_partner, a_playbook, a_world
from tests.usecases.waves import AtOnce

HTTP = ChannelKind.HTTP


class Kinds:
    """Knows a channel's kind by the end of its id."""

    def address(self, channel_id: str) -> str | None:
        """Return an address that leads nowhere."""
        return channel_id

    def kind(self, channel_id: str) -> ChannelKind | None:
        """Return the kind that the id ends in, None if it ends in none."""
        return next((kind for kind in ChannelKind if channel_id.endswith(f"-{kind}")), None)

    def max_tlp(self, channel_id: str) -> Tlp | None:
        """Return None: nothing is known."""
        del channel_id
        return None


@dataclass
class Ways:
    """Knows who carries which kind."""

    by_kind: Mapping[ChannelKind, tuple[str, ...]] = field(default_factory=dict)

    def providers(self, channel: str, kind: ChannelKind) -> tuple[str, ...]:
        """Return who carries a kind."""
        del channel
        return self.by_kind.get(kind, ())


def a_guard(
    contact: str = "",
    *,
    http: str = "",
    providers: Mapping[str, str] | None = None,
    ways: tuple[str, ...] = (),
) -> Guard:
    """Return a guard with these limits; `ways` are the providers of webhooks."""
    rules = GuardRules(
        contact=limits_of(contact),
        kinds={HTTP: limits_of(http)},
        providers={name: limits_of(text) for name, text in (providers or {}).items()},
    )
    return Guard(rules, routes=Ways({HTTP: ways}), addresses=Kinds())


def guarded(world: World, guard: Guard) -> World:
    """Return a world whose house has a guard."""
    return replace(world, desk=desk_for(replace(world.desk.house, guard=guard)))


def http_only(*names: str) -> Directory:
    """Return a directory of partners with a webhook each, and nobody above."""
    return a_directory(
        *(a_partner(name) for name in names),
        contacts=tuple(a_contact(name, kinds=(HTTP,)) for name in names),
    )


def a_crowd(size: int, guard: Guard) -> World:
    """Return a world in which one step asks so many partners."""
    return guarded(a_world(a_playbook(), http_only(*(f"p{n}" for n in range(size)))), guard)


def run(world: World, *, until: datetime) -> None:
    """Do what is due in all incidents, and go from wake-up to wake-up."""
    while True:
        wakes = [tick(world.desk, one, pool=AtOnce()) for one in world.desk.house.log.incidents()]
        later = min((wake for wake in wakes if wake is not None), default=None)
        if later is None or later > until:
            return
        world.clock.set(later)


def entries(world: World) -> list[Entry]:
    """Return the whole log in the order of writing."""
    log = world.desk.house.log
    return sorted(
        (entry for one in log.incidents() for entry in log.read(one)), key=lambda entry: entry.seq
    )


def claims(world: World) -> list[tuple[float, str]]:
    """Return after how many seconds who was written to, in order."""
    return [
        ((entry.at - T0).total_seconds(), entry.event.contact)
        for entry in entries(world)
        if isinstance(entry.event, AttemptStarted)
    ]


def holds(world: World) -> list[AttemptHeld]:
    """Return what was held back, in order."""
    return [entry.event for entry in entries(world) if isinstance(entry.event, AttemptHeld)]
