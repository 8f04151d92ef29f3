"""Reading incidents: folded once, then carried on entry by entry."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from crisis.core.event import Entry, IncidentOpened
from crisis.core.incident import Incident, advance, fold
from crisis.core.plan import Plan, plan
from crisis.core.recollection import Recollection
from crisis.errors import BrokenChainError, CrisisError, NotFoundError
from crisis.usecases.house import House
from crisis.usecases.ports import EventLog

# Open incidents stay folded; of the closed ones, which somebody may still look at, so many.
CLOSED_KEPT = 16
# So many entries are in memory at once while an incident is read.
PIECE = 2_000


Heard = Callable[[Sequence[Entry]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Incidents that could be read, and why the others could not, by id."""

    incidents: tuple[Incident, ...]
    damaged: Mapping[str, str]


@dataclass(slots=True)
class Turn:
    """Whose turn it is to read an incident; which reading began last, and which succeeded."""

    lock: AbstractContextManager[bool] = field(default_factory=Lock)
    begun: int = 0
    read: int = 0


class Incidents:
    """
    The incidents of a log, each kept folded up to what was last read.

    Safe for many threads: a folded incident never changes, a later one replaces it. Who
    asks for the same incident at the same moment shares one reading of the log.
    What this process wrote itself (`wrote`) is taken from memory, not read back.
    What the last plan of each recollects is kept too, so that the next is a quick one.
    `heard` gets the entries of each incident as they are read or were appended.
    """

    def __init__(self, log: EventLog, *, heard: Heard = lambda _entries: None) -> None:
        self._log = log
        self._heard = heard
        self._folded: dict[str, Incident] = {}
        self._recollected: dict[str, Recollection] = {}
        self._pinned: dict[str, IncidentOpened] = {}
        self._written: dict[str, dict[int, Entry]] = {}
        # Open to tests, which make somebody wait for a turn.
        self.turns: dict[str, Turn] = {}
        self._lock = Lock()

    def current(self, incident_id: str) -> Incident:
        """
        Return an incident as the log has it now.

        Raises:
            NotFoundError: there is none of this id; the message lists what exists.
        """
        turn = self._turn(incident_id)
        begun = turn.begun
        with turn.lock:
            known = self._folded.get(incident_id)
            # What somebody began to read after this call was made, and has read, is news enough.
            if known is not None and turn.read > begun:
                return known
            turn.begun += 1
            found = self._read(incident_id, known)
            turn.read = turn.begun
            return found

    def remembered(self, incident_id: str) -> Incident:
        """
        Return an incident as this process knows it, which may be a little behind the log.

        Raises:
            NotFoundError: there is none of this id; the message lists what exists.
        """
        known = self._folded.get(incident_id)
        return self.current(incident_id) if known is None else known

    def _read(self, incident_id: str, known: Incident | None) -> Incident:
        """Return an incident with whatever the log holds beyond what is known."""
        folded = None if known is None else self._with_own(known)
        for entries in self._pieces(incident_id, after=folded.version if folded else 0):
            if folded is None:
                folded = self._sharing(_carried_on(incident_id, None, entries))
            else:
                folded = _carried_on(incident_id, folded, entries)
            self._heard(entries)
        if folded is None:
            self.turns.pop(incident_id, None)
            listed = ", ".join(self._log.incidents()) or "none yet"
            message = f"there is no incident {incident_id!r}; there are: {listed}"
            raise NotFoundError(message)
        return folded if folded is known else self._keep(folded)

    def entries(self, incident_id: str) -> tuple[Entry, ...]:
        """
        Return the whole log of an incident, in order.

        Raises:
            NotFoundError: there is none of this id; the message lists what exists.
        """
        self.current(incident_id)
        return self._log.read(incident_id)

    def gather(self, ids: Iterable[str]) -> Gathered:
        """
        Return several incidents; one whose log is damaged stands apart and stops no other.

        Raises:
            UnreachableError: the log does not answer.
        """
        read: list[Incident] = []
        damaged: dict[str, str] = {}
        for incident_id in ids:
            try:
                read.append(self.current(incident_id))
            except (BrokenChainError, NotFoundError) as error:
                damaged[incident_id] = _why(error, incident_id)
        return Gathered(incidents=tuple(read), damaged=damaged)

    def after(self, incident: Incident, entries: Sequence[Entry]) -> Incident:
        """Return an incident with entries just appended to it, and what others wrote before."""
        if not entries or entries[0].version == incident.version + 1:
            carried_on = self._keep(advance(incident, entries))
            self._heard(entries)
            return carried_on
        self.wrote(entries)
        with self._turn(incident.id).lock:
            known = self._keep(self._with_own(self._folded.get(incident.id, incident)))
        # What is still missing before these entries, another process wrote.
        return known if known.version >= entries[-1].version else self.current(incident.id)

    def wrote(self, entries: Sequence[Entry]) -> None:
        """Take what this process has just appended, so that nobody need read it back."""
        with self._lock:
            for entry in entries:
                if entry.incident in self._folded:
                    self._written.setdefault(entry.incident, {})[entry.version] = entry

    def planned(self, incident: Incident, *, now: datetime, most: int) -> Plan:
        """Return what is due for an incident at a moment, at most so many contacts."""
        found = plan(incident, now=now, before=self._recollected.get(incident.id), most=most)
        if found.recollection is not None:
            self._recollected[incident.id] = found.recollection
        return found

    def _with_own(self, known: Incident) -> Incident:
        """Return an incident with what this process wrote, up to where something is missing."""
        with self._lock:
            written = self._written.pop(known.id, {})
            entries = tuple(_unbroken(written, after=known.version))
            reached = known.version + len(entries)
            ahead = {version: one for version, one in written.items() if version > reached}
            if ahead:
                self._written[known.id] = ahead
        if not entries:
            return known
        self._heard(entries)
        return _carried_on(known.id, known, entries)

    def _turn(self, incident_id: str) -> Turn:
        with self._lock:
            return self.turns.setdefault(incident_id, Turn())

    def _pieces(self, incident_id: str, *, after: int) -> Iterator[tuple[Entry, ...]]:
        """Yield an incident's entries; a hundred thousand at once would take 150 MB."""
        while entries := self._log.read(incident_id, after=after, most=PIECE):
            yield entries
            if len(entries) < PIECE:
                return
            after = entries[-1].version

    def _sharing(self, incident: Incident) -> Incident:
        """
        Return an incident that shares what it pins with others that pin the same.

        A hundred incidents of one playbook would else hold a hundred directories.
        """
        opened = incident.opened
        with self._lock:
            known = self._pinned.setdefault(opened.digest, opened)
        if known is opened or (known.playbook, known.directory) != (
            opened.playbook,
            opened.directory,
        ):
            return incident
        shared = replace(opened, playbook=known.playbook, directory=known.directory)
        steps = {step.id: step for step in (*known.playbook.steps, known.playbook.stand_down)}
        return replace(incident, opened=shared, step_by_id={**incident.step_by_id, **steps})

    def _keep(self, incident: Incident) -> Incident:
        with self._lock:
            known = self._folded.get(incident.id)
            if known is None or known.version < incident.version:
                self._folded[incident.id] = incident
                if incident.closed_at is not None:
                    self._forget_closed()
        return incident

    def _forget_closed(self) -> None:
        """Forget the closed incidents that were read first; whoever asks for one reads it anew."""
        closed = [one.id for one in self._folded.values() if one.closed_at is not None]
        for incident_id in closed:
            self._recollected.pop(incident_id, None)
            self._written.pop(incident_id, None)
        for incident_id in closed[:-CLOSED_KEPT]:
            del self._folded[incident_id]
            self.turns.pop(incident_id, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every use case takes first: the house's ports, and the incidents as they stand."""

    house: House
    incidents: Incidents


def desk_for(house: House) -> Desk:
    """Return a desk on a house."""
    if house.guard is None:
        return Desk(house=house, incidents=Incidents(house.log))
    return Desk(house=house, incidents=Incidents(house.log, heard=house.guard.hear))


def _why(error: CrisisError, incident_id: str) -> str:
    if isinstance(error, NotFoundError):
        return f"the entries of {incident_id} are gone; `crisis log verify` says more"
    return str(error)


def _unbroken(written: Mapping[int, Entry], *, after: int) -> Iterator[Entry]:
    """Yield the entries that follow a version one by one, up to the first that is missing."""
    while (entry := written.get(after := after + 1)) is not None:
        yield entry


def _carried_on(
    incident_id: str, incident: Incident | None, entries: tuple[Entry, ...]
) -> Incident:
    try:
        return fold(entries) if incident is None else advance(incident, entries)
    except (ValueError, KeyError) as error:
        message = f"the log of {incident_id} cannot be followed; run `crisis log verify`"
        raise BrokenChainError(message) from error
