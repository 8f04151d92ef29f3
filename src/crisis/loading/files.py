"""Files as they look from outside: which there are, whether they changed, how people type them."""

import errno
import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from crisis.errors import NotFoundError

OVERLAYS = "overlays"

# What files looked like when they were read: name, time of change, size.
Look = tuple[tuple[str, int, int], ...]


def shown(path: Path) -> str:
    """Return a path as people know it: from the working folder, where it lies inside."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def near(path: Path) -> Path:
    """Return a path as it is shown, so that what is found below it reads alike."""
    return Path(shown(path))


def read_at_most(path: Path, most: int) -> bytes:
    """
    Return what a file holds, at most so many bytes; a pipe nobody writes to is not waited for.

    Raises:
        OSError: it cannot be read, or is a folder or a pipe.
    """
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if stat.S_ISFIFO(mode):
            raise OSError(errno.EINVAL, "is a pipe")
        return file.read(most) or b""


def resolved(path: Path) -> Path:
    """Return where a path leads; one that leads round in a circle stays as it is."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def look_at(paths: Iterable[Path]) -> Look:
    """Return what some files look like now; one that is not there looks empty."""
    return tuple(sorted(_look_of(path) for path in paths))


def _look_of(path: Path) -> tuple[str, int, int]:
    try:
        status = path.stat()
    except OSError:
        return (path.as_posix(), 0, 0)
    return (path.as_posix(), status.st_mtime_ns, status.st_size)


def files_in(paths: Sequence[Path], *, kind: str, deep: bool) -> tuple[Path, ...]:
    """
    Return the files named, and those in the folders named; `deep` looks into subfolders.

    Rehearsals are left out. `kind` says in a message what was looked for.

    Raises:
        NotFoundError: a path does not exist, or there is no file of this kind.
    """
    missing = [str(path) for path in paths if not _exists(path)]
    if missing:
        raise NotFoundError(
            f"there is no {' and no '.join(missing)}; name files or folders that exist,"
            " or set CRISIS_PLAYBOOKS_DIR and CRISIS_CONTACTS_DIR"
        )
    found = tuple(
        file
        for path in paths
        for file in ([path] if path.is_file() else sorted(_yaml_in(path, deep=deep)))
    )
    if not found:
        listed = ", ".join(map(str, paths))
        raise NotFoundError(f"{listed} holds no {kind} (*.yaml); `crisis init DIR` brings some")
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False  # no file can have such a name


def _yaml_in(folder: Path, *, deep: bool) -> list[Path]:
    found = (
        folder.rglob("*.yaml")
        if deep
        else (*folder.glob("*.yaml"), *(folder / OVERLAYS).glob("*.yaml"))
    )
    return [file for file in found if not file.name.endswith(".rehearsal.yaml")]
