"""The one source of chance of the fault bench; its seed is printed, so a run can be repeated."""

from random import Random  # noqa: TID251 -- seeded, and the seed is in the report


def chance(seed: int, *about: str) -> Random:
    """Return the dice for one part of a run; parts do not take each other's numbers."""
    return Random("/".join((str(seed), *about)))  # noqa: S311 -- no secret comes of it


__all__ = ["Random", "chance"]
