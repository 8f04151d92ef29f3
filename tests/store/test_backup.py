"""Backup and restore: online, from one kind of database to the other, whole or not at all."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from crisis.core.event import IncidentClosed, LogRestored
from crisis.errors import BrokenChainError, NotFoundError, RefusedError, UnreachableError
from crisis.store.backup import check, restore
from crisis.store.chain import written
from crisis.store.log import DatabaseEventLog
from tests.store.conftest import DATABASES, ROOT, Bench
from tests.store.happening import AT, LATER, an_attempt, notes, put

on_both = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


def fill(log: DatabaseEventLog) -> None:
    put(log, "i1", "a", "Grüße 𝄞", "c")
    log.append("i2", [an_attempt("f1")], actor="ada", at=AT, expected_version=0)
    put(log, "i3", "x")
    log.append("i3", [IncidentClosed(reason="Ende")], actor="ada", at=AT, expected_version=1)


def put_back(file: Path, url: str) -> tuple[str, ...]:
    return restore(file, url, at=written(LATER), actor="ada").marked


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "crisis.backup"


@pytest.fixture
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a second empty database, of the kind the first one is not."""
    kind: str = request.node.callspec.params["database_url"]
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'other' / 'crisis.db'}"
    return f"sqlite:///{tmp_path / 'from-postgres.db'}"


@on_both
def test_backup_goes_into_another_kind_of_database_and_marks_what_is_open(
    database_url: str, other_url: str, file: Path
) -> None:
    with DatabaseEventLog(database_url) as log:
        fill(log)
        manifest = log.backup(file, at=LATER)
        entries = {incident: log.read(incident) for incident in log.incidents()}

    assert (manifest.entries, manifest.incidents, manifest.last_seq) == (6, 3, 6)
    assert check(file) == manifest
    assert file.stat().st_mode & 0o777 == 0o600
    assert put_back(file, other_url) == ("i1", "i2")
    with DatabaseEventLog(other_url) as log:
        assert log.verify() == ()
        assert log.find_link("f1") is not None
        assert log.read("i3") == entries["i3"]
        for incident in ("i1", "i2"):
            *kept, last = log.read(incident)
            assert tuple(kept) == entries[incident]
            assert last.event == LogRestored(upto_version=len(kept))
        put(log, "i1", "d")
        assert notes(log, "i1") == ["a", "Grüße 𝄞", "c", "d"]


@pytest.mark.integration
def test_backup_of_sqlite_goes_into_postgres(
    tmp_path: Path, file: Path, postgres_url: str
) -> None:
    with DatabaseEventLog(f"sqlite:///{tmp_path / 'a.db'}") as log:
        fill(log)
        log.backup(file, at=LATER)
        entries = log.read("i1")
    assert put_back(file, postgres_url) == ("i1", "i2")
    with DatabaseEventLog(postgres_url) as log:
        assert log.verify() == ()
        assert log.read("i1")[:-1] == entries


@on_both
def test_backup_while_others_write_is_of_one_moment(database_url: str, file: Path) -> None:
    with DatabaseEventLog(database_url) as log, ThreadPoolExecutor(4) as pool:
        put(log, "i0", "first")
        writing = [pool.submit(put, log, f"i{n % 3}", f"{n}") for n in range(240)]
        manifest = log.backup(file, at=LATER)
        for done in writing:
            done.result()
    assert check(file) == manifest
    assert manifest.entries == manifest.last_seq


@on_both
def test_restore_refuses_a_database_that_is_not_empty(database_url: str, file: Path) -> None:
    with DatabaseEventLog(database_url) as log:
        fill(log)
        log.backup(file, at=LATER)
        with pytest.raises(RefusedError, match=r"is not empty \(6 entries\); nothing was changed"):
            put_back(file, database_url)
        assert log.last_seq() == 6


def test_backup_overwrites_nothing(database_log: DatabaseEventLog, file: Path) -> None:
    database_log.backup(file, at=LATER)
    with pytest.raises(RefusedError, match="exists already; a backup overwrites nothing"):
        database_log.backup(file, at=LATER)


