"""A kind of fault: what it is, how it is applied, what must hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.faults.stage import Stage
from bench.faults.tally import Tally

SQLITE, POSTGRES = "sqlite", "postgres"
BOTH = (SQLITE, POSTGRES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    One kind of fault.

    `words` say what is done, `holds` what must hold beside what always must
    (nothing lost, repeats within the window and marked, unknowns shown, the log
    intact), `source` quotes the demand it answers.
    """

    id: str
    words: str
    source: str
    holds: str = ""
    databases: tuple[str, ...] = BOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Some kinds of fault that are tried in the same house, one after the other."""

    name: str
    kinds: tuple[Kind, ...]
    play: Callable[[Stage], Iterator[Tally]]
