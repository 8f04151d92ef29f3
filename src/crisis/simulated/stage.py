"""A world of its own for rehearsals: a clock that is moved, a log in memory, nothing sent."""

from collections.abc import Set as AbstractSet
from datetime import datetime

from crisis.core.contact import Channel, ChannelKind, Directory, Tlp
from crisis.core.delivery import Outcome, OutcomeKind
from crisis.simulated.clock import FakeClock
from crisis.simulated.log import MemoryEventLog
from crisis.simulated.sender import RecordingSender
from crisis.usecases.guard import Guard, GuardRules
from crisis.usecases.house import House
from crisis.usecases.ports import Library
from crisis.usecases.reading import desk_for
from crisis.usecases.rehearse import Stage

OUT = Outcome(kind=OutcomeKind.DEFERRED, code="out")
# Links and codes of a rehearsal lead nowhere, so the key may be known.
SECRET = b"rehearsal"


class CountedIds:
    """Keeps the port `Ids` without chance: the same rehearsal always reads the same."""

    def __init__(self, prefix: str = "rehearsal-") -> None:
        self._prefix = prefix
        self._given = 0

    def incident_id(self, *, at: datetime) -> str:
        """Return the next id, such as `rehearsal-1`."""
        del at
        self._given += 1
        return f"{self._prefix}{self._given}"

    def code_word(self) -> str:
        """Return the code word of every rehearsal."""
        return "AHORN 47"


class NoAddresses:
    """Keeps the port `Addresses` without a single one: nothing may leave a rehearsal."""

    def address(self, channel_id: str) -> str | None:
        """Return None."""
        del channel_id
        return None

    def kind(self, channel_id: str) -> ChannelKind | None:
        """Return None."""
        del channel_id
        return None

    def max_tlp(self, channel_id: str) -> Tlp | None:
        """Return None: nothing is known."""
        del channel_id
        return None


class KnownKinds(NoAddresses):
    """Keeps the ports `Addresses` and `Routes` with the kinds of a directory's channels alone."""

    def __init__(self, directory: Directory) -> None:
        self._kinds = {channel.id: channel.kind for channel in _channels(directory)}

    def kind(self, channel_id: str) -> ChannelKind | None:
        """Return the channel's kind, or None if the directory has no such channel."""
        return self._kinds.get(channel_id)

    def providers(self, channel: str, kind: ChannelKind) -> tuple[str, ...]:
        """Return nothing: in a rehearsal a channel's own provider carries its messages."""
        del channel, kind
        return ()


def make_stage(
    library: Library,
    *,
    at: datetime,
    out: AbstractSet[str] = frozenset(),
    rules: GuardRules | None = None,
) -> Stage:
    """
    Return a stage that plays at a moment.

    `out` names what does not work: providers, kinds of channels, or channel ids. `rules`
    are the limits that hold there as they would in earnest.
    """
    clock, sender = FakeClock(at), RecordingSender()
    directory = library.directory(around=at)
    known = KnownKinds(directory)
    for channel in _channels(directory):
        if out & {channel.id, channel.kind.value, channel.provider}:
            sender.script(channel.id, OUT)
    house = House(
        log=MemoryEventLog(),
        clock=clock,
        stopwatch=clock,
        sender=sender,
        addresses=NoAddresses(),
        library=library,
        ids=CountedIds(),
        secret=SECRET,
        base_url="https://rehearsal.example",
        guard=None if rules is None else Guard(rules, routes=known, addresses=known),
    )
    return Stage(desk=desk_for(house), clock=clock)


def _channels(directory: Directory) -> tuple[Channel, ...]:
    return tuple(
        channel for contact in directory.contacts.values() for channel in contact.channels
    )
