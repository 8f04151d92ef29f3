"""What an author waits for: check, simulation, forecast, proof of coverage."""

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from shutil import copytree

from bench.bad_file import BAD, bad_files
from bench.figure import Figure
from bench.scenario import Run
from crisis.cli.main import OBJECTS_BEFORE_A_LOOK
from crisis.core.coverage import coverage
from crisis.errors import UsageError
from crisis.loading.library import FileLibrary
from crisis.settings import load_settings
from crisis.simulated.clock import FakeClock
from crisis.simulated.stage import make_stage
from crisis.usecases.rehearse import Simulation, simulate
from crisis.workshop import Workshop

ROOT = Path(__file__).parents[1]
PLAYBOOK, REGION = "sn-mass-casualty", "14612"
# Three in the morning on Christmas Day.
NIGHT = datetime(2026, 12, 25, 2, tzinfo=UTC)
DAY, MONTHS_18 = timedelta(days=1), timedelta(days=548)
YEAR, RUNS = 365, 10_000
CHECK_S, CHECK_MANY_S, SIMULATE_S, FORECAST_S, COVERAGE_S = 1.0, 0.5, 1.0, 30.0, 20.0
STEPS, TEMPLATE_STEPS = 500, 5
TURNS, LIMIT_S = 3, 60.0


def authoring(run: Run) -> Iterator[Figure]:
    """Yield how long an author waits for each answer, with the shipped files."""
    house = run.room("authoring")
    for folder in ("playbooks", "contacts"):
        copytree(ROOT / folder, house / folder)
    yield _check(house)
    yield _check_many(house)
    yield from bad_files(run.room("bad_files"), most=1 if run.quick else len(BAD))
    gc.set_threshold(OBJECTS_BEFORE_A_LOOK)  # as the command does
    library = FileLibrary(
        playbooks=house / "playbooks",
        contacts=house / "contacts" / "example",
        clock=FakeClock(NIGHT),
    )
    library.directory(around=NIGHT)
    yield _simulate(
        library, turns=1 if run.quick else TURNS, lasts=DAY if run.quick else MONTHS_18
    )
    yield _forecast(house, library, runs=run.size(RUNS))
    yield _coverage(library, days=1 if run.quick else YEAR)


def _check(house: Path) -> Figure:
    """Measure the command from its start to its end, less what `--help` takes."""
    crisis = str(Path(sys.executable).with_name("crisis"))
    start, whole = (
        min(_seconds(partial(_run, (crisis, *words), house)) for _ in range(TURNS))
        for words in (("--help",), ("playbook", "check"))
    )
    return Figure(
        key="check_all_s",
        value=round(whole - start, 2),
        unit="s",
        target=CHECK_S,
        note=f"`crisis playbook check` of all shipped files, less {start:.2f} s for the start",
    )


def _check_many(house: Path) -> Figure:
    """Measure the check of one playbook of five hundred steps, each after the one before."""
    template = (ROOT / "playbooks" / "templates" / "five-steps.yaml").read_text(encoding="utf-8")
    begin, end = template.index("      # 2. Somebody"), template.index("      # 3. Somebody")
    step = template[begin:end]
    more = (
        step.replace("id: S2", f"id: M{n}").replace("start: with S1", f"start: after {_before(n)}")
        for n in range(STEPS - TEMPLATE_STEPS)
    )
    file = house / "playbooks" / "many.yaml"
    whole = template[:end] + "".join(more) + template[end:]
    file.write_text(whole.replace("id: five-steps", "id: many"), encoding="utf-8")
    taken = min(_seconds(partial(_checked, house, file)) for _ in range(TURNS))
    file.unlink()
    return Figure(
        key="check_500_steps_s",
        value=round(taken, 2),
        unit="s",
        target=CHECK_MANY_S,
        note=f"a playbook of {STEPS} steps, its contacts read anew, in a process that has started",
    )


def _checked(house: Path, file: Path) -> None:
    library = FileLibrary(
        playbooks=house / "playbooks",
        contacts=house / "contacts" / "example",
        clock=FakeClock(NIGHT),
    )
    if problems := library.problems((file,)):
        raise UsageError(f"the bench's playbook has a mistake: {problems[0].message}")


def _before(n: int) -> str:
    return f"M{n - 1}" if n else "S2"


def _simulate(library: FileLibrary, *, turns: int, lasts: timedelta) -> Figure:
    simulation = Simulation(playbook=PLAYBOOK, region=REGION, at=NIGHT, until=NIGHT + lasts)
    taken = []
    entries = 0
    for _ in range(turns):
        stage = make_stage(library, at=NIGHT)
        began = time.perf_counter()
        entries = len(simulate(stage, simulation).entries)
        taken.append(time.perf_counter() - began)
    return Figure(
        key="simulate_18_months_s",
        value=round(min(taken), 2),
        unit="s",
        target=SIMULATE_S,
        note=f"{PLAYBOOK}, {lasts.days} days in which nobody answers, {entries} entries",
    )


def _forecast(house: Path, library: FileLibrary, *, runs: int) -> Figure:
    folders = {"playbooks_dir": house / "playbooks", "contacts_dir": house / "contacts"}
    settings = load_settings(folders, env_file=None)
    shop = Workshop(settings=settings, library=library, now=NIGHT)
    times = shop.answer_times(ROOT / "playbooks" / "templates" / "answer-times.yaml")
    first_day = Simulation(
        playbook=PLAYBOOK, region=REGION, at=NIGHT, attributes={"dangerous": "no"}
    )
    seconds = _seconds(lambda: shop.forecast(first_day, times, runs=runs, seed=1))
    return Figure(
        key="monte_carlo_10k_s",
        value=round(seconds, 1),
        unit="s",
        target=FORECAST_S,
        note=f"{runs} runs of the first day, shared out among the processors",
    )


def _coverage(library: FileLibrary, *, days: int) -> Figure:
    playbook, directory = library.playbook(PLAYBOOK), library.directory(around=NIGHT)
    until = NIGHT + timedelta(days=days)
    seconds = _seconds(
        lambda: coverage(playbook, directory, region=REGION, since=NIGHT, until=until)
    )
    return Figure(
        key="coverage_year_s",
        value=round(seconds, 1),
        unit="s",
        target=COVERAGE_S,
        note=f"every binding step at every hour of {days} days, any provider out",
    )


def _run(words: tuple[str, ...], house: Path) -> None:
    subprocess.run(words, cwd=house, stdout=subprocess.DEVNULL, check=True, timeout=LIMIT_S)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
