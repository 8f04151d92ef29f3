"""
A PostgreSQL server of the tests' own: Unix socket only, nothing synced, one database per test.

`postgres_url` is what a test asks for; the server starts with the first test that does.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Composed, Identifier

from tests.required import absent

_NUMBERS = count(1)
_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Path]:
    """Start a server for the whole run and yield the folder of its socket."""
    programs = server_programs()
    if programs is None:
        absent("postgres", "PostgreSQL's initdb is neither on PATH nor under /usr/lib/postgresql")
    owner = server_owner()
    # Not tmp_path: a socket's path may have 107 characters, and the owner must reach it.
    home = Path(tempfile.mkdtemp(prefix="crisis-pg-"))
    if owner is not None:
        shutil.chown(home, user=owner)
    control = [str(programs / "pg_ctl"), "-D", str(home / "data"), "-w", "-s"]
    try:
        _run([*control, "-o", "-U crisis -A trust -N -E UTF8", "init"], owner)
        options = f"-k {home} -h '' {_QUICK}"
        _run([*control, "-l", str(home / "log"), "-o", options, "start"], owner)
        yield home
        # Immediate: nobody reads the data again.
        _run([*control, "-m", "immediate", "stop"], owner)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: Path) -> Iterator[str]:
    """Create an empty database and yield its SQLAlchemy address."""
    name = f"t{next(_NUMBERS)}"
    _tell(postgres_server, SQL("CREATE DATABASE {}").format(Identifier(name)))
    yield f"postgresql+psycopg://crisis@/{name}?host={postgres_server}"
    _tell(postgres_server, SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


class Mortal:
    """A server that may die and come back; what it acknowledged is on disk."""

    def __init__(self, home: Path, programs: Path, owner: str | None) -> None:
        self._home = home
        self._owner = owner
        self._control = [str(programs / "pg_ctl"), "-D", str(home / "data"), "-w", "-s"]
        self.url = f"postgresql+psycopg://crisis@/postgres?host={home}"

    def create(self) -> None:
        """Create its files."""
        _run([*self._control, "-o", "-U crisis -A trust -N -E UTF8", "init"], self._owner)

    def start(self) -> None:
        """Start it, or start it again."""
        options = ["-l", str(self._home / "log"), "-o", f"-k {self._home} -h ''"]
        _run([*self._control, *options, "start"], self._owner)

    def die(self) -> None:
        """End it without a word to anybody, as a crash does."""
        _run([*self._control, "-m", "immediate", "stop"], self._owner)


@pytest.fixture
def mortal_postgres() -> Iterator[Mortal]:
    """Start a server for one test that may kill it."""
    programs = server_programs()
    if programs is None:
        absent("postgres", "PostgreSQL's initdb is neither on PATH nor under /usr/lib/postgresql")
    owner = server_owner()
    home = Path(tempfile.mkdtemp(prefix="crisis-pg-"))
    if owner is not None:
        shutil.chown(home, user=owner)
    server = Mortal(home, programs, owner)
    try:
        server.create()
        server.start()
        yield server
        server.die()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def server_programs() -> Path | None:
    """Find the folder that holds the server's programs, the newest version first."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(installed, key=lambda folder: int(folder.parent.name), default=None)


def server_owner() -> str | None:
    """Name the user to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run(command: list[str], owner: str | None) -> None:
    """Run a program to its end; what it said is shown only when it failed."""
    # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            command, stdout=said, stderr=said, user=owner, cwd="/", timeout=60, check=False
        )
        said.seek(0)
        if done.returncode != 0:
            pytest.fail(f"{' '.join(command)} failed: {said.read()}", pytrace=False)


def _tell(server: Path, statement: Composed) -> None:
    """Run one statement outside a transaction in the server's own database."""
    with psycopg.connect(
        host=str(server), user="crisis", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(statement)