def test_progress_is_told_up_to_the_end(database_log: DatabaseEventLog, file: Path) -> None:
    fill(database_log)
    told: list[tuple[int, int]] = []
    database_log.backup(file, at=LATER, progress=lambda done, of: told.append((done, of)))
    assert told == [(6, 10), (9, 10), (10, 10)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log SET seq = 9 WHERE seq = 6",
        "UPDATE log SET actor = 'eve' WHERE seq = 2",
        "DELETE FROM log WHERE seq = 6",
        "DELETE FROM incidents WHERE id = 'i3'",
        "UPDATE backup SET manifest = replace(manifest, '\"entries\":6', '\"entries\":5')",
        "UPDATE backup SET manifest = 'x'",
        "DROP TABLE backup",
    ],
)
def test_altered_backup_is_not_restored(
    database_log: DatabaseEventLog, file: Path, tmp_path: Path, change: str
) -> None:
    fill(database_log)
    database_log.backup(file, at=LATER)
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(change)
    target = tmp_path / "new.db"
    with pytest.raises(BrokenChainError):
        put_back(file, f"sqlite:///{target}")
    assert not target.exists()


def test_what_is_no_backup_is_named(tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("no database at all, but longer than nothing")
    with pytest.raises(BrokenChainError, match="is no whole backup"):
        check(text)
    with pytest.raises(NotFoundError, match="There is no file"):
        check(tmp_path / "none")


def test_backup_of_a_newer_crisis_is_left_alone(
    database_log: DatabaseEventLog, file: Path
) -> None:
    database_log.backup(file, at=LATER)
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(
            'UPDATE backup SET manifest = replace(manifest, \'"schema":"0\', \'"schema":"9\')'
        )
    with pytest.raises(UnreachableError, match="written by a newer version of crisis"):
        check(file)


def test_broken_log_can_be_saved_and_put_back_as_it_is(database_url: str, file: Path) -> None:
    with DatabaseEventLog(database_url) as log:
        fill(log)
        Bench(log, database_url).alter("i1", 2)
        manifest = log.backup(file, at=LATER)
        broken = log.verify()
    assert manifest.faults == 1
    new = f"{database_url}.new"
    assert put_back(file, new) == ("i2",)
    with DatabaseEventLog(new) as log:
        assert log.verify() == broken


_FULL = """
import resource, sys
from pathlib import Path
from crisis.errors import UnreachableError
from crisis.store.backup import restore
from crisis.store.log import DatabaseEventLog
from tests.store.happening import LATER

what, url, file = sys.argv[1:]
log = DatabaseEventLog(url) if what == "backup" else None
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    if log is not None:
        log.backup(Path(file), at=LATER)
    else:
        restore(Path(file), url, at="2026-12-18T19:20:00.000000Z", actor="ada")
except UnreachableError as error:
    print(error)
    sys.exit(5)
"""


def _unmeasured() -> dict[str, str]:
    """Return the environment without what measures coverage: it has files of its own to write."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")}


@pytest.mark.parametrize("what", ["backup", "restore"])
def test_full_disk_is_said_and_leaves_nothing_behind(
    what: str, tmp_path: Path, file: Path
) -> None:
    """The limit on a file's size stands for the disk's end."""
    url = f"sqlite:///{tmp_path / 'house' / 'crisis.db'}"
    with DatabaseEventLog(url) as log:
        put(log, "i1", *("x" * 1000 for _ in range(300)))
        if what == "restore":
            log.backup(file, at=LATER)
    target = url if what == "backup" else f"sqlite:///{tmp_path / 'new' / 'crisis.db'}"

    done = subprocess.run(
        [sys.executable, "-c", _FULL, what, target, str(file)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        env={**_unmeasured(), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        check=False,
    )

    assert (done.returncode, done.stderr) == (5, "")
    assert "disk" in done.stdout
    left = file.parent if what == "backup" else tmp_path / "new"
    assert list(left.iterdir()) == []
