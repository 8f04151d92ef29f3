"""Saving, putting back and handing over the log."""

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.desk import CommandLine

PROGRAM = Path(__file__).resolve().parents[2] / "docs/how-to/verify_export.py"
ID = "20261218-1820-k7m2"


def test_backup_and_restore_bring_the_log_back_and_mark_it(opened: CommandLine) -> None:
    entries = len(opened.read("incident", "log", "last"))

    saved = opened.screen("log", "backup", "saved.crisis")
    again = opened.run("log", "backup", "saved.crisis")
    full = opened.run("log", "restore", "saved.crisis")
    (opened.folder / "data").rename(opened.folder / "lost")
    restored = opened.run("log", "restore", "saved.crisis", "--by", "ada")

    count = json.loads(opened.run("log", "verify", "--json").stdout)["befell"][0]["version"] - 1
    assert entries <= count
    assert saved == f"Saved {count} entries of 1 incidents in saved.crisis, and checked.\n"
    assert (again.exit_code, again.stderr) == (
        4,
        "saved.crisis exists already; a backup overwrites nothing. Name another.\n",
    )
    assert full.exit_code == 4
    assert "is not empty" in full.stderr
    assert restored.exit_code == 0, restored.output
    assert restored.stdout.splitlines()[1] == (
        f"Open, and marked as restored: {ID}. What they ask now may be a repeat, and says so."
    )
    assert f"the log was put back to version {count}" in opened.screen("log", "verify")


def test_restore_into_another_database(opened: CommandLine) -> None:
    opened.screen("log", "backup", "saved.crisis")
    url = f"sqlite:///{opened.folder / 'other.db'}"

    told = opened.read("log", "restore", "saved.crisis", "--into", url)

    assert (told["file"], told["incidents"], told["marked"]) == ("saved.crisis", 1, [ID])
    assert (opened.folder / "other.db").exists()


def test_backup_says_its_counts_as_json(opened: CommandLine) -> None:
    told = opened.read("log", "backup", "saved.crisis")
    assert set(told) == {
        *("file", "schema", "at", "entries", "incidents", "last_seq", "faults", "digest"),
        "format",
    }


def test_restore_of_nothing_says_so(ada: CommandLine) -> None:
    result = ada.run("log", "restore", "none")
    assert (result.exit_code, result.stderr) == (3, "There is no file none.\n")


def test_export_is_checked_by_the_program_on_the_page(opened: CommandLine) -> None:
    told = opened.screen("log", "export", "last", "--out", "one.jsonl")
    printed = opened.screen("log", "export", ID).splitlines()

    checked = subprocess.run(
        [sys.executable, "-I", "-S", str(PROGRAM), str(opened.folder / "one.jsonl")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    count = len(printed) - 2
    assert told == f"Exported {count} entries of {ID} to one.jsonl.\n"
    assert (checked.returncode, checked.stdout) == (0, f"intact\n{count} entries\n")
    assert opened.run("log", "export", "last", "--out", "one.jsonl").exit_code == 4


def test_export_of_nothing_says_so(opened: CommandLine) -> None:
    result = opened.run("log", "export", "none")
    assert (result.exit_code, result.stderr) == (
        3,
        f"there is no incident `none`; there are: {ID}\n",
    )


def test_export_that_cannot_be_written_leaves_nothing(opened: CommandLine) -> None:
    result = opened.run("log", "export", "last", "--out", "no-folder/one.jsonl")
    assert result.exit_code == 5
    assert "Nothing was left behind" in result.stderr
