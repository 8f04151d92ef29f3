"""Erasing by law: shown first, then done; pages and report still open."""

import sqlite3
from contextlib import closing

from tests.cli.desk import CommandLine

ID = "20261218-1820-k7m2"
NOTE = "Schichtwechsel im Lagezentrum"


def _close(opened: CommandLine) -> None:
    for words in (
        ("note", "last", NOTE),
        ("stand-down", "last", "--reason", "Fehlalarm im Objekt"),
        ("ack", "last", "S9", "--partner", "desk"),
        ("ack", "last", "S9", "--partner", "police"),
        ("close", "last", "--reason", "Ende der Übung"),
    ):
        result = opened.run("incident", *words)
        assert result.exit_code == 0, result.output


def _holds(opened: CommandLine, text: str) -> bool:
    files = (opened.folder / "data").glob("crisis.sqlite3*")
    return any(text.encode() in file.read_bytes() for file in files)


def test_nothing_is_erased_from_what_is_open_or_fresh(opened: CommandLine) -> None:
    assert opened.screen("retention", "run") == "Nothing is to be erased.\n"
    _close(opened)
    assert opened.screen("retention", "run") == "Nothing is to be erased.\n"


def test_exercise_is_erased_after_its_period_and_still_opens(opened: CommandLine) -> None:
    _close(opened)
    opened.clock.advance(days=365)

    foreseen = opened.screen("retention", "run", "--dry-run")
    assert _holds(opened, NOTE)
    done = opened.screen("retention", "run")

    assert foreseen.splitlines()[-1] == "This would be erased; nothing was changed."
    assert done.splitlines()[:-1] == foreseen.splitlines()[:-1]
    assert done.splitlines()[1].split()[:3] == [ID, "exercise", "365"]
    assert not _holds(opened, NOTE)
    assert opened.screen("retention", "run") == "Nothing is to be erased.\n"
    verified = opened.screen("log", "verify").splitlines()
    assert verified[0] == "The log is intact: 1 incident."
    assert "entries erased, period exercise" in verified[1]
    assert "erased after its period" in opened.screen("incident", "log", "last")
    assert opened.read("incident", "show", "last")["state"] == "closed"
    report = opened.run("report", "build", "last", "--format", "md")
    assert report.exit_code == 0, report.output
    written = "".join(file.read_text() for file in opened.folder.rglob("*.md"))
    assert "Nach Frist gelöscht" in written + report.stdout


def test_periods_are_settings(opened: CommandLine) -> None:
    _close(opened)

    result = opened.run("retention", "run", "--json", CRISIS_RETENTION_PEOPLE_DAYS="0")

    assert result.exit_code == 0, result.output
    assert '"rule": "people"' in result.stdout
    assert not _holds(opened, NOTE)
    assert "[gelöscht nach Frist / erased after its period]" in opened.screen(
        "incident", "log", "last"
    )


def test_broken_chain_is_left_alone_and_named(opened: CommandLine) -> None:
    _close(opened)
    with closing(sqlite3.connect(opened.folder / "data" / "crisis.sqlite3")) as database, database:
        database.execute("UPDATE log SET actor = 'eve' WHERE version = 2")

    result = opened.run("retention", "run", CRISIS_RETENTION_PEOPLE_DAYS="0")

    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "Nothing is to be erased.\n",
        f"{ID} was left as it is: entry 2: it was altered: its hash does not match what it says\n",
    )
