"""Files as they look from outside: whether they changed, and how people would type them."""

from collections.abc import Iterable
from pathlib import Path

# What files looked like when they were read: name, time of change, size.
Look = tuple[tuple[str, int, int], ...]


def shown(path: Path) -> str:
    """Return a path as people know it: from the working folder, where it lies inside."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def look_at(paths: Iterable[Path]) -> Look:
    """Return what some files look like now; one that is not there looks empty."""
    return tuple(sorted(_look_of(path) for path in paths))


def _look_of(path: Path) -> tuple[str, int, int]:
    try:
        status = path.stat()
    except OSError:
        return (path.as_posix(), 0, 0)
    return (path.as_posix(), status.st_mtime_ns, status.st_size)
