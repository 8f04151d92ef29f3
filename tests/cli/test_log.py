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
    assert opened.read("log", "verify") == {
        "ok": True,
        "incidents": 1,
        "faults": [],
        "befell": [],
    }


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


def test_broken_chain_is_not_written_to_until_it_is_accepted(opened: CommandLine) -> None:
    _tamper(opened)

    refused = opened.run("incident", "note", "last", "--by", "ada", "Weiter.")
    unsure = opened.run("log", "accept", "last", "--reason", "Platte getauscht")
    accepted = opened.screen(
        *("log", "accept", "last", "--accept-broken-chain", "--reason", "Platte getauscht"),
        *("--by", "ada"),
    )
    verified = opened.screen("log", "verify")
    written = opened.run("incident", "note", "last", "--by", "ada", "Weiter.")

    assert (refused.exit_code, refused.stderr) == (
        1,
        (
            "The log of 20261218-1820-k7m2 is broken at entry 2 (seq 2): it was altered: its hash"
            " does not match what it says. Nothing was written. Run `crisis log verify"
            " 20261218-1820-k7m2` and restore the database from a backup; without one,"
            " `crisis log accept 20261218-1820-k7m2 --accept-broken-chain` goes on.\n"
        ),
    )
    assert unsure.exit_code == 2
    assert "Nothing was accepted" in unsure.stderr
    said = "break at 2 accepted: Platte getauscht (ada, 2026-12-18 19:20)"
    last = accepted.split("entry ")[1].partition(":")[0]
    assert accepted == f"20261218-1820-k7m2, entry {last}: {said}.\n"
    assert verified == f"The log is intact: 1 incident.\n{accepted}"
    assert written.exit_code == 0, written.output


def test_whole_chain_is_not_accepted(opened: CommandLine) -> None:
    result = opened.run("log", "accept", "last", "--accept-broken-chain", "--reason", "x")

    assert (result.exit_code, result.stderr) == (
        4,
        "The chain of 20261218-1820-k7m2 holds; there is nothing to accept.\n",
    )


def test_what_cannot_be_followed_is_not_accepted_and_says_the_way_out(
    opened: CommandLine,
) -> None:
    with closing(sqlite3.connect(opened.folder / "data" / "crisis.sqlite3")) as database, database:
        database.execute("DELETE FROM log WHERE version = 1")

    result = opened.run("log", "accept", "last", "--accept-broken-chain", "--reason", "x")

    assert result.exit_code == 1
    assert "cannot be followed, so nothing was accepted" in result.stderr
    assert "crisis log export 20261218-1820-k7m2" in result.stderr
