"""
Run the fault bench, print its table, write `bench/results/faults.json`.

Ends with exit code 1 if anything was lost, unmarked or otherwise wrong, and if a whole
run tried less than it promises; the folders of a run that failed are kept, and how to
run it again is printed.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

from rich.console import Console

from bench.faults.catalogue import KINDS
from bench.faults.kind import BOTH
from bench.faults.leaving import leave_in_order
from bench.faults.run import Run
from bench.faults.stage import DEFAULT, SIZES
from bench.faults.table import (
    Origin,
    is_kept,
    print_table,
    shortfalls,
    summary,
    write_summary,
)
from bench.faults.tally import Tally
from bench.machine import commit, machine
from crisis.errors import CrisisError
from crisis.wiring import SystemClock

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "bench" / "results" / "faults.json"
# After the last fault has begun, everything gets so long to be done and judged.
SETTLING_S = 600.0


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--kinds", nargs="+", choices=sorted(KINDS), default=sorted(KINDS))
    parser.add_argument("--databases", nargs="+", choices=BOTH, default=list(BOTH))
    parser.add_argument("--size", choices=sorted(SIZES), default="default")
    parser.add_argument("--seed", type=int, default=None, help="repeat a run; else by the clock")
    parser.add_argument("--kills", type=int, default=None, help="processes killed per database")
    parser.add_argument("--minutes", type=float, default=None, help="begin no fault after these")
    parser.add_argument("--result", type=Path, default=RESULT)
    parser.add_argument("--list", action="store_true", help="list the kinds and leave")
    return parser.parse_args(words)


def main() -> int:
    """Run what was asked for and return the exit code."""
    console = Console(width=None if sys.stdout.isatty() else 170)
    given = arguments()
    if given.list:
        for kind in KINDS.values():
            console.print(f"{kind.id:<28}{kind.words}", markup=False)
        return 0
    now = SystemClock().now()
    seed = int(now.timestamp()) if given.seed is None else given.seed
    console.print(f"{machine()}\nseed {seed}, size {given.size}")
    folder, began = Path(tempfile.mkdtemp(prefix="crisis-faults-")), time.monotonic()
    try:
        size = SIZES[given.size]
        if given.kills is not None:
            size = replace(size, kills=given.kills)
        if given.minutes is not None:
            size = replace(size, limit_s=60 * given.minutes)
        leave_in_order(size.limit_s + SETTLING_S)
        plan = Run(
            folder=folder,
            seed=seed,
            size=size,
            kinds=frozenset(given.kinds),
            tell=lambda words: console.print(words, style="dim", markup=False),
        )
        tallies = plan.on(given.databases)
    except (CrisisError, OSError) as error:
        console.print(f"faults: {error}\nWhat was left behind is in {folder}", style="red")
        return 1
    origin = Origin(
        seed=seed,
        size=given.size,
        machine=machine(),
        commit=commit(ROOT),
        at=now,
        took_s=round(time.monotonic() - began, 1),
    )
    if report(tallies, given, origin, console=console):
        rmtree(folder)
        return 0
    console.print(f"\nRun it again: {_again(given, seed)}\nIts folders: {folder}", style="red")
    return 1


def report(
    tallies: Sequence[Tally], given: argparse.Namespace, origin: Origin, *, console: Console
) -> bool:
    """Print and write what was found; return whether all held, and enough of it was tried."""
    findings = shortfalls(tallies) if _is_whole(given) else ()
    result = summary(tallies, origin, findings)
    print_table(tallies, console=console)
    write_summary(given.result, result)
    console.print(_last_words(result))
    for what in findings:
        console.print(what, style="red", markup=False)
    return is_kept(tallies) and not findings


def _is_whole(given: argparse.Namespace) -> bool:
    """Return whether everything was asked for; who asks for less gets less, and knows it."""
    return (
        set(given.kinds) == set(KINDS)
        and set(given.databases) == set(BOTH)
        and SIZES[given.size].kills >= DEFAULT.kills
        and given.kills is None
        and given.minutes is None
    )


def _last_words(result: dict[str, object]) -> str:
    keys = (
        "kills",
        "fault_kinds",
        "asked",
        "lost",
        "repeated",
        "repeated_max_per_kill",
        "unmarked",
        "unknown",
        "unknown_shown",
        "max_recovery_s",
        "log_verified",
        "took_s",
    )
    return "\n" + "  ".join(f"{key} {result[key]}" for key in keys)


def _again(given: argparse.Namespace, seed: int) -> str:
    databases, kinds = " ".join(given.databases), " ".join(given.kinds)
    chosen = "" if len(given.kinds) == len(KINDS) else f" --kinds {kinds}"
    return (
        f"python -m bench.faults --seed {seed} --size {given.size} --databases {databases}{chosen}"
    )


if __name__ == "__main__":
    sys.exit(main())
