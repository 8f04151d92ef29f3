"""
What is wrong in a file: where, by which rule, and what to do about it.

A `Problem` is data. `render` puts many of them into one text whose first line
stands alone in a narrow terminal (house rule 4). Each code is explained once, in
`crisis.loading.rules`.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from crisis.errors import FindingsError

# What moves the cursor, ends a line or turns the direction of writing: a file must not be
# able to write anything else on its author's screen than its mistakes.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# Nobody reads more of what a file holds in the wrong place.
_LONGEST = 1_000


class Strength(StrEnum):
    """How much a problem weighs: an error keeps the file from being used."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """
    One finding at one place; `line` and `column` count from 1.

    Whatever of a file its words repeat stays in one line, of which too much is left out.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    strength: Strength = Strength.ERROR

    def __post_init__(self) -> None:
        """Make what it repeats of a file harmless."""
        for name in ("path", "message", "hint"):
            words = getattr(self, name)
            if not words.isprintable() or len(words) > _LONGEST:
                object.__setattr__(self, name, _harmless(words))


class InvalidFilesError(FindingsError):
    """The files hold mistakes; each is listed with its place and its cure."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(render(self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems once each, in the order of files, lines and columns."""
    return tuple(sorted(set(problems), key=_place))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of the problems keeps the files from being used."""
    return any(problem.strength is Strength.ERROR for problem in problems)


def raise_for_errors(problems: Iterable[Problem]) -> None:
    """
    Do nothing unless one of the problems is an error.

    Raises:
        InvalidFilesError: at least one is; the text lists all, warnings included.
    """
    found = tuple(problems)
    if has_errors(found):
        raise InvalidFilesError(found)


def render(problems: Iterable[Problem]) -> str:
    """Return all problems as one text without a final newline, ending in a count."""
    found = in_order(problems)
    lines = [line for problem in found for line in _lines(problem)]
    return "\n".join([*lines, _count_line(found)])


def _harmless(words: str) -> str:
    if len(words) > _LONGEST:
        half = _LONGEST // 2
        words = f"{words[:half]} … {words[-half:]}"
    return _HIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), words)


def _place(problem: Problem) -> tuple[str, int, int, str, str]:
    return (problem.path, problem.line, problem.column, problem.code, problem.message)


def _lines(problem: Problem) -> list[str]:
    mark = "" if problem.strength is Strength.ERROR else f"{problem.strength}: "
    place = f"{problem.path}:{problem.line}:{problem.column}"
    first = f"{place}: {problem.code} {mark}{problem.message}"
    return [first, f"  = help: {problem.hint}"] if problem.hint else [first]


def _count_line(problems: tuple[Problem, ...]) -> str:
    if not problems:
        return "No mistakes."
    strengths = Counter(problem.strength for problem in problems)
    parts = [
        _counted(strengths[strength], word)
        for strength, word in (
            (Strength.ERROR, "mistake"),
            (Strength.WARNING, "warning"),
            (Strength.NOTICE, "notice"),
        )
        if strengths[strength]
    ]
    files = _counted(len({problem.path for problem in problems}), "file")
    heaviest = min(problems, key=lambda problem: list(Strength).index(problem.strength))
    return f"{', '.join(parts)} in {files}. `crisis playbook explain {heaviest.code}` says more."


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
