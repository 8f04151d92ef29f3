"""Verifying the log."""

import sqlite3
from contextlib import closing

from tests.cli.desk import CommandLine


def _tamper(ada: CommandLine) -> None:
    with closing(sqlite3.connect(ada.folder / "data" / "crisis.sqlite3")) as database, database:
        for (trigger,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute("UPDATE log SET actor = 'eve' WHERE version = 2")


def test_verify_says_that_the_log_is_intact(opened: CommandLine) -> None:
    assert opened.screen("log", "verify") == "The log is intact: 1 incident.\n"
    assert opened.screen("log", "verify", "20261218-1820-k7m2") == (
        "The log is intact: 1 incident.\n"
    )
    assert opened.read("log", "verify") == {"ok": True, "incidents": 1, "faults": []}


def test_verify_finds_what_was_altered(opened: CommandLine) -> None:
    _tamper(opened)

    result = opened.run("log", "verify")

    assert result.exit_code == 1
    heading, *lines = result.stdout.splitlines()
    assert heading == "incident            version  seq  what is wrong"
    assert [line.split()[:3] for line in lines] == [["20261218-1820-k7m2", "2", "2"]]


def test_verify_last_checks_the_incident_that_was_opened_last(opened: CommandLine) -> None:
    assert opened.screen("log", "verify", "last") == "The log is intact: 1 incident.\n"


def test_verify_last_of_an_empty_log_says_so(ada: CommandLine) -> None:
    result = ada.run("log", "verify", "last")

    assert (result.exit_code, result.stdout, result.stderr) == (
        3,
        "",
        "there is no incident yet; open one with `crisis incident open`\n",
    )


def test_verify_of_an_unknown_incident_lists_what_exists(opened: CommandLine) -> None:
    result = opened.run("log", "verify", "none")

    assert (result.exit_code, result.stderr) == (
        3,
        "there is no incident `none`; there are: 20261218-1820-k7m2\n",
    )
