"""What is fuzzed: each kind of file, from which files it begins, where it is put, who reads it."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crisis.loading.answer_time_file import load_answer_times
from crisis.loading.contact_directory import load_contacts
from crisis.loading.library import FileLibrary
from crisis.loading.problem import InvalidFilesError, Problem
from crisis.loading.providers_file import load_providers
from crisis.loading.rehearsal_file import load_rehearsal
from crisis.simulated.clock import FakeClock

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]

Reading = Callable[[Path], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One kind of file: patterns of files to begin with, its place in a house, its reader."""

    begins_with: tuple[str, ...]
    place: str
    read: Reading

    def beginnings(self) -> list[Path]:
        """Return the files to begin with, in order."""
        found = {file for pattern in self.begins_with for file in ROOT.glob(pattern)}
        return sorted(file for file in found if file.is_file())


def furnish(house: Path) -> None:
    """Put what a file refers to into an empty folder."""
    shutil.copytree(ROOT / "playbooks", house / "playbooks")
    shutil.copytree(ROOT / "contacts", house / "contacts")


def targets(house: Path) -> Mapping[str, Target]:
    """Return all kinds of files, to be put into a furnished house."""
    library = FileLibrary(
        playbooks=house / "playbooks", contacts=house / "contacts", clock=FakeClock(NOW)
    )

    def contacts(file: Path) -> tuple[Problem, ...]:
        found = load_contacts(house / "contacts" / "fuzzed", around=NOW)
        del file
        return (*found.problems, *found.register_problems, *found.policy_problems)

    def checked(file: Path) -> tuple[Problem, ...]:
        return library.problems((file,))

    return {
        "playbook": Target(
            begins_with=("playbooks/*[a-z].yaml", "tests/loading/cases/*.yaml"),
            place="fuzzed.yaml",
            read=checked,
        ),
        "overlay": Target(
            begins_with=("playbooks/overlays/*.yaml", "tests/loading/overlay_cases/*.yaml"),
            place="playbooks/overlays/fuzzed.yaml",
            read=checked,
        ),
        "contacts": Target(
            begins_with=("contacts/example/*.yaml", "tests/loading/contact_cases/*/*.yaml"),
            place="contacts/fuzzed/fuzzed.yaml",
            read=contacts,
        ),
        "agreement": Target(
            begins_with=("contacts/example/agreements/*.yaml",),
            place="contacts/fuzzed/agreements/fuzzed.yaml",
            read=contacts,
        ),
        "consent": Target(
            begins_with=("contacts/example/consent/*.yaml",),
            place="contacts/fuzzed/consent/fuzzed.yaml",
            read=contacts,
        ),
        "rehearsal": Target(
            begins_with=("playbooks/*.rehearsal.yaml",),
            place="fuzzed.rehearsal.yaml",
            read=_refused(load_rehearsal),
        ),
        "answer-times": Target(
            begins_with=("playbooks/templates/answer-times.yaml",),
            place="answer-times.yaml",
            read=_refused(load_answer_times),
        ),
        "providers": Target(
            begins_with=("tools/fuzz/providers.yaml",),
            place="providers.yaml",
            read=_refused(lambda file: load_providers(file, shown_as=file.name, environment={})),
        ),
    }


def _refused(load: Callable[[Path], object]) -> Reading:
    """Return what reads a file by a function that raises its mistakes."""

    def read(file: Path) -> tuple[Problem, ...]:
        try:
            load(file)
        except InvalidFilesError as error:
            return error.problems
        return ()

    return read
