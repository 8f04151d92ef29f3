"""One program that is kept running."""

import signal
import subprocess
import time
from pathlib import Path

from crisis.launch.process import die_with_parent, end, started
from crisis.launch.program import Program
from crisis.launch.roll import Member
from crisis.usecases.ports import Clock

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# Who has run for so many seconds begins with short pauses again.
SETTLED = 60.0
_LOG_LIMIT = 20_000_000


class Child:
    """Start a program, start it anew with growing pauses when it ends, stop it."""

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
        self._start()
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
        if self._log.exists() and self._log.stat().st_size > _LOG_LIMIT:
            self._log.replace(self._log.with_suffix(".log.1"))
        last = signal.SIGKILL if self.program.outlives_nobody else signal.SIGTERM
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 -- our own programs, no shell
                self.program.command,
                env=dict(self.program.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for the supervisor, which stops its children in order.
                start_new_session=True,
                preexec_fn=die_with_parent(last),  # noqa: PLW1509 -- one system call, no locks
            )
        self.restarts += 1
        self._started_at = time.monotonic()
        self.member = Member(
            name=self.program.name,
            pid=self._process.pid,
            ticks=started(self._process.pid) or 0,
            since=self._clock.now(),
            restarts=self.restarts,
        )

    def _mourn(self) -> None:
        now = time.monotonic()
        if now - self._started_at >= SETTLED:
            self._pause = FIRST_PAUSE
        self._start_at = now + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        code = self._process.returncode if self._process is not None else None
        with self._log.open("a", encoding="utf-8") as log:
            moment = self._clock.now().isoformat(timespec="seconds")
            log.write(f"{moment} crisis: {self.program.name} ended with {code}; starts again\n")
        self._process = None
