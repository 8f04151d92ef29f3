"""Processes that we started, and only those: by their own handle, never by name."""

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from crisis.launch.program import Program

_LEAVES_WITHIN = 20.0


class Crew:
    """Start programs, kill them, stop and continue them, and leave none behind."""

    def __init__(self, folder: Path) -> None:
        self._logs = folder / "logs"
        self._logs.mkdir(parents=True, exist_ok=True)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = Lock()

    def start(
        self, program: Program, *, name: str = "", more: Mapping[str, str] | None = None
    ) -> int:
        """Start a program under a name of ours and return its pid."""
        name = name or program.name
        with (self._logs / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                program.command,
                env={**program.environment, **(more or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        with self._lock:
            self._processes[name] = process
        return process.pid

    def pid(self, name: str) -> int:
        """Return the pid of the one that was started last under a name."""
        return self._processes[name].pid

    def runs(self, name: str) -> bool:
        """Return whether it was started and has not ended."""
        process = self._processes.get(name)
        return process is not None and process.poll() is None

    def kill(self, *names: str) -> int:
        """`kill -9` all of them at once; return how many there were."""
        here = [self._processes[name] for name in names if self.runs(name)]
        for process in here:
            process.send_signal(signal.SIGKILL)
        for process in here:
            process.wait()
        return len(here)

    def kill_child(self, pid: int) -> None:
        """`kill -9` of a process that one of ours has started."""
        os.kill(pid, signal.SIGKILL)

    def hold(self, name: str) -> None:
        """SIGSTOP: it stands still and does not know it."""
        self._processes[name].send_signal(signal.SIGSTOP)

    def go_on(self, name: str) -> None:
        """SIGCONT."""
        self._processes[name].send_signal(signal.SIGCONT)

    def ask_to_leave(self, *names: str) -> None:
        """SIGTERM, and SIGKILL for who stays."""
        here = [self._processes[name] for name in names if self.runs(name)]
        for process in here:
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in here:
            try:
                process.wait(_LEAVES_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def end_all(self) -> None:
        """End whatever still runs, and what `crisis serve` has started."""
        self.ask_to_leave(*(name for name in tuple(self._processes) if name == "serve"))
        self.kill(*tuple(self._processes))

    def said(self, name: str) -> str:
        """Return what a program has written so far."""
        return (self._logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")
