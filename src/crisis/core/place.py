"""A place that messages name: where it is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSource:
    """The step and the question of its form whose answer is the place."""

    step: str
    field: str
