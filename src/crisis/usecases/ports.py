"""
What the use cases need from the world.

Adapters keep these promises; `crisis.simulated` keeps them too, and the same
contract tests are run against both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crisis.core.consent_policy import ConsentPolicy
from crisis.core.contact import ChannelKind, Directory, Tlp
from crisis.core.delivery import Outcome, Outgoing
from crisis.core.event import Entry, Event
from crisis.core.playbook import Playbook
from crisis.core.register import Register

# Whether events that others wrote meanwhile stand against an append; pure and quick.
Minds = Callable[[Sequence[Event]], bool]
# What other incidents are told in the same transaction, by incident; the house itself says it.
Beside = Mapping[str, Sequence[Event]]


class Clock(Protocol):
    """Tells the time; asked once per decision."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class Stopwatch(Protocol):
    """Measures how long something took, whatever the clocks are set to meanwhile."""

    def seconds(self) -> float:
        """
        Return the real seconds since a fixed moment; never less than before.

        Time passes also while this process is stopped or the machine sleeps.
        """
        ...

    def rest(self, seconds: float) -> None:
        """Let so many seconds pass."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPlace:
    """Where a partner's link leads."""

    incident: str
    step: str
    partner: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFault:
    """An entry whose hash or place does not fit, with what is wrong in words."""

    incident: str
    version: int
    seq: int
    reason: str


class EventLog(Protocol):
    """The append-only log, hash-chained per incident."""

    def append(
        self,
        incident: str,
        events: Sequence[Event],
        *,
        actor: str,
        at: datetime,
        expected_version: int | None,
        minds: Minds | None = None,
        beside: Beside | None = None,
    ) -> tuple[Entry, ...]:
        """
        Append events in one transaction and return them as entries.

        With `expected_version` the append happens only if the incident's last
        version is exactly that (0: it does not exist yet); with None it always
        happens, because a fact about the world is never refused. With `minds` it
        also happens after that version, unless `minds` says of the events written
        since that they matter; whoever appends so reads the incident again. What
        stands `beside` goes into the logs of other incidents, under the house's own
        name and whatever their version: all of it is written, or nothing at all.

        Raises:
            LogMovedOnError: somebody else wrote first; nothing was appended.
            UnreachableError: the database does not answer. If the connection broke
                during the commit the events may be in the log all the same; the
                message then says so, and the caller reads before repeating anything.
        """
        ...

    def read(self, incident: str, *, after: int = 0, most: int | None = None) -> tuple[Entry, ...]:
        """Return an incident's entries above the version `after`, in order, the first `most`."""
        ...

    def incidents(self) -> tuple[str, ...]:
        """Return the ids of all incidents, oldest first."""
        ...

    def open_incidents(self) -> tuple[str, ...]:
        """Return the ids of the incidents that were not closed, oldest first."""
        ...

    def last_seq(self) -> int:
        """Return the highest `seq` in the log, 0 if it is empty."""
        ...

    def changed_since(self, seq: int) -> tuple[str, ...]:
        """Return the ids of the incidents that have an entry with a `seq` above this."""
        ...

    def find_link(self, link_hash: str) -> LinkPlace | None:
        """Return where the link with this SHA-256 leads, or None if it was never given out."""
        ...

    def verify(self, incident: str | None = None) -> tuple[ChainFault, ...]:
        """Return every fault in one incident's chain, or in all; empty means intact."""
        ...


class Sender(Protocol):
    """Carries one message to one contact; safe to be called from many threads."""

    def send(self, outgoing: Outgoing) -> Outcome:
        """Try once and return what became of it; never raises for a provider's fault."""
        ...


class Routes(Protocol):
    """Knows who may carry a message before it is claimed, so that limits of providers count."""

    def providers(self, channel: str, kind: ChannelKind) -> tuple[str, ...]:
        """
        Return the ids of the providers that may carry to a channel now, best first.

        Empty: the house has none for it, such as for a partner's own webhook.
        """
        ...


class Addresses(Protocol):
    """The addresses behind channel ids; they never enter the log."""

    def address(self, channel_id: str) -> str | None:
        """Return the channel's address or number, or None if the directory has none."""
        ...

    def kind(self, channel_id: str) -> ChannelKind | None:
        """Return the channel's kind, or None if the directory has no such channel."""
        ...

    def max_tlp(self, channel_id: str) -> Tlp | None:
        """Return the tightest label the channel may carry now, or None if that is not known."""
        ...


class Library(Protocol):
    """The playbooks, the directory and the register of agreements on disk, checked."""

    def playbook_ids(self) -> tuple[str, ...]:
        """Return the ids of all playbooks, sorted."""
        ...

    def playbook(self, playbook_id: str, *, region: str = "") -> Playbook:
        """
        Return a checked playbook with the overlays of a region; without one, as it stands.

        Raises:
            NotFoundError: there is none of this id; the message lists what exists.
            FindingsError: its file holds mistakes; the message lists them all.
        """
        ...

    def directory(self, *, around: datetime) -> Directory:
        """
        Return the checked directory with rotas and holidays worked out around a moment.

        Raises:
            FindingsError: its files hold mistakes; the message lists them all.
        """
        ...

    def consent_policy(self, *, region: str, around: datetime) -> ConsentPolicy | None:
        """Return what holds in a region's Land, None where the house keeps no policy for it."""
        ...

    def register(self, *, around: datetime) -> Register:
        """Return the agreements whose files have no mistake, with successors as of a moment."""
        ...


class Ids(Protocol):
    """Gives out names that nobody can guess or that were never used."""

    def incident_id(self, *, at: datetime) -> str:
        """Return a new incident id that sorts by time, such as `20261218-1920-k7m2`."""
        ...

    def code_word(self) -> str:
        """Return a code word that can be said on the telephone, such as `AHORN 47`."""
        ...
