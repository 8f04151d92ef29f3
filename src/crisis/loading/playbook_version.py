"""One side of a comparison, found by the name that an author gives it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from crisis.core.binding import bound
from crisis.errors import NotFoundError, UsageError
from crisis.loading.difference import Version
from crisis.loading.files import shown
from crisis.loading.library import FileLibrary
from crisis.loading.overlay_file import OverlayFile
from crisis.loading.playbook_file import PlaybookFile, to_bindings
from crisis.loading.problem import raise_for_errors
from crisis.loading.shape import did_you_mean
from crisis.loading.shelf import Shelf

# An older version kept beside the newer one cannot have the same name.
_NAMED_OTHERWISE = "PB101"


def playbook_version(
    library: FileLibrary,
    name: str,
    *,
    overlays: Sequence[str] = (),
    region: str = "",
) -> Version:
    """
    Return the playbook that an id or a path names, with overlays laid over it.

    `overlays` are ids or paths; `region` (AGS) adds those that hold there.

    Raises:
        NotFoundError: there is no such playbook or overlay.
        UsageError: an overlay is laid over another playbook.
        InvalidFilesError: a file holds mistakes; the message lists them all.
    """
    shelf = library.shelf
    path = _file(shelf, name)
    found = shelf.loaded(path)
    raise_for_errors(one for one in found.problems if one.code != _NAMED_OTHERWISE)
    assert found.written is not None  # noqa: S101 -- it is there if there are no errors
    files = [_overlay(shelf, one) for one in overlays]
    if region:
        files += [one for one in shelf.layers(found.written.id, region=region) if one not in files]
    merged = shelf.laid(path, files)
    raise_for_errors(one for one in merged.problems if one.code != _NAMED_OTHERWISE)
    layers = [one for one in (shelf.overlay(file).written for file in files) if one is not None]
    for layer in layers:
        if found.written.id not in layer.overlay_of:
            over = ", ".join(layer.overlay_of)
            raise UsageError(f"{layer.id} is laid over {over}, not over {found.written.id}")
    assert merged.written is not None  # noqa: S101 -- as above
    assert merged.document is not None  # noqa: S101 -- as above
    return Version(
        name=_named(found.written, path, layers),
        written=merged.written,
        data=merged.document.data,
        reasons={
            step.id: step.reason.de
            for layer in layers
            for step in layer.steps
            if step.reason is not None
        },
        region=region or max((layer.region for layer in layers), key=len, default=""),
    )


def with_partners(version: Version, library: FileLibrary, *, region: str, at: datetime) -> Version:
    """
    Return a version with the partners that it asks in a region (AGS) on a day.

    Raises:
        InvalidFilesError: the contacts hold mistakes; the message lists them all.
    """
    bindings, must_not = to_bindings(version.written)
    known = library.directory(around=at)
    return replace(
        version, directory=bound(known, bindings, must_not, region=region), region=region
    )


def _file(shelf: Shelf, name: str) -> Path:
    path = Path(name)
    if path.is_file():
        return path
    if path.suffix:
        raise NotFoundError(f"there is no file {name}; a playbook is named by its id or its file")
    return shelf.path_of(name)


def _overlay(shelf: Shelf, name: str) -> Path:
    path = Path(name)
    if path.is_file():
        return path
    known = {one.stem: one for one in shelf.overlay_paths()}
    if name not in known:
        raise NotFoundError(f"there is no overlay `{name}`; {did_you_mean(name, known)}")
    return known[name]


def _named(written: PlaybookFile, path: Path, layers: Sequence[OverlayFile]) -> str:
    name = f"{written.id} {written.version}"
    if path.stem != written.id:
        name += f" ({shown(path)})"
    more = (f"{one.id} {one.version} ({one.region})" for one in layers)
    return " + ".join((name, *more))
