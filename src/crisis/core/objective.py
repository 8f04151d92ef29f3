"""What a run is to achieve, and by what the report proposes a grade for it."""

from dataclasses import dataclass

from crisis.core.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedAgainst:
    """
    What a question's answers add up to must be what an attribute says.

    `form` and `field` name the question, a count or a band; `attribute` is a count.
    """

    form: str
    field: str
    attribute: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """
    An aim, and the steps by which the report proposes a grade for it.

    `counts` compares numbers beside (Z5). `shown_by_log` is False where no log can hold
    whether the aim was met (Z3): then nothing better than "not observed" is proposed.
    """

    id: str
    title: Words
    steps: tuple[str, ...]
    counts: CountedAgainst | None = None
    shown_by_log: bool = True
