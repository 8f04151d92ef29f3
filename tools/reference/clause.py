"""The page of clauses: what serves each clause of the seeds, what proves it, and what is open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools.reference.markdown import head, table

# Named in issue 4 for later work; every other clause of these weights must be served in the end.
MAY_STAY_OPEN = frozenset({"S1.12", "S1.13", "S4.8", "S4.10", "S4.11"})
BINDING = frozenset({"K", "W"})
SEEDS = {
    "S1": "Justice of North Rhine-Westphalia and WEISSER RING, 2024",
    "S2": "Saxon commissioner for victims and Opferhilfe Sachsen, 2020",
    "S3": "Saxon police and WEISSER RING, 2015",
    "S4": "Coordination office of North Rhine-Westphalia, 2018",
    "S5": "Federal Police and KOK, 2022",
}
_INTRO = """
Five real agreements stand behind this house.
For every clause: the step, rule, command or page that serves it, and the test that proves it.
A clause that lacks something is **open**, and says what it lacks; nothing is hidden.
Weights: K core, W important, R marginal.
The words stand in [clauses.yaml](../../tools/reference/clauses.yaml), held against the code.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What is said of one clause; `lacks` names what is not there yet."""

    clause: str
    priority: str
    served: tuple[str, ...] = ()
    proved: tuple[str, ...] = ()
    lacks: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is missing: a service, a proof, or what `lacks` says."""
        return bool(self.lacks) or not self.served or not self.proved


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    What there is to serve and to prove with.

    `words` are all that may stand under `served`, by their kind; `steps` of a kind
    `step` are written `PLAYBOOK ID`. `tests` are names of test functions by file.
    `clauses` are the ids and contents that the register holds.
    """

    words: Mapping[str, frozenset[str]]
    tests: Mapping[str, frozenset[str]] = field(default_factory=dict)
    clauses: Mapping[str, str] = field(default_factory=dict)


def faults(said: Mapping[str, Served], known: Known) -> Iterator[str]:
    """Yield every word of the data that leads nowhere, and every clause that is left out."""
    for clause in known.clauses:
        if clause not in said:
            yield f"{clause} is left out"
    for each in said.values():
        if each.clause not in known.clauses:
            yield f"{each.clause} is no clause of the register"
        if each.priority not in {"K", "W", "R"}:
            yield f"{each.clause} has no weight `{each.priority}`; write K, W or R"
        if each.is_open and not each.lacks:
            yield f"{each.clause} lacks a service or a proof; say under `lacks` what is missing"
        yield from _strays(each, known)


def _strays(each: Served, known: Known) -> Iterator[str]:
    for word in each.served:
        kind, _, name = word.partition(" ")
        if name not in known.words.get(kind, frozenset()):
            yield f"{each.clause} is served by `{word}`, which does not exist"
    for proof in each.proved:
        file, _, test = proof.partition("::")
        if test not in known.tests.get(file, frozenset()):
            yield f"{each.clause} is proved by `{proof}`, which does not exist"


def wanting(said: Mapping[str, Served]) -> tuple[str, ...]:
    """Return the binding clauses that are open and were not named for later work."""
    return tuple(
        each.clause
        for each in said.values()
        if each.is_open and each.priority in BINDING and each.clause not in MAY_STAY_OPEN
    )


def page(said: Mapping[str, Served], known: Known) -> str:
    """Describe every clause of the seeds, in their order."""
    open_ones = sum(each.is_open for each in said.values())
    counted = (
        f"\n{len(said)} clauses: {len(said) - open_ones} served and proved, {open_ones} open.\n"
    )
    return head("Clauses") + _INTRO + counted + "".join(_seed(seed, said, known) for seed in SEEDS)


def _seed(seed: str, said: Mapping[str, Served], known: Known) -> str:
    rows = (
        (
            each.clause,
            known.clauses.get(each.clause, ""),
            each.priority,
            "<br>".join(_linked(word) for word in each.served),
            "<br>".join(_proof(proof) for proof in each.proved),
            f"**open**: {each.lacks}" if each.is_open else "",
        )
        for each in said.values()
        if each.clause.partition(".")[0] == seed
    )
    columns = ("clause", "says", "weight", "served by", "proved by", "lacks")
    return f"\n## {seed} {SEEDS[seed]}\n" + table(columns, rows)


def _linked(word: str) -> str:
    kind, _, name = word.partition(" ")
    match kind:
        case "page":
            return f"[{name}](../../{name})"
        case "rule":
            return f"rule [{name}](rules.md)"
        case "command":
            return f"[crisis {name}](commands.md#crisis-{name.replace(' ', '-')})"
        case _:
            return f"{kind} `{name}`"


def _proof(proof: str) -> str:
    file, _, test = proof.partition("::")
    words = test.removeprefix("test_").replace("_", " ")
    return f"[{words}](../../{Path(file).as_posix()})"
