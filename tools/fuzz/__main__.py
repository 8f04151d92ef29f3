"""
Fuzz the readers of files: `make fuzz`, or `python -m tools.fuzz [--seconds N] [KIND…]`.

Each kind of file gets its share of the time. A finding prints what was broken and where
the file lies that breaks it; the exit code is then 1. The number behind `--seed` begins
the same row of files again.
"""

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random  # noqa: TID251 -- as in `mutation.py`

import yaml

from crisis.loading.located import read_yaml
from crisis.loading.problem import Problem
from tools.fuzz.mutation import Tree, mutated
from tools.fuzz.target import Target, furnish, targets

MOST_S = 2.0
_QUICK: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A file that broke the law, and how; `sign` is the same for what is likely the same."""

    text: str
    sign: str


def fuzz(target: Target, house: Path, *, until: float, by: Random) -> Iterator[Finding | None]:
    """Yield for each file that was tried whether it broke the law, until the time is up."""
    trees: list[Tree] = list(_trees(target))
    file = house / target.place
    file.parent.mkdir(parents=True, exist_ok=True)
    while time.monotonic() < until:
        tree = mutated(by.choice(trees), by.choice(trees), by=by)
        text = yaml.dump(tree, Dumper=_QUICK, allow_unicode=True, sort_keys=False)
        file.write_text(text, encoding="utf-8")
        sign = _broken(target, file)
        yield Finding(text=text, sign=sign) if sign else None
    file.unlink(missing_ok=True)


def _trees(target: Target) -> Iterator[Tree]:
    """Yield the files to begin with that are sound YAML."""
    for file in target.beginnings():
        document, _ = read_yaml(file, shown_as=file.name)
        if document is not None:
            yield document.data


def _broken(target: Target, file: Path) -> str:
    """Return what breaks the law: no traceback, two seconds, a place and words for everything."""
    began = time.process_time()
    try:
        problems = target.read(file)
    except Exception as error:  # noqa: BLE001 -- that is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
    if time.process_time() - began > MOST_S:
        return "it took more than two seconds"
    return next((f"{one.code} {why}" for one in problems if (why := _unfit(one))), "")


def _unfit(problem: Problem) -> str:
    if problem.line < 1 or problem.column < 1:
        return "has no place"
    if not problem.message:
        return "says nothing"
    fits = (problem.message + problem.hint).replace("\u00a0", " ").isprintable()
    return "" if fits else "repeats what nobody can see"


def main(given: list[str]) -> int:
    """Fuzz and print findings; return the exit code."""
    parser = argparse.ArgumentParser(prog="tools.fuzz", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--seconds", type=float, default=80.0, help="for all kinds together")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3), "big"))
    asked = parser.parse_args(given)
    with tempfile.TemporaryDirectory() as folder:
        house = Path(folder)
        furnish(house)
        known = targets(house)
        if unknown := set(asked.kinds) - set(known):
            parser.error(f"there is no kind {', '.join(unknown)}; there are: {', '.join(known)}")
        kinds = asked.kinds or list(known)
        found = [
            finding
            for kind in kinds
            for finding in _report(
                kind, known[kind], house, asked.seconds / len(kinds), asked.seed
            )
        ]
    return 1 if found else 0


def _report(kind: str, target: Target, house: Path, seconds: float, seed: int) -> list[Finding]:
    """Fuzz one kind, print each finding of its own kind once, and return those."""
    found: dict[str, Finding] = {}
    tried = 0
    row = fuzz(target, house, until=time.monotonic() + seconds, by=Random(f"{seed} {kind}"))  # noqa: S311 -- no secret
    for tried, finding in enumerate(row, 1):  # noqa: B007 -- told below
        if finding is not None and finding.sign not in found:
            found[finding.sign] = finding
            kept = Path(tempfile.mkdtemp(prefix="fuzz-")) / Path(target.place).name
            kept.write_text(finding.text, encoding="utf-8")
            print(f"{kind}: {finding.sign}: {kept}", flush=True)
    print(f"{kind}: {tried} files, {len(found)} findings, seed {seed}", flush=True)
    return list(found.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
