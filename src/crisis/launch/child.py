"""One program that is kept running."""

import logging
import signal
import subprocess
import time
from pathlib import Path
from typing import IO

from crisis.launch.process import die_with_parent, end, started
from crisis.launch.program import Program
from crisis.launch.roll import Member
from crisis.usecases.ports import Clock

log = logging.getLogger("crisis.serve")

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# Who has run for so many seconds begins with short pauses again.
SETTLED = 60.0
_LOG_LIMIT = 20_000_000


class Child:
    """
    Start a program, start it anew with growing pauses when it ends, stop it.

    It goes on where the disk is full, or a process more is one too many: the others of the
    house must not end because this one has no log, or cannot begin yet.
    """

    def __init__(self, program: Program, *, logs: Path, clock: Clock) -> None:
        self.program = program
        self.restarts = -1
        self.member: Member | None = None
        self._log = logs / f"{program.name}.log"
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_at = time.monotonic() + program.starts_after
        self._pause = FIRST_PAUSE

    def keep(self) -> bool:
        """Start the program if it does not run and its pause is over; say whether it did."""
        if self._process is not None:
            if self._process.poll() is None:
                return False
            self._mourn()
        if time.monotonic() < self._start_at:
            return False
        try:
            self._start()
        except OSError as error:
            log.error("%s cannot be started: %s", self.program.name, error.strerror)  # noqa: TRY400 -- the system's words say enough
            self._wait()
            return False
        return True

    def stop(self) -> None:
        """Ask the program to leave, and end it if it does not."""
        if self._process is None or self.member is None:
            return
        if self._process.poll() is None:
            end(self.member.pid, self.member.ticks, within=self.program.leaves_within)
        self._process.wait()
        self._process = None

    def _start(self) -> None:
        last = signal.SIGKILL if self.program.outlives_nobody else signal.SIGTERM
        paper = self._paper()
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- our own programs, no shell
                self.program.command,
                env=dict(self.program.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL if paper is None else paper,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for the supervisor, which stops its children in order.
                start_new_session=True,
                preexec_fn=die_with_parent(last),  # noqa: PLW1509 -- one system call, no locks
            )
        finally:
            if paper is not None:
                paper.close()
        self.restarts += 1
        self._started_at = time.monotonic()
        self.member = Member(
            name=self.program.name,
            pid=self._process.pid,
            ticks=started(self._process.pid) or 0,
            since=self._clock.now(),
            restarts=self.restarts,
        )

    def _paper(self) -> IO[bytes] | None:
        """Open the log, a new one if it is long; None if that cannot be done."""
        try:
            if self._log.exists() and self._log.stat().st_size > _LOG_LIMIT:
                self._log.replace(self._log.with_suffix(".log.1"))
            return self._log.open("ab")
        except OSError as error:
            log.error("%s runs without a log: %s", self.program.name, error.strerror)  # noqa: TRY400 -- as above
            return None

    def _mourn(self) -> None:
        if time.monotonic() - self._started_at >= SETTLED:
            self._pause = FIRST_PAUSE
        self._wait()
        code = self._process.returncode if self._process is not None else None
        self._process = None
        ended = f"{self.program.name} ended with {code}; starts again"
        moment = self._clock.now().isoformat(timespec="seconds")
        try:
            with self._log.open("a", encoding="utf-8") as paper:
                paper.write(f"{moment} crisis: {ended}\n")
        except OSError as error:
            log.error("%s; its log takes nothing: %s", ended, error.strerror)  # noqa: TRY400 -- as above

    def _wait(self) -> None:
        """Let a pause pass before the next start, and twice as long a one before that after it."""
        self._start_at = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
