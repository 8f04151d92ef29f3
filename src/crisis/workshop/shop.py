"""The files of one house, checked, explained, played and proved."""

import os
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from crisis.core.answer_time import AnswerTimes
from crisis.core.binding import bound
from crisis.core.contact import Directory
from crisis.core.coverage import Coverage, coverage
from crisis.core.forecast import Setting
from crisis.core.playbook import Playbook
from crisis.core.rhythm import AFTERWARDS
from crisis.errors import NotFoundError, UsageError
from crisis.loading.agreement_register import agreement_files
from crisis.loading.answer_time_file import load_answer_times
from crisis.loading.contact_directory import contact_files, load_contacts
from crisis.loading.files import Look, files_in, look_at, near, resolved, shown
from crisis.loading.inquiry import Explained, answered
from crisis.loading.library import FileLibrary
from crisis.loading.problem import Problem, has_errors, in_order, render
from crisis.loading.rehearsal_file import load_rehearsal
from crisis.loading.rota_file import LOOK_AHEAD
from crisis.settings import Settings
from crisis.simulated.stage import make_stage
from crisis.usecases.forecasting import Forecast, forecast
from crisis.usecases.opening import require_region
from crisis.usecases.rehearse import Simulation, Transcript, simulate
from crisis.usecases.rehearsed import differences
from crisis.wiring import open_library

# A rota is worked out this far, and a ladder that begins at the end of a proof still climbs.
LONGEST_PROOF = LOOK_AHEAD - AFTERWARDS

