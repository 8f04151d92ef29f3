"""Where the peers live, and how their processes are run and ended."""

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.house import wait_until
from bench.providers import Providers
from crisis.errors import UnreachableError

HOME = Path(__file__).with_name(".venvs")
_LEAVES_WITHIN = 10.0
_TOLD = 2_000


def python_of(peer: str) -> Path | None:
    """Return the Python of a peer's own environment, or None if it was not installed."""
    python = HOME / peer / "bin" / "python"
    return python if python.is_file() else None


def run_to_end(command: Sequence[str], *, folder: Path, within: float, given: str = "") -> None:
    """
    Run a program and hand it its input.

    Raises:
        UnreachableError: it failed; the message ends with what it said last.
    """
    done = subprocess.run(
        list(command),
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr)[-_TOLD:]
        raise UnreachableError(f"{Path(command[0]).name} failed: {said}")


@contextmanager
def started(
    command: Sequence[str], *, folder: Path, log: str, variables: Mapping[str, str] | None = None
) -> Iterator[Path]:
    """Yield the file to which a program that runs meanwhile writes what it says."""
    told = folder / log
    with told.open("wb") as output:
        process = subprocess.Popen(
            list(command), cwd=folder, stdout=output, stderr=output, env=variables
        )
    try:
        yield told
    finally:
        process.terminate()
        try:
            process.wait(_LEAVES_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def moment_of(told: Path, words: str, *, within: float) -> float:
    """Return when a program began to say some words (monotonic seconds, to 20 ms)."""
    wait_until(
        lambda: words in told.read_text(encoding="utf-8", errors="replace"),
        within=within,
        what=f"the peer says {words!r}",
    )
    return time.monotonic()


def last_of(providers: Providers, count: int, *, within: float) -> float:
    """Return when the last of so many messages arrived, once it has."""
    wait_until(
        lambda: providers.count() >= count, within=within, what=f"{count} messages have arrived"
    )
    return providers.arrivals()[count - 1].at
