"""
The working folder: playbooks and contacts on disk, checked, and read again when they change.

Changes are noticed by the files' times and sizes, so a corrected telephone number
takes effect with the next message. Safe to be called from many threads.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from crisis.core.contact import ChannelKind, Directory
from crisis.core.playbook import Playbook
from crisis.core.register import Register
from crisis.errors import NotFoundError
from crisis.loading.address_book import Addressbook
from crisis.loading.basis_checks import check_basis
from crisis.loading.contact_directory import HouseContacts, load_contacts
from crisis.loading.playbook_loader import LoadedPlaybook, load_playbook
from crisis.loading.problem import Problem, has_errors, in_order, raise_for_errors
from crisis.loading.role_checks import check_roles
from crisis.usecases.ports import Clock

# What the files looked like when they were read: name, time of change, size.
_Look = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contacts:
    """One reading of the contacts, worked out around one day."""

    look: _Look
    day: str
    house: HouseContacts


class FileLibrary:
    """
    Keeps the promises of `Library` and of `Addresses` over two folders.

    `playbooks` holds `<id>.yaml`; its subfolders and `*.rehearsal.yaml` are something
    else. `contacts` holds contact files and rotas, in any subfolder.
    """

    def __init__(self, *, playbooks: Path, contacts: Path, clock: Clock) -> None:
        self._playbooks = playbooks
        self._contacts = contacts
        self._clock = clock
        self._lock = Lock()
        self._loading = Lock()
        self._read: dict[Path, tuple[_Look, LoadedPlaybook]] = {}
        self._reading: _Contacts | None = None
        self._sound: Addressbook | None = None

    def playbook_ids(self) -> tuple[str, ...]:
        """Return the ids of all playbooks, sorted."""
        return tuple(sorted(path.stem for path in self._playbook_paths()))

    def playbook(self, playbook_id: str) -> Playbook:
        """
        Return a checked playbook.

        Whether somebody holds its roles is not looked at here: a gap in the contacts
        must not keep an incident from being opened; it becomes a task instead.

        Raises:
            NotFoundError: there is none of this id; the message lists what exists.
            InvalidFilesError: its file holds mistakes; the message lists them all.
        """
        paths = {path.stem: path for path in self._playbook_paths()}
        if playbook_id not in paths:
            known = ", ".join(sorted(paths)) or f"none; {self._playbooks} holds no playbook"
            raise NotFoundError(f"there is no playbook `{playbook_id}`; known: {known}")
        loaded = self.loaded(paths[playbook_id])
        raise_for_errors(loaded.problems)
        assert loaded.playbook is not None  # noqa: S101 -- it is there if there are no errors
        return loaded.playbook

    def loaded(self, path: Path) -> LoadedPlaybook:
        """Return one playbook file as it was last read, whatever it holds."""
        look = _look([path])
        with self._lock:
            known = self._read.get(path)
        if known is not None and known[0] == look:
            return known[1]
        today = self._clock.now().date()
        loaded = load_playbook(path, shown_as=_shown(path), today=today)
        with self._lock:
            self._read[path] = (look, loaded)
        return loaded

    def directory(self, *, around: datetime) -> Directory:
        """
        Return the checked directory with rotas and holidays worked out around a moment.

        Raises:
            InvalidFilesError: its files hold mistakes; the message lists them all.
        """
        contacts = self._contacts_around(around)
        raise_for_errors(contacts.house.problems)
        return contacts.house.directory

    def register(self, *, around: datetime) -> Register:
        """
        Return the agreements whose files have no mistake, with successors as of a moment.

        The others are reported by a check; they keep no incident from being opened.
        """
        return self._contacts_around(around).house.register

    def address(self, channel_id: str) -> str | None:
        """Return the channel's address or number, or None if the directory has none."""
        return self._addresses().address(channel_id)

    def kind(self, channel_id: str) -> ChannelKind | None:
        """Return the channel's kind, or None if the directory has no such channel."""
        return self._addresses().kind(channel_id)

    def problems(self, paths: Sequence[Path] = ()) -> tuple[Problem, ...]:
        """
        Return everything that is wrong with some playbook files, or with all of them.

        The files are checked against the contacts as well; without `paths` the
        contacts' own problems are reported too.
        """
        contacts = self._contacts_around(self._clock.now())
        house = contacts.house
        found = [] if paths else [*house.problems, *house.register_problems]
        for path in paths or tuple(self._playbook_paths()):
            found.extend(self._playbook_problems(self.loaded(path), house))
        return in_order(found)

    def _playbook_problems(
        self, loaded: LoadedPlaybook, house: HouseContacts
    ) -> tuple[Problem, ...]:
        document, written = loaded.document, loaded.written
        if document is None or written is None:
            return loaded.problems
        return (
            *loaded.problems,
            *check_roles(document, written, house.directory),
            *check_basis(document, written, house.register, today=self._clock.now().date()),
        )

    def _playbook_paths(self) -> Iterator[Path]:
        for path in sorted(self._playbooks.glob("*.yaml")):
            if not path.name.endswith(".rehearsal.yaml"):
                yield path

    def _addresses(self) -> Addressbook:
        contacts = self._contacts_around(self._clock.now())
        with self._lock:
            # While somebody is editing, the last addresses without mistakes stay in force.
            if self._sound is None or not has_errors(contacts.house.problems):
                self._sound = contacts.house.addresses
            return self._sound

    def _contacts_around(self, around: datetime) -> _Contacts:
        look, day = _look(self._contacts.rglob("*")), around.date().isoformat()
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

    def _known(self, look: _Look, day: str) -> _Contacts | None:
        with self._lock:
            known = self._reading
        return known if known is not None and (known.look, known.day) == (look, day) else None


def _shown(path: Path) -> str:
    """Return a path as people know it: from the working folder, where it lies inside."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _look(paths: Sequence[Path] | Iterator[Path]) -> _Look:
    return tuple(sorted(_look_of(path) for path in paths))


def _look_of(path: Path) -> tuple[str, int, int]:
    try:
        status = path.stat()
    except OSError:
        return (path.as_posix(), 0, 0)
    return (path.as_posix(), status.st_mtime_ns, status.st_size)
