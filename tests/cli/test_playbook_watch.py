"""`crisis playbook check --watch` as authors run it: a process beside their editor."""

import signal
from pathlib import Path

from tests.cli.desk import CommandLine
from tests.cli.terminal import PATIENCE, at_terminal

CLEARED = "\x1b[2J"
WATCH = ("playbook", "check", "--watch")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    # As editors save: the new text beside the old one, then in its place.
    beside = file.with_suffix(".new")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    beside.replace(file)


def test_check_is_done_again_when_a_file_changes(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "alarm.yaml"

    with at_terminal(ada, *WATCH) as terminal:
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

    with at_terminal(ada, *WATCH) as terminal:
        terminal.until("Ctrl-C ends.\n")
        change(file, "organisations:\n", "colour: red\norganisations:\n")
        after = terminal.until("Ctrl-C ends.\n")

    assert "colour" in after


def test_file_that_is_away_for_a_moment_ends_nothing(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "alarm.yaml"

    with at_terminal(ada, *WATCH, "playbooks/alarm.yaml") as terminal:
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