FIRST_DAY = timedelta(days=1)
# Fewer runs are done before another process has begun.
MANY_RUNS, MOST_PROCESSES = 1_000, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a check found; `text` is for people, `files` counts what was checked."""

    problems: tuple[Problem, ...]
    files: int

    @property
    def has_errors(self) -> bool:
        """Whether a file cannot be used as it is."""
        return has_errors(self.problems)

    @property
    def text(self) -> str:
        """Every problem with its place, its rule and its cure, ending in a count."""
        return render(self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """The files of one house; `now` is when it was opened, in UTC."""

    settings: Settings
    library: FileLibrary
    now: datetime

    def check_playbooks(self, paths: Sequence[Path]) -> Findings:
        """
        Check some playbook files, or all of the house; folders stand for what is in them.

        Raises:
            NotFoundError: a path does not exist, or there is no playbook to check.
        """
        files = files_in(paths or (self.settings.playbooks_dir,), kind="playbook", deep=False)
        # Without paths the contacts are reported as well: the playbooks rest on them.
        return Findings(problems=self.library.problems(files if paths else ()), files=len(files))

    def look(self, paths: Sequence[Path]) -> Look:
        """Return what the files that a check of playbooks reads look like now."""
        folders = (self.settings.playbooks_dir, self.settings.contacts_dir)
        below = (file for folder in (*folders, *paths) for file in folder.rglob("*"))
        known = {resolved(file) for file in (*paths, *below)}
        # What is away looks the same, whether or not it was there a moment ago.
        return look_at(file for file in known if file.is_file())

    def check_contacts(self, paths: Sequence[Path]) -> Findings:
        """
        Check folders of contacts, or that of the house; a file is checked with its folder.

        Raises:
            NotFoundError: a path does not exist, or there are no contacts to check.
        """
        folders = tuple(
            dict.fromkeys(
                path if path.is_dir() else path.parent
                for path in paths or (near(self.settings.contacts_dir),)
            )
        )
        files = files_in(paths or folders, kind="contacts", deep=True)
        wanted = {shown(path) for path in paths if path.is_file()}
        problems = [
            problem
            for folder in folders
            for house in [load_contacts(folder, around=self.now)]
            for problem in (
                *house.problems,
                *house.register_problems,
                *house.policy_problems,
            )
            if not wanted or problem.path in wanted
        ]
        return Findings(problems=in_order(problems), files=len(files))

    def check_agreements(self) -> Findings:
        """
        Check the register of the house.

        Raises:
            NotFoundError: there is no folder of contacts, or no file of an agreement in it.
        """
        folder = near(self.settings.contacts_dir)
        files = agreement_files(folder, contact_files(folder))[1] if folder.is_dir() else ()
        if not files:
            raise NotFoundError(
                f"{folder} holds no agreement (agreements/*.yaml); `crisis init DIR` brings some"
            )
        found = load_contacts(folder, around=self.now).register_problems
        return Findings(problems=found, files=len(files))

    def answer_times(self, file: Path) -> AnswerTimes:
        """
        Return the answer times of a file.

        Raises:
            NotFoundError: there is no such file.
            FindingsError: it holds mistakes; the message lists them all.
        """
        if not file.is_file():
            raise NotFoundError(f"there is no file {file}")
        return load_answer_times(file)

    def forecast(
        self,
        simulation: Simulation,
        times: AnswerTimes,
        *,
        runs: int,
        seed: int,
        out: Collection[str] = (),
    ) -> Forecast:
        """
        Play a simulation many times over, with answers by chance instead of its cues.

        Raises:
            NotFoundError: unknown playbook, region or attribute, or a name in `out`.
            UsageError: it begins before its T0, which is not played by chance.
            FindingsError: the playbook's or the directory's files hold mistakes.
        """
        if simulation.planned_for is not None:
            raise UsageError(
                "a forecast begins at T0: leave --planned-for out, and give T0 as --at"
            )
        known = self.library.directory(around=simulation.at)
        _require_known(frozenset(out), known)
        playbook, directory = self.in_region(simulation.playbook, simulation.region, known)
        setting = Setting(
            playbook=playbook,
            directory=directory,
            region=simulation.region,
            at=simulation.at,
            until=simulation.until or simulation.at + FIRST_DAY,
            times=times,
            attributes=simulation.attributes,
            out=tuple(sorted(out)),
        )
        parts = min(os.cpu_count() or 1, MOST_PROCESSES) if runs >= MANY_RUNS else 1
        if parts == 1:
            return forecast(setting, runs=runs, seed=seed)
        with ProcessPoolExecutor(parts, mp_context=get_context("spawn")) as pool:
            return forecast(setting, runs=runs, seed=seed, pool=pool, parts=parts)

    def coverage(
        self, playbook_id: str, *, region: str, since: datetime, until: datetime
    ) -> Coverage:
        """
        Return the proof of coverage for a region (AGS) and a period in UTC.

        Raises:
            NotFoundError: there is no such playbook, or it does not hold in the region.
            UsageError: the period is none, or longer than rotas are read.
            FindingsError: the playbook's or the directory's files hold mistakes.
        """
        if not since < until <= since + LONGEST_PROOF:
            raise UsageError(
                f"a proof covers more than nothing and at most {LONGEST_PROOF.days} days:"
                " choose another --from or --to"
            )
        known = self.library.directory(around=since)
        playbook, directory = self.in_region(playbook_id, region, known)
        return coverage(playbook, directory, region=region, since=since, until=until)

    def in_region(
        self, playbook_id: str, region: str, known: Directory
    ) -> tuple[Playbook, Directory]:
        """
        Return a playbook with the layers of a region (AGS), and a directory as those bind it.

        Raises:
            NotFoundError: there is no such playbook, or it does not hold in the region.
            FindingsError: its files hold mistakes.
        """
        playbook = self.library.playbook(playbook_id, region=region)
        require_region(playbook, region)
        return playbook, bound(known, playbook.bindings, playbook.must_not, region=region)

    def explain(self, text: str, *, region: str) -> Explained:
        """
        Say where what a text such as `A32.within` names comes from, in a region or everywhere.

        Raises:
            NotFoundError: there is no such playbook, step or field.
            FindingsError: the files hold mistakes.
        """
        return answered(self.library, text, region=region, at=self.now)

    def rehearsal(self, file: Path) -> Simulation:
        """
        Return the timeline of a rehearsal file.

        Raises:
            NotFoundError: there is no such file.
            FindingsError: it holds mistakes; the message lists them all.
        """
        if not file.is_file():
            raise NotFoundError(f"there is no file {file}")
        return load_rehearsal(file).simulation

    def rehearsals(self, paths: Sequence[Path]) -> tuple[Path, ...]:
        """
        Return rehearsal files: those named, those in folders named, or all beside the playbooks.

        Raises:
            NotFoundError: a path does not exist, or there is no rehearsal.
        """
        wanted = paths or (near(self.settings.playbooks_dir),)
        missing = [str(path) for path in wanted if not path.exists()]
        if missing:
            raise NotFoundError(f"there is no {' and no '.join(missing)}")
        found = tuple(
            file
            for path in wanted
            for file in ([path] if path.is_file() else sorted(path.glob("*.rehearsal.yaml")))
        )
        if not found:
            listed = ", ".join(map(str, wanted))
            raise NotFoundError(f"{listed} holds no rehearsal (<id>.<name>.rehearsal.yaml)")
        return found

    def rehearse(self, file: Path) -> tuple[str, ...]:
        """
        Play a rehearsal, and return where it showed something else than it must.

        Raises:
            FindingsError: the file holds mistakes; the message lists them all.
            CrisisError: whatever the house refuses at opening, or refuses a cue with.
        """
        rehearsal = load_rehearsal(file)
        transcript = self.simulate(rehearsal.simulation)
        return () if rehearsal.expected is None else differences(rehearsal.expected, transcript)

    def simulate(self, simulation: Simulation, *, out: Collection[str] = ()) -> Transcript:
        """
        Play a simulation over the house's playbooks and contacts, within its limits.

        Raises:
            NotFoundError: unknown playbook, region or attribute, or a name in `out`.
            CrisisError: whatever the house refuses at opening, or refuses a cue with.
        """
        # Here, because it brings every way out along, and a check sends nothing.
        from crisis.wiring.courier import guard_rules

        names = frozenset(out)
        _require_known(names, self.library.directory(around=simulation.at))
        rules = guard_rules(self.settings)
        stage = make_stage(self.library, at=simulation.at, out=names, rules=rules)
        return simulate(stage, simulation)


def open_workshop(settings: Settings) -> Workshop:
    """Return the workshop of a house."""
    library, now = open_library(settings)
    return Workshop(settings=settings, library=library, now=now)


def _require_known(names: frozenset[str], directory: Directory) -> None:
    channels = [channel for contact in directory.contacts.values() for channel in contact.channels]
    providers = {channel.provider for channel in channels} - {""}
    kinds = {channel.kind.value for channel in channels}
    strange = sorted(names - providers - kinds - {channel.id for channel in channels})
    if strange:
        raise NotFoundError(
            f"there is no provider, kind or channel {', '.join(strange)}; providers are:"
            f" {', '.join(sorted(providers)) or 'none'}; kinds are: {', '.join(sorted(kinds))};"
            " channels stand in `crisis contacts who --json`"
        )
