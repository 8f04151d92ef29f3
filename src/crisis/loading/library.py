"""
The working folder: playbooks and contacts on disk, checked, and read again when they change.

Changes are noticed by the files' times and sizes, so a corrected telephone number
takes effect with the next message. Safe to be called from many threads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from crisis.core.availability import local_day
from crisis.core.consent_policy import STRICTEST, ConsentPolicy, policy_in
from crisis.core.contact import ChannelKind, Directory, Tlp
from crisis.core.playbook import Playbook
from crisis.core.register import Register
from crisis.core.service import Service
from crisis.core.training import TrainingRecord
from crisis.loading.address_book import Addressbook
from crisis.loading.contact_directory import HouseContacts, load_contacts
from crisis.loading.files import Look, look_at
from crisis.loading.overlay_loader import LayeredPlaybook
from crisis.loading.playbook_loader import LoadedPlaybook
from crisis.loading.problem import Problem, has_errors, in_order, raise_for_errors
from crisis.loading.shelf import Shelf
from crisis.usecases.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contacts:
    """One reading of the contacts, worked out around one day."""

    look: Look
    day: date
    house: HouseContacts


class FileLibrary:
    """
    Keeps the promises of `Library` and of `Addresses` over two folders.

    `playbooks` holds `<id>.yaml` and `overlays/<id>.yaml`; its other subfolders and
    `*.rehearsal.yaml` are something else. `contacts` holds contact files and rotas, in
    any subfolder.
    """

    def __init__(self, *, playbooks: Path, contacts: Path, clock: Clock) -> None:
        self.shelf = Shelf(playbooks, clock=clock)
        self._contacts = contacts
        self._clock = clock
        self._lock = Lock()
        self._loading = Lock()
        self._reading: _Contacts | None = None
        self._sound: Addressbook | None = None

    def playbook_ids(self) -> tuple[str, ...]:
        """Return the ids of all playbooks, sorted."""
        return tuple(path.stem for path in self.shelf.playbook_paths())

    def playbook(self, playbook_id: str, *, region: str = "") -> Playbook:
        """
        Return a checked playbook with the overlays of a region; without one, as it stands.

        Whether somebody holds its roles is not looked at here: a gap in the contacts
        must not keep an incident from being opened; it becomes a task instead.

        Raises:
            NotFoundError: there is none of this id; the message lists what exists.
            InvalidFilesError: a file holds mistakes; the message lists them all.
        """
        layered = self.layered(playbook_id, region=region)
        raise_for_errors(layered.problems)
        assert layered.playbook is not None  # noqa: S101 -- it is there if there are no errors
        return layered.playbook

    def layered(self, playbook_id: str, *, region: str) -> LayeredPlaybook:
        """
        Return a playbook with its layers in a region, whatever they hold.

        Raises:
            NotFoundError: there is none of this id; the message lists what exists.
        """
        return self.shelf.layered(playbook_id, region=region)

    def regions(self, playbook_id: str) -> tuple[str, ...]:
        """Return the regions that have an overlay of a playbook, sorted."""
        return self.shelf.regions(playbook_id)

    def loaded(self, path: Path) -> LoadedPlaybook:
        """Return one playbook file as it was last read, whatever it holds."""
        return self.shelf.loaded(path)

    def directory(self, *, around: datetime) -> Directory:
        """
        Return the checked directory with rotas and holidays worked out around a moment.

        Raises:
            InvalidFilesError: its files hold mistakes; the message lists them all.
        """
        contacts = self._contacts_around(around)
        raise_for_errors(contacts.house.problems)
        return contacts.house.directory

    def consent_policy(self, *, region: str, around: datetime) -> ConsentPolicy | None:
        """
        Return what holds in a region's Land, None where the house keeps no policy.

        Beside a file with a mistake the strictest holds wherever no sound file speaks.
        """
        house = self._contacts_around(around).house
        policy = policy_in(house.consent_policies, region)
        own = policy is not None and policy.land == region[:2]
        return STRICTEST if has_errors(house.policy_problems) and not own else policy

    def consent_policies(self, *, around: datetime) -> tuple[ConsentPolicy, ...]:
        """Return the policies of all Länder whose files have no mistake."""
        return self._contacts_around(around).house.consent_policies

    def register(self, *, around: datetime) -> Register:
        """
        Return the agreements whose files have no mistake, with successors as of a moment.

        The others are reported by a check; they keep no incident from being opened.
        """
        return self._contacts_around(around).house.register

    def services(self, *, around: datetime) -> tuple[Service, ...]:
        """
        Return what partners offer, by id.

        Raises:
            InvalidFilesError: the contacts hold mistakes; the message lists them all.
        """
        house = self._contacts_around(around).house
        raise_for_errors(house.problems)
        return house.services

    def training(self, *, around: datetime) -> tuple[TrainingRecord, ...]:
        """
        Return which functions are trained for what: what roles need, then the rest.

        Raises:
            InvalidFilesError: the contacts hold mistakes; the message lists them all.
        """
        house = self._contacts_around(around).house
        raise_for_errors(house.problems)
        return house.training

    def address(self, channel_id: str) -> str | None:
        """Return the channel's address or number, or None if the directory has none."""
        return self._addresses().address(channel_id)

    def kind(self, channel_id: str) -> ChannelKind | None:
        """Return the channel's kind, or None if the directory has no such channel."""
        return self._addresses().kind(channel_id)

    def max_tlp(self, channel_id: str) -> Tlp | None:
        """Return the tightest label the channel may carry now, or None if that is not known."""
        return self._addresses().max_tlp(channel_id)

    def problems(self, paths: Sequence[Path] = ()) -> tuple[Problem, ...]:
        """
        Return everything that is wrong with some playbooks or overlays, or with all of them.

        The files are checked against the contacts as well; without `paths` the
        contacts' own problems are reported too.
        """
        contacts = self._contacts_around(self._clock.now())
        house = contacts.house
        found = (
            [] if paths else [*house.problems, *house.register_problems, *house.policy_problems]
        )
        all_paths = (*self.shelf.playbook_paths(), *self.shelf.overlay_paths())
        for path in paths or all_paths:
            found.extend(self.shelf.problems(path, house))
        return in_order(found)

    def _addresses(self) -> Addressbook:
        contacts = self._contacts_around(self._clock.now())
        with self._lock:
            # While somebody is editing, the last addresses without mistakes stay in force.
            if self._sound is None or not has_errors(contacts.house.problems):
                self._sound = contacts.house.addresses
            return self._sound

    def _contacts_around(self, around: datetime) -> _Contacts:
        look, day = look_at(self._contacts.rglob("*")), local_day(around)
        known = self._known(look, day)
        if known is not None:
            return known
        # One reads, the others wait: thirty threads of one wave must not all read the files.
        with self._loading:
            known = self._known(look, day)
            if known is not None:
                return known
            house = load_contacts(self._contacts, around=around)
            contacts = _Contacts(look=look, day=day, house=house)
            with self._lock:
                self._reading = contacts
            return contacts

    def _known(self, look: Look, day: date) -> _Contacts | None:
        with self._lock:
            known = self._reading
        return known if known is not None and (known.look, known.day) == (look, day) else None
