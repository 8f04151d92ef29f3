"""`crisis playbook check --watch` as authors run it: a process beside their editor."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select
from time import monotonic

from tests.cli.desk import CommandLine

PATIENCE = 20.0
CLEARED = "\x1b[2J"


class Terminal:
    """A process behind a terminal; `until` returns what it printed since it was last asked."""

    def __init__(self, process: subprocess.Popen[bytes], keyboard: int) -> None:
        self.process = process
        self._keyboard = keyboard

    def until(self, words: str) -> str:
        """Return what was printed, once it holds these words."""
        printed, ends = "", monotonic() + PATIENCE
        while words not in printed and monotonic() < ends:
            if select([self._keyboard], [], [], 0.2)[0]:
                with suppress(OSError):  # the process has ended
                    printed += os.read(self._keyboard, 65536).decode().replace("\r\n", "\n")
        assert words in printed
        return printed


@contextmanager
def watching(ada: CommandLine, *paths: str) -> Iterator[Terminal]:
    """Yield a check that goes on, in a terminal of its own."""
    keyboard, screen = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "crisis", "playbook", "check", "--watch", *paths],
        cwd=ada.folder,
        env={**os.environ, **ada.variables, "TERM": "xterm", "COLUMNS": "99"},
        stdin=screen,
        stdout=screen,
        stderr=screen,
        start_new_session=True,
    )
    os.close(screen)
    try:
        yield Terminal(process, keyboard)
    finally:
        process.kill()
        process.wait()
        os.close(keyboard)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_check_is_done_again_when_a_file_changes(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "alarm.yaml"

    with watching(ada) as terminal:
        before = terminal.until("Ctrl-C ends.\n")
        change(file, "within: 20m", "within: soon")
        wrong = terminal.until("Ctrl-C ends.\n")
        change(file, "within: soon", "within: 20m")
        mended = terminal.until("Ctrl-C ends.\n")
        terminal.process.send_signal(signal.SIGINT)
        ended = terminal.process.wait(PATIENCE)

    assert ended == 0
    assert "PB104" not in before
    assert wrong.count(CLEARED) == 1
    assert "playbooks/alarm.yaml:73:17: PB104 not a duration: `soon`\n" in wrong
    assert mended == before


def test_contacts_are_watched_as_well(ada: CommandLine) -> None:
    file = next((ada.folder / "contacts").rglob("*.yaml"))

    with watching(ada) as terminal:
        terminal.until("Ctrl-C ends.\n")
        file.write_text(file.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
        after = terminal.until("Ctrl-C ends.\n")

    assert "colour" in after


def test_file_that_is_away_for_a_moment_ends_nothing(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "alarm.yaml"

    with watching(ada, "playbooks/alarm.yaml") as terminal:
        before = terminal.until("Ctrl-C ends.\n")
        held = file.rename(ada.folder / "held.yaml")
        away = terminal.until("Ctrl-C ends.\n")
        held.rename(file)
        back = terminal.until("Ctrl-C ends.\n")

    assert "there is no playbooks/alarm.yaml; name files or folders that exist" in away
    assert back == before


def test_watch_begins_only_where_there_is_something(ada: CommandLine) -> None:
    nowhere = ada.run("playbook", "check", "nowhere", "--watch")
    machine = ada.run("playbook", "check", "--watch", "--json")

    assert (nowhere.exit_code, machine.exit_code) == (3, 2)
    assert "--watch is for people; leave --json out" in machine.stderr
