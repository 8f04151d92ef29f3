"""
Measure everything, print it beside its targets, write `bench/results/latest.json`.

Ends with exit code 1 if something could not be measured; a target that is missed
is shown and does not fail the run, because figures belong to their machine.
"""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from types import FrameType

import httpx

from bench.bare_loop import bare_loop
from bench.cli_help import cli_help
from bench.cold_start import cold_start
from bench.figure import Figure
from bench.house import started_house
from bench.machine import commit, load, machine
from bench.planning import planning
from bench.result import heading, row, write_result
from bench.trigger import trigger
from crisis.errors import CrisisError
from crisis.wiring import SystemClock

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "bench" / "results" / "latest.json"
# The house then still gets half a minute to leave.
LIMIT_S = 210


def measured(folder: Path) -> Iterator[Figure]:
    """Yield every figure as soon as it is known."""
    yield Figure(key="load_before", value=load(), unit="", note="processes that want a core")
    yield from cli_help()
    yield from planning(folder / "planning")
    with started_house(folder / "house") as house:
        yield from cold_start(house)
        yield from trigger(house)
        yield from bare_loop(house)


def main() -> int:
    """Run the bench, in less than four minutes, and return its exit code."""
    folder = Path(tempfile.mkdtemp(prefix="crisis-bench-"))
    signal.signal(signal.SIGALRM, _too_long)
    # Asked to leave, it still ends the house it started.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    signal.alarm(LIMIT_S)
    where, which = machine(), commit(ROOT)
    print(f"{where}\ncommit {which or 'unknown'}\n\n{heading()}", flush=True)
    figures: list[Figure] = []
    fault = ""
    try:
        for figure in measured(folder):
            figures.append(figure)
            print(row(figure), flush=True)
    except (CrisisError, OSError, httpx.HTTPError, subprocess.SubprocessError) as error:
        fault = f"{error}\nWhat was left behind is in {folder}"
    finally:
        signal.alarm(0)
    write_result(RESULT, figures, machine=where, commit=which, at=SystemClock().now())
    print(f"\nwritten to {RESULT.relative_to(ROOT)}")
    if fault:
        print(f"bench: {fault}", file=sys.stderr)
        return 1
    rmtree(folder)
    return 0


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"the bench did not end within {LIMIT_S} s")


if __name__ == "__main__":
    sys.exit(main())
