"""
The playbooks and overlays of a working folder, each read again when it changes.

Safe to be called from many threads.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from threading import Lock

from crisis.core.availability import local_day
from crisis.core.region import covers
from crisis.errors import NotFoundError
from crisis.loading.basis_checks import check_basis
from crisis.loading.contact_directory import HouseContacts
from crisis.loading.drill_checks import check_drills
from crisis.loading.files import OVERLAYS, Look, look_at, resolved, shown
from crisis.loading.material_checks import check_materials
from crisis.loading.overlay_loader import (
    LayeredPlaybook,
    LoadedOverlay,
    layered,
    load_overlay,
)
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.playbook_loader import LoadedPlaybook, load_playbook
from crisis.loading.policy_checks import check_policies
from crisis.loading.problem import Problem, in_order
from crisis.loading.referral_checks import check_referral
from crisis.loading.role_checks import check_roles
from crisis.loading.shape import did_you_mean
from crisis.usecases.ports import Clock


class Shelf:
    """
    Playbooks in a folder, `<id>.yaml`, and overlays in its subfolder `overlays`.

    `*.rehearsal.yaml` and the other subfolders are something else.
    """

    def __init__(self, folder: Path, *, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = Lock()
        self._playbooks: dict[Path, tuple[Look, LoadedPlaybook]] = {}
        self._overlays: dict[Path, tuple[Look, LoadedOverlay]] = {}
        self._layered: dict[tuple[str, str], tuple[Look, LayeredPlaybook]] = {}

    def playbook_paths(self) -> tuple[Path, ...]:
        """Return the files of all playbooks, sorted."""
        return tuple(_yaml_in(self._folder))

    def overlay_paths(self) -> tuple[Path, ...]:
        """Return the files of all overlays, sorted."""
        return tuple(_yaml_in(self._folder / OVERLAYS))

    def path_of(self, playbook_id: str) -> Path:
        """
        Return the file of a playbook.

        Raises:
            NotFoundError: there is none of this id; the message lists what exists.
        """
        paths = {path.stem: path for path in self.playbook_paths()}
        if playbook_id not in paths:
            known = ", ".join(sorted(paths)) or f"none; {self._folder} holds no playbook"
            raise NotFoundError(f"there is no playbook `{playbook_id}`; known: {known}")
        return paths[playbook_id]

    def loaded(self, path: Path) -> LoadedPlaybook:
        """Return one playbook file as it was last read, whatever it holds."""
        look = look_at([path])
        with self._lock:
            known = self._playbooks.get(path)
        if known is not None and known[0] == look:
            return known[1]
        today = local_day(self._clock.now())
        loaded = load_playbook(path, shown_as=shown(path), today=today)
        with self._lock:
            self._playbooks[path] = (look, loaded)
        return loaded

    def overlay(self, path: Path) -> LoadedOverlay:
        """Return one overlay file as it was last read, whatever it holds."""
        look = look_at([path])
        with self._lock:
            known = self._overlays.get(path)
        if known is not None and known[0] == look:
            return known[1]
        today = local_day(self._clock.now())
        loaded = load_overlay(path, shown_as=shown(path), today=today)
        with self._lock:
            self._overlays[path] = (look, loaded)
        return loaded

    def layered(self, playbook_id: str, *, region: str) -> LayeredPlaybook:
        """
        Return a playbook with the overlays of a region, whatever they hold.

        `region` is an AGS key; empty means the playbook as it stands.

        Raises:
            NotFoundError: there is no playbook of this id; the message lists what exists.
        """
        path = self.path_of(playbook_id)
        overlays = self._concerning(playbook_id, region) if region else ()
        others = self._others(playbook_id, overlays)
        look = look_at([path, *(one.path for one in overlays), *others])
        with self._lock:
            known = self._layered.get((playbook_id, region))
        if known is not None and known[0] == look:
            return known[1]
        made = self._lay(path, overlays)
        with self._lock:
            self._layered[playbook_id, region] = (look, made)
        return made

    def laid(self, path: Path, overlays: Sequence[Path]) -> LayeredPlaybook:
        """Return a playbook file with some overlay files, whatever they hold."""
        return self._lay(path, tuple(self.overlay(one) for one in overlays))

    def layers(self, playbook_id: str, *, region: str) -> tuple[Path, ...]:
        """Return the files that are laid over a playbook in a region (AGS)."""
        return tuple(one.path for one in self._concerning(playbook_id, region))

    def regions(self, playbook_id: str) -> tuple[str, ...]:
        """Return the regions that have an overlay of a playbook, sorted."""
        written = (self.overlay(path).written for path in self.overlay_paths())
        return tuple(
            sorted(
                {
                    one.region
                    for one in written
                    if one is not None and playbook_id in one.overlay_of
                }
            )
        )

    def is_overlay(self, path: Path) -> bool:
        """Return whether a file is an overlay: by its folder, or by what it says."""
        if resolved(path).parent.name == OVERLAYS:
            return True
        document = self.loaded(path).document
        return document is not None and "overlay_of" in document.data

    def problems(self, path: Path, house: HouseContacts) -> tuple[Problem, ...]:
        """Return what is wrong with one playbook or overlay, checked against the contacts."""
        today = local_day(self._clock.now())
        if self.is_overlay(path):
            return in_order(self._overlay_problems(self.overlay(path), house, today=today))
        loaded = self.loaded(path)
        return (
            *loaded.problems,
            *_outward(loaded, house, today=today),
            *self._drill_problems(path, loaded),
        )

    def _drill_problems(self, path: Path, loaded: LoadedPlaybook) -> Iterator[Problem]:
        document, written = loaded.document, loaded.written
        if document is None or written is None or written.minimum is None:
            return
        beside = (self.loaded(one).written for one in _yaml_in(path.parent))
        yield from check_drills(
            document,
            written,
            rehearsed=any(path.parent.glob(f"{path.stem}.*.rehearsal.yaml")),
            others=[one for one in beside if one is not None],
        )

    def _concerning(self, playbook_id: str, region: str) -> tuple[LoadedOverlay, ...]:
        found = (self.overlay(path) for path in self.overlay_paths())
        return tuple(one for one in found if one.concerns(playbook_id, region))

    def _others(self, playbook_id: str, overlays: Sequence[LoadedOverlay]) -> list[Path]:
        named = {
            base
            for one in overlays
            if one.written is not None
            for base in one.written.overlay_of
            if base != playbook_id
        }
        return [path for path in self.playbook_paths() if path.stem in named]

    def _lay(self, path: Path, overlays: Sequence[LoadedOverlay]) -> LayeredPlaybook:
        others = [self.loaded(one).written for one in self._others(path.stem, overlays)]
        return layered(
            self.loaded(path),
            overlays,
            others=tuple(one for one in others if one is not None),
            today=local_day(self._clock.now()),
        )

    def _overlay_problems(
        self, overlay: LoadedOverlay, house: HouseContacts, *, today: date
    ) -> Iterator[Problem]:
        yield from overlay.problems
        written, document = overlay.written, overlay.document
        if written is None or document is None:
            return
        bases = {path.stem: path for path in self.playbook_paths()}
        for place, base in enumerate(written.overlay_of):
            loc = ("overlay_of", place)
            if base not in bases:
                hint = did_you_mean(base, bases)
                yield document.problem(loc, "OV201", f"there is no playbook `{base}`", hint=hint)
                continue
            loaded = self.loaded(bases[base])
            if loaded.written is None:
                yield document.problem(loc, "OV201", f"`{base}` cannot be read: check it first")
                continue
            yield from self._misplaced(overlay, loaded.written)
            lower = self._below(overlay, base)
            merged = self._lay(bases[base], (*lower, overlay))
            yield from _own(merged, loaded, house, region=written.region, today=today)

    def _below(self, overlay: LoadedOverlay, base: str) -> tuple[LoadedOverlay, ...]:
        """Return the layers between a playbook and an overlay, as far as they can be used."""
        region = "" if overlay.written is None else overlay.written.region
        return tuple(
            one
            for one in self._concerning(base, region)
            if resolved(one.path) != resolved(overlay.path)
            and one.written is not None
            and one.written.region != region
        )

    def _misplaced(self, overlay: LoadedOverlay, base: PlaybookFile) -> Iterator[Problem]:
        written, document = overlay.written, overlay.document
        if written is None or document is None:
            return
        if not covers(base.region, written.region):
            yield document.problem(
                ("region",),
                "OV203",
                f"{base.id} holds in {base.region}, not in {written.region}",
                hint=f"write a region that begins with {base.region}",
            )
        for path in self.overlay_paths():
            other = self.overlay(path)
            if resolved(path) == resolved(overlay.path) or other.written is None:
                continue
            if other.written.region == written.region and base.id in other.written.overlay_of:
                yield document.problem(
                    ("region",),
                    "OV204",
                    f"{other.written.id} is laid over {base.id} in {written.region} too",
                    hint="put both into one file",
                )


def _own(
    merged: LayeredPlaybook,
    base: LoadedPlaybook,
    house: HouseContacts,
    *,
    region: str,
    today: date,
) -> Iterator[Problem]:
    """Yield what is wrong with a merged playbook and was not wrong without its last layer."""
    known = {*base.problems, *_outward(base, house, today=today)}
    found = (*merged.problems, *_outward(merged, house, today=today, region=region))
    yield from (problem for problem in found if problem not in known)


def _outward(
    one: LoadedPlaybook | LayeredPlaybook, house: HouseContacts, *, today: date, region: str = ""
) -> tuple[Problem, ...]:
    """Return what is wrong with a playbook against the contacts and the register."""
    document, written = one.document, one.written
    if document is None or written is None:
        return ()
    return (
        *check_roles(document, written, house.directory, region=region),
        *check_basis(document, written, house.register, today=today),
        *check_materials(document, written, house.directory.materials, today=today),
        *check_referral(document, written, house, region=region),
        *check_policies(document, written, house.consent_policies, region=region),
    )


def _yaml_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("*.yaml")):
        if not path.name.endswith(".rehearsal.yaml"):
            yield path
