"""A PostgreSQL server of our own: Unix socket only, killed and started again at will."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from signal import SIGKILL, SIGQUIT
from threading import Lock
from typing import Self

import psycopg
from psycopg.sql import SQL, Identifier

from bench.faults.leaving import ended_by
from bench.faults.patience import pause, wait_until
from crisis.errors import UnreachableError

_UP_WITHIN = 30.0


def programs() -> Path | None:
    """Find the folder that holds the server's programs, the newest version first."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(installed, key=lambda folder: int(folder.parent.name), default=None)


class Cluster:
    """
    One server with its data folder; a context manager that leaves nothing behind.

    `home` is where the data go, such as a small file system of its own.
    """

    def __init__(self, home: Path | None = None) -> None:
        found = programs()
        if found is None:
            raise UnreachableError(
                "PostgreSQL's initdb is neither on PATH nor under /usr/lib/postgresql."
                " Install PostgreSQL, or name only sqlite with --databases."
            )
        self._programs = found
        self._owner = _unprivileged()
        # A socket's path may have 107 characters, and the owner must reach it.
        self._socket = Path(tempfile.mkdtemp(prefix="crisis-pg-"))
        self._home = home or self._socket
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self._end = ExitStack()
        for folder in {self._socket, self._home}:
            if self._owner is not None:
                shutil.chown(folder, user=self._owner)
            folder.chmod(0o700)

    def __enter__(self) -> Self:
        self._end.enter_context(ended_by(self._leave))
        self._run([str(self._programs / "initdb"), "-D", str(self._data), *_INIT])
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.close()

    def _leave(self) -> None:
        if self._process is not None and self.runs:
            self._process.send_signal(SIGQUIT)
            self._process.wait(_UP_WITHIN)
        shutil.rmtree(self._socket, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self._home / "data"

    @property
    def runs(self) -> bool:
        """Whether the server's first process is there."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the server and wait until it answers; orphans of a killed one leave first."""
        wait_until(self._try_start, within=_UP_WITHIN, what="PostgreSQL answers")

    def kill(self) -> None:
        """`kill -9` of the first process; its children leave by themselves."""
        if self._process is not None:
            self._process.send_signal(SIGKILL)
            self._process.wait()

    def kill_backend(self, turn: float) -> bool:
        """`kill -9` of one process that serves a client; PostgreSQL then resets all of them."""
        with contextlib.suppress(psycopg.Error, OSError), self.connect() as connection:
            own = connection.info.backend_pid
            found = connection.execute(_BACKENDS, {"own": own}).fetchall()
            if found:
                os.kill(found[int(turn * len(found))][0], SIGKILL)
                return True
        return False

    def answers(self) -> bool:
        """Return whether a client gets in."""
        try:
            with self.connect() as connection:
                connection.execute("SELECT 1")
        except (psycopg.Error, OSError):
            return False
        return True

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Connect as a client that is no part of the house."""
        return psycopg.connect(
            host=str(self._socket),
            user="crisis",
            dbname=database,
            autocommit=True,
            connect_timeout=3,
        )

    def create(self, name: str) -> str:
        """Create an empty database and return its SQLAlchemy address."""
        with self._lock, self.connect() as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        return f"postgresql+psycopg://crisis@/{name}?host={self._socket}"

    def _try_start(self) -> bool:
        if not self.runs:
            with (self._socket / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    [
                        str(self._programs / "postgres"),
                        *("-D", str(self._data), "-k", str(self._socket), "-h", ""),
                        *("-c", "max_connections=200", "-c", "min_wal_size=32MB"),
                        *("-c", "max_wal_size=64MB", "-c", "restart_after_crash=on"),
                    ],
                    user=self._owner,
                    cwd="/",
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            pause(0.1)
        return self.answers()

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            user=self._owner,
            cwd="/",
            timeout=120,
            check=False,
        )
        if done.returncode != 0:
            raise UnreachableError(f"{command[0]} failed: {done.stdout.decode()[-500:]}")


_INIT = ("-U", "crisis", "-A", "trust", "-N", "-E", "UTF8")
_BACKENDS = (
    "SELECT pid FROM pg_stat_activity"
    " WHERE backend_type = 'client backend' AND pid <> %(own)s AND application_name = 'crisis'"
    " ORDER BY pid"
)


def _unprivileged() -> str | None:
    """Name the user to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
