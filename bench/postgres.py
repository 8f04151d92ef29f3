"""A PostgreSQL server of the bench's own: Unix socket only, durable as it is shipped."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crisis.errors import UnreachableError

_WITHIN = 60


@contextmanager
def postgres() -> Iterator[str]:
    """
    Start a fresh server and yield the SQLAlchemy address of its database.

    Raises:
        UnreachableError: its programs are not on this machine, or it does not start.
    """
    programs = _programs()
    owner = _unprivileged()
    # A socket's path may have 107 characters, and the owner must reach it.
    home = Path(tempfile.mkdtemp(prefix="crisis-bench-pg-"))
    if owner is not None:
        shutil.chown(home, user=owner)
    control = [str(programs / "pg_ctl"), "-D", str(home / "data"), "-w", "-s"]
    try:
        _run([*control, "-o", "-U crisis -A trust -N -E UTF8", "init"], owner)
        _run([*control, "-l", str(home / "log"), "-o", f"-k {home} -h ''", "start"], owner)
        try:
            yield f"postgresql+psycopg://crisis@/postgres?host={home}"
        finally:
            # Immediate: nobody reads the data again.
            _run([*control, "-m", "immediate", "stop"], owner)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path:
    """Find the folder that holds the server's programs, the newest version first."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not installed:
        raise UnreachableError(
            "PostgreSQL's initdb is neither on PATH nor under /usr/lib/postgresql; install the"
            " package `postgresql`."
        )
    return max(installed, key=lambda folder: int(folder.parent.name))


def _unprivileged() -> str | None:
    """Name the user to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run(command: list[str], owner: str | None) -> None:
    # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            command, stdout=said, stderr=said, user=owner, cwd="/", timeout=_WITHIN, check=False
        )
        said.seek(0)
        if done.returncode != 0:
            raise UnreachableError(f"{command[0]} failed: {said.read()}")
