"""In which districts nobody holds a role (S1.9)."""

from collections.abc import Iterable

from crisis.core.contact import Directory, is_held


def uncovered(directory: Directory, role: str, *, districts: Iterable[str]) -> tuple[str, ...]:
    """Return the districts (AGS keys) in which nobody holds a role, in their order."""
    return tuple(one for one in districts if not is_held(directory, role, region=one))
