"""
Measure everything, print it beside its targets, write `bench/results/latest.json` and a page.

`python -m bench [--quick] [--into FOLDER] [scenario …]`; without names all scenarios
run. Ends with exit code 1 if something could not be measured; a target that is missed
is shown and does not fail the run, because figures belong to their machine.
"""

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from types import FrameType

from bench.catalogue import SCENARIOS
from bench.figure import Figure
from bench.machine import commit, load, machine
from bench.page import Chapter, page
from bench.result import heading, row, write_result, write_whole
from bench.scenario import Run, Scenario
from crisis.errors import without_words
from crisis.wiring import SystemClock

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results"
LEAST_TRACKED = 0.99
LONGEST_FAULT = 400
PATIENCE = 3


@dataclass(slots=True, kw_only=True)
class Report:
    """What was measured so far, chapter by chapter, and what could not be."""

    chapters: list[Chapter] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def figures(self) -> list[Figure]:
        """Every figure, in order."""
        return [figure for chapter in self.chapters for figure in chapter.figures]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench, each scenario within its limit, and return its exit code."""
    chosen, given = _chosen(arguments)
    # Asked to leave, it still ends the houses it started.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    run = Run(folder=Path(tempfile.mkdtemp(prefix="crisis-bench-")), quick=given.quick)
    faults = measure_all(run, chosen, into=given.into)
    for fault in faults:
        print(f"bench: {fault}", file=sys.stderr)
    if faults:
        print(f"bench: what was left behind is in {run.folder}", file=sys.stderr)
        return 1
    rmtree(run.folder)
    return 0


def measure_all(run: Run, chosen: Sequence[Scenario], *, into: Path) -> list[str]:
    """Measure scenarios one after the other, write what they yielded, return what went wrong."""
    where, which, report = machine(), commit(ROOT), Report()
    print(f"{where}\ncommit {which or 'unknown'}\n\n{heading()}", flush=True)
    _take(report, "This machine", [_load()])
    for scenario in chosen:
        _measure(run, scenario, report)
    _take(report, "Under Prefect", _tracked(run))
    at = SystemClock().now()
    # Figures of tiny sizes mean nothing and replace none.
    file = into / ("quick.json" if run.quick else "latest.json")
    write_result(file, report.figures, machine=where, commit=which, at=at)
    pictures = file.with_suffix(".html")
    write_whole(pictures, page(report.chapters, machine=where, commit=which, at=at))
    print(f"\nwritten to {file} and {pictures.name} beside it")
    return report.faults


def _chosen(arguments: Sequence[str] | None) -> tuple[tuple[Scenario, ...], argparse.Namespace]:
    names = [scenario.name for scenario in SCENARIOS]
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").strip())
    parser.add_argument("scenarios", nargs="*", metavar="scenario", help=", ".join(names))
    parser.add_argument("--quick", action="store_true", help="tiny sizes: does it run at all?")
    parser.add_argument("--into", type=Path, default=RESULTS, help="the folder for the results")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.scenarios if name not in names]
    if unknown:
        parser.error(f"no scenario {', '.join(unknown)}; there are: {', '.join(names)}")
    wanted = given.scenarios or names
    return tuple(each for each in SCENARIOS if each.name in wanted), given


def _measure(run: Run, scenario: Scenario, report: Report) -> None:
    """Measure one scenario; what goes wrong there is noted, and the others go on."""
    print(f"\n{scenario.title}  ({scenario.name})", flush=True)
    chapter = Chapter(title=scenario.title, figures=[])
    report.chapters.append(chapter)
    try:
        # Somebody who only wants to see it run may have a busy machine.
        with _limit(scenario.limit_s * (PATIENCE if run.quick else 1)):
            for figure in scenario.measure(run):
                chapter.figures.append(figure)
                print(row(figure), flush=True)
    except Exception as error:  # noqa: BLE001 -- whatever it was, the other scenarios still count
        fault = (str(error) or without_words(error))[:LONGEST_FAULT]
        report.faults.append(f"{scenario.name}: {fault}")
        print(f"could not be measured: {fault}", flush=True)


@contextmanager
def _limit(seconds: int) -> Iterator[None]:
    def too_long(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"it did not end within {seconds} s")

    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def _take(report: Report, title: str, figures: Sequence[Figure]) -> None:
    if figures:
        print(f"\n{title}")
        report.chapters.append(Chapter(title=title, figures=list(figures)))
        for figure in figures:
            print(row(figure), flush=True)


def _load() -> Figure:
    return Figure(key="load_before", value=load(), unit="", note="processes that want a core")


def _tracked(run: Run) -> list[Figure]:
    if not run.tally.all:
        return []
    return [
        Figure(
            key="prefect_tracked_share",
            value=round(run.tally.tracked / run.tally.all, 4),
            unit="",
            target=LEAST_TRACKED,
            at_least=True,
            note=f"of {run.tally.all} messages and reports in all fault-free scenarios",
        )
    ]


if __name__ == "__main__":
    sys.exit(main())
