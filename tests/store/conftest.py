"""The three logs that keep the same promises, each with a way to tamper with it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from crisis.simulated.log import MemoryEventLog
from crisis.store.log import DatabaseEventLog
from crisis.usecases.custody import CustodyLog
from crisis.usecases.ports import EventLog

ROOT = Path(__file__).resolve().parents[2]
DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.integration)]


@dataclass(frozen=True)
class Bench:
    """A log on the bench: `log` keeps the port; the methods break it behind its back."""

    log: CustodyLog
    url: str | None

    def alter(self, incident: str, version: int) -> None:
        """Change who wrote an entry."""
        if isinstance(self.log, MemoryEventLog):
            chain = self.log.chains[incident]
            chain[:] = [replace(e, actor="eve") if e.version == version else e for e in chain]
        else:
            self.run(
                f"UPDATE log SET actor = 'eve' WHERE incident = '{incident}'"  # noqa: S608 -- fixed words
                f" AND version = {version}"
            )

    def remove(self, incident: str, version: int) -> None:
        """Take an entry away."""
        if isinstance(self.log, MemoryEventLog):
            chain = self.log.chains[incident]
            chain[:] = [entry for entry in chain if entry.version != version]
        else:
            self.run(
                f"DELETE FROM log WHERE incident = '{incident}'"  # noqa: S608 -- fixed words
                f" AND version = {version}"
            )

    def swap(self, incident: str, one: int, other: int) -> None:
        """Let two entries change their places, hashes and all."""
        if isinstance(self.log, MemoryEventLog):
            chain = self.log.chains[incident]
            first, second = chain[one - 1], chain[other - 1]
            chain[one - 1] = replace(second, seq=first.seq, version=first.version)
            chain[other - 1] = replace(first, seq=second.seq, version=second.version)
        else:
            for new, old in ((0, one), (one, other), (other, 0)):
                self.run(
                    f"UPDATE log SET version = {new} WHERE incident = '{incident}'"  # noqa: S608 -- fixed words
                    f" AND version = {old}"
                )

    def run(self, statement: str) -> None:
        """Run SQL beside the log."""
        assert self.url is not None
        engine = create_engine(self.url)
        with engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database of the kind the test was parametrised with."""
    kind: str = getattr(request, "param", "sqlite")
    if kind == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'data' / 'crisis.db'}"


@pytest.fixture
def database_log(database_url: str) -> Iterator[DatabaseEventLog]:
    """Give an open log on `database_url`."""
    with DatabaseEventLog(database_url) as log:
        yield log


@pytest.fixture(params=["memory", *DATABASES])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """Give each of the three logs in turn."""
    if request.param == "memory":
        yield Bench(MemoryEventLog(), None)
        return
    url = f"sqlite:///{tmp_path / 'crisis.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    with DatabaseEventLog(url) as log:
        yield Bench(log, url)


@pytest.fixture
def log(bench: Bench) -> EventLog:
    """Give the log on the bench."""
    return bench.log


def start_writing(
    url: str, incident: str, *, count: int, threads: int = 1
) -> subprocess.Popen[str]:
    """Start `tests.store.writing` as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writing", url, incident, str(count), str(threads)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
    )
