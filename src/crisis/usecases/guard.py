"""
The runaway guard: which of the messages that are due may leave now, which wait until when.

Counted are claims, over all incidents, by the moments the log gives them: so an
exercise's clock counts for an exercise, and whoever reads the same log counts the
same. What the limits leave no room for is held back with a time, never dropped.
"""

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import itemgetter
from threading import Lock

from crisis.core.contact import Channel, ChannelKind
from crisis.core.delivery import OutcomeKind
from crisis.core.event import AttemptEnded, AttemptHeld, AttemptStarted, Entry, Purpose
from crisis.core.limit import LONGEST, Limit, Urgency, next_room
from crisis.core.outlook import Outlook
from crisis.core.playbook import Mandatory
from crisis.core.pursuit import Ask
from crisis.usecases.ports import Addresses, Routes

# Nothing leaves the house over these: a human telephones, or the page waits.
SILENT = frozenset({ChannelKind.PHONE_BY_HAND, ChannelKind.PORTAL})
_AGAIN = frozenset({Purpose.REPEAT, Purpose.REMIND})
# So many contacts, kinds and providers are remembered before old ones are looked for.
MANY = 4096

Key = tuple[str, str]
Limits = tuple[Limit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRules:
    """The limits of a house: for each contact, for kinds of channels, for providers."""

    contact: Limits = ()
    kinds: Mapping[ChannelKind, Limits] = field(default_factory=dict)
    providers: Mapping[str, Limits] = field(default_factory=dict)
    any_provider: Limits = ()

    def of(self, key: Key) -> Limits:
        """Return the limits of a key: `("contact", id)`, `("kind", word)`, `("provider", id)`."""
        match key:
            case ("contact", _):
                return self.contact
            case ("kind", word):
                return self.kinds.get(ChannelKind(word), ())
            case _:
                return self.providers.get(key[1], self.any_provider)

    @property
    def limits_providers(self) -> bool:
        """Whether a provider has a limit, so that it matters who carries a message."""
        return bool(self.any_provider or any(self.providers.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Asks that may leave now, each with the provider whose room it takes, and what waits."""

    asks: tuple[tuple[Ask, str], ...] = ()
    held: tuple[AttemptHeld, ...] = ()

    @property
    def wake_at(self) -> datetime | None:
        """When the first of what waits may leave."""
        return min((held.until for held in self.held), default=None)


class _Window:
    """The moments of one key: of what left, and of what was promised a time."""

    __slots__ = ("_kept", "ids", "promised", "sent")

    def __init__(self, limits: Limits) -> None:
        # Only so many of the latest decide when there is room.
        self._kept = max((limit.count for limit in limits), default=0)
        self.sent: list[datetime] = []
        self.ids: dict[str, datetime] = {}
        self.promised: dict[str, tuple[datetime, Urgency]] = {}

    def add(self, message: str, at: datetime) -> None:
        if message in self.ids:
            return
        self.ids[message] = at
        insort(self.sent, at)
        if len(self.sent) > self._kept:
            # Moments come nearly in order, so this is the first or close to it.
            self.take_out(next(one for one, when in self.ids.items() if when == self.sent[0]))

    def take_out(self, message: str) -> None:
        at = self.ids.pop(message, None)
        if at is not None:
            self.sent.remove(at)

    def promise(self, message: str, until: datetime, urgency: Urgency) -> None:
        # Whoever answered meanwhile never comes for what was promised to them.
        gone = [name for name, (at, _) in self.promised.items() if at < until - LONGEST]
        for name in gone:
            del self.promised[name]
        self.promised[message] = until, urgency

    def moments(self, urgency: Urgency, *, now: datetime, but: str) -> list[datetime]:
        """Return what counts for a message: what left, and what waits with an older promise."""
        mine = self.promised.get(but)
        if urgency is Urgency.STOP or (mine is not None and mine[0] <= now):
            return self.sent
        waiting = [
            at
            for name, (at, other) in self.promised.items()
            if at > now
            and name != but
            and (urgency is Urgency.AGAIN or other is not Urgency.AGAIN)
        ]
        return sorted((*self.sent, *waiting)) if waiting else self.sent


class Guard:
    """
    Judge what is due by what left before; safe for many threads.

    Give it every entry of the log as it is read (`hear`): entries of the last day
    count. What other engines claim in the same instant is not known yet, so they may
    together exceed a limit by what they have in flight.
    """

    def __init__(self, rules: GuardRules, *, routes: Routes, addresses: Addresses) -> None:
        self._rules = rules
        self._routes = routes
        self._addresses = addresses
        self._lock = Lock()
        self._windows: dict[Key, _Window] = {}
        self._kinds: dict[str, ChannelKind | None] = {}

    @property
    def remembered(self) -> int:
        """How many contacts, kinds and providers it keeps counts of."""
        return len(self._windows)

    def hear(self, entries: Sequence[Entry]) -> None:
        """Take note of one incident's entries, in order; to hear some twice does no harm."""
        if not entries:
            return
        since = entries[-1].at - LONGEST
        with self._lock:
            for entry in entries:
                if entry.at >= since:
                    self._hear(entry)

    def judge(self, view: Outlook, asks: Iterable[Ask]) -> Judged:
        """
        Return which asks may leave now, and until when the others wait.

        What may leave is counted at once; `forget` takes it back if it was not claimed.
        """
        due = tuple(asks)
        carriers: dict[int, str] = {}
        held: list[AttemptHeld] = []
        ranked = sorted(enumerate(due), key=lambda each: urgency_of(view, each[1]))
        with self._lock:
            for place, ask in ranked:
                found = self._judged(view, ask, urgency_of(view, ask))
                if isinstance(found, AttemptHeld):
                    held.append(found)
                else:
                    carriers[place] = found
                    self._count(view, ask, found)
            # What is most urgent takes room first; what may leave keeps its order.
            allowed = [(due[place], carriers[place]) for place in sorted(carriers)]
            if held:
                allowed = self._renumbered(view, allowed)
        return Judged(asks=tuple(allowed), held=tuple(held))

    def forget(self, view: Outlook, judged: Judged) -> None:
        """Take back what was counted: somebody else wrote first."""
        with self._lock:
            for ask, provider in judged.asks:
                self._uncount(view, ask, provider)

    def has_room(self, provider: str, at: datetime, message: str) -> bool:
        """Return whether a provider may take a message over from another; if so it counts."""
        limits = self._rules.of(("provider", provider))
        if not limits:
            return True
        with self._lock:
            window = self._window(("provider", provider))
            free, _ = next_room(window.sent, limits, urgency=Urgency.STOP, now=at)
            if free > at:
                return False
            window.add(message, at)
            return True

    def _judged(self, view: Outlook, ask: Ask, urgency: Urgency) -> AttemptHeld | str:
        """Return through whom an ask may leave now (empty: no matter), or that it is held."""
        kind = kind_of(view, ask)
        if kind in SILENT:
            return ""
        carriers: tuple[str, ...] = ("",)
        if self._rules.limits_providers:
            named = (channel_of(view, ask).provider,)
            carriers = self._routes.providers(ask.channel, kind) or named
        name = _waiting(view.incident.id, ask)
        rooms = [
            (*self._room(self._keys(ask.contact, kind, carrier), urgency, view.now, name), carrier)
            for carrier in carriers
        ]
        until, key, limit, carrier = min(rooms, key=itemgetter(0))
        if limit is None:
            return carrier
        held = AttemptHeld(
            step=ask.step,
            partner=ask.partner,
            contact=ask.contact,
            channel=ask.channel,
            purpose=ask.purpose,
            until=until,
            limit=_in_words(key, limit),
            provider=carrier,
            again=urgency is Urgency.AGAIN,
        )
        self._promise(view.incident.id, held, kind)
        return held

    def _renumbered(self, view: Outlook, asks: list[tuple[Ask, str]]) -> list[tuple[Ask, str]]:
        """Return asks whose numbers have no gap where another one of the obligation waits."""
        taken: Counter[tuple[str, str]] = Counter()
        numbered: list[tuple[Ask, str]] = []
        for ask, provider in asks:
            key = (ask.step, ask.partner)
            taken[key] += 1
            n = len(view.incident.obligations[key].attempts) + taken[key]
            numbered.append((ask, provider) if ask.n == n else (replace(ask, n=n), provider))
            if ask.n != n:
                self._uncount(view, ask, provider)
                self._count(view, *numbered[-1])
        return numbered

    def _room(
        self, keys: Iterable[Key], urgency: Urgency, now: datetime, name: str
    ) -> tuple[datetime, Key, Limit | None]:
        found: tuple[datetime, Key, Limit | None] = now, ("", ""), None
        for key in keys:
            moments = self._window(key).moments(urgency, now=now, but=name)
            free, limit = next_room(moments, self._rules.of(key), urgency=urgency, now=now)
            if limit is not None and free > found[0]:
                found = free, key, limit
        return found

    def _count(self, view: Outlook, ask: Ask, provider: str) -> None:
        for key in self._keys(ask.contact, kind_of(view, ask), provider):
            window = self._window(key)
            window.promised.pop(_waiting(view.incident.id, ask), None)
            window.add(_message(view.incident.id, ask), view.now)

    def _uncount(self, view: Outlook, ask: Ask, provider: str) -> None:
        for key in self._keys(ask.contact, kind_of(view, ask), provider):
            self._window(key).take_out(_message(view.incident.id, ask))

    def _promise(self, incident: str, held: AttemptHeld, kind: ChannelKind) -> None:
        urgency = Urgency.AGAIN if held.again else Urgency.NEW
        for key in self._keys(held.contact, kind, held.provider):
            self._window(key).promise(_waiting(incident, held), held.until, urgency)

    def _hear(self, entry: Entry) -> None:
        event = entry.event
        match event:
            case AttemptStarted():
                kind = self._kind(event.channel)
                for key in () if kind is None else self._keys(event.contact, kind, event.provider):
                    window = self._window(key)
                    window.promised.pop(_waiting(entry.incident, event), None)
                    window.add(_message(entry.incident, event), entry.at)
            case AttemptHeld():
                kind = self._kind(event.channel)
                if kind is not None:
                    self._promise(entry.incident, event, kind)
            case AttemptEnded() if event.provider and self._rules.of(("provider", event.provider)):
                self._window(("provider", event.provider)).add(
                    _message(entry.incident, event), entry.at
                )

    def _kind(self, channel: str) -> ChannelKind | None:
        if channel not in self._kinds:
            self._kinds[channel] = self._addresses.kind(channel)
        return self._kinds[channel]

    def _keys(self, contact: str, kind: ChannelKind, provider: str) -> tuple[Key, ...]:
        """Return the keys that a message takes room of; none if it leaves the house by no wire."""
        if kind in SILENT:
            return ()
        keys: tuple[Key, ...] = (
            ("contact", contact),
            ("kind", kind.value),
            ("provider", provider),
        )
        return tuple(key for key in keys if key[1] and self._rules.of(key))

    def _window(self, key: Key) -> _Window:
        if key not in self._windows:
            if len(self._windows) >= MANY:
                self._clear_out()
            self._windows[key] = _Window(self._rules.of(key))
        return self._windows[key]

    def _clear_out(self) -> None:
        """Forget the windows whose last message is older than any limit is long."""
        used = [window.sent[-1] for window in self._windows.values() if window.sent]
        since = max(used) - LONGEST if used else None
        for key, window in tuple(self._windows.items()):
            if not window.sent or since is None or window.sent[-1] < since:
                del self._windows[key]


def urgency_of(view: Outlook, ask: Ask) -> Urgency:
    """Return how urgent an ask is: a contact that may know already can wait a little."""
    if ask.purpose in {Purpose.OBSOLETE, Purpose.WITHDRAWN}:
        return Urgency.STOP
    obligation = view.incident.obligations[ask.step, ask.partner]
    if ask.purpose in _AGAIN or any(
        attempt.contact == ask.contact and attempt.outcome is not OutcomeKind.REJECTED
        for attempt in obligation.current
    ):
        return Urgency.AGAIN
    if ask.step == view.incident.playbook.stand_down.id:
        return Urgency.STOP
    optional = view.incident.step_by_id[ask.step].mandatory is Mandatory.OPTIONAL
    return Urgency.NEW if optional else Urgency.MANDATORY


def channel_of(view: Outlook, ask: Ask) -> Channel:
    """Return the channel that an ask goes over."""
    channels = view.directory.contacts[ask.contact].channels
    return next(channel for channel in channels if channel.id == ask.channel)


def kind_of(view: Outlook, ask: Ask) -> ChannelKind:
    """Return the kind of the channel that an ask goes over."""
    return channel_of(view, ask).kind


def _message(incident: str, one: Ask | AttemptStarted | AttemptEnded) -> str:
    return f"{incident}/{one.step}/{one.partner}/{one.n}"


def _waiting(incident: str, one: Ask | AttemptStarted | AttemptHeld) -> str:
    return f"{incident}/{one.step}/{one.partner}/{one.contact}/{one.channel}/{one.purpose.aim}"


def _in_words(key: Key, limit: Limit) -> str:
    what, name = key
    return {
        "contact": f"contact {limit.words}",
        "kind": f"{name} {limit.words}",
        "provider": f"provider {name} {limit.words}",
    }[what]
