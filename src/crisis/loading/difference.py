"""
What differs between two versions of a playbook, in the terms of the trade (S1.4).

`a deadline was lengthened`, not `line 214 changed`. Each difference carries a verdict,
so that partners can see at once whether something that binds them became weaker.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from crisis.core.contact import Directory
from crisis.loading.explanation import inline
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.yaml_builder import YamlValue


class Verdict(StrEnum):
    """
    What a difference does to what was agreed.

    `UNCLEAR`: something binding is said differently, and no rule can tell whether it is
    less; somebody must read it.
    """

    WEAKER = "weaker"
    UNCLEAR = "unclear"
    STRICTER = "stricter"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """
    One difference: where, what kind, as it was and as it is, and what that does.

    `where` is the id of a step, or what kind of thing and its id (`ladder A`); `kind` is a
    stable word such as `deadline-lengthened`; `why` says more in a few words.
    """

    where: str
    kind: str
    verdict: Verdict = Verdict.NEUTRAL
    before: str = ""
    after: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """
    One side of a comparison: a playbook as written, with its layers laid over it.

    `data` is the same as plain data, to quote from. `reasons` are those that layers give
    for longer deadlines, by step. `directory` holds the partners as this side binds them;
    it is empty where no region is looked at.
    """

    name: str
    written: PlaybookFile
    data: dict[str, YamlValue]
    reasons: Mapping[str, str] = field(default_factory=dict)
    directory: Directory | None = None
    region: str = ""


def quoted(data: YamlValue, *keys: str) -> str:
    """Return a value on one line, as its author wrote it; empty where it is not there."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return "" if data is None else inline(data)


def gone_and_new(
    where: str,
    old: Mapping[str, str],
    new: Mapping[str, str],
    kinds: tuple[str, str],
    verdicts: tuple[Verdict, Verdict] = (Verdict.NEUTRAL, Verdict.NEUTRAL),
) -> Iterator[Difference]:
    """
    Yield what is in one of two lists only, first what is gone, then what is new.

    Both map ids to what is told of them; `{}` in `where` stands for the id. `kinds` and
    `verdicts` are for what is gone and for what is new.
    """
    for name, told in old.items():
        if name not in new:
            place = where.format(name)
            yield Difference(where=place, kind=kinds[0], verdict=verdicts[0], before=told)
    for name, told in new.items():
        if name not in old:
            place = where.format(name)
            yield Difference(where=place, kind=kinds[1], verdict=verdicts[1], after=told)


def plain(words: Iterable[str]) -> dict[str, str]:
    """Return words as they are told: by themselves."""
    return {word: word for word in words}
