"""What runs, and what is set."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crisis.launch.process import started
from crisis.launch.roll import Member, Roll, write_roll
from tests.cli.desk import EVENING, CommandLine

# Signs of life are told in real time, so this one is surely old.
LAST_YEAR = EVENING.replace(year=2025)


def test_status_of_a_house_that_does_not_run_says_how_to_start_it(ada: CommandLine) -> None:
    result = ada.run("status")

    assert result.exit_code == 1
    assert result.stdout == (
        "Nothing runs here; `crisis serve` starts the house.\n\n"
        "Engine          has never given a sign of life\n"
        "Open incidents  0\n"
        "Overdue         0\n"
        "Fate unknown    0\n"
        "Held back       none\n"
        "Degraded        none\n"
        "Damaged         none\n"
        f"Log             the file {ada.folder}/data/crisis.sqlite3\n"
    )


def test_status_shows_processes_and_a_silent_engine(opened: CommandLine) -> None:
    with opened.world() as world:
        said = {"prefect": "ready", "faults": {"x": "disk full"}}
        world.log.beat("engine/host-a", LAST_YEAR, said)
    me = Member(name="supervisor", pid=os.getpid(), ticks=started(os.getpid()) or 0, since=EVENING)
    gone = Member(name="engine", pid=os.getpid(), ticks=1, since=EVENING, restarts=2)
    write_roll(opened.folder / "data", Roll(supervisor=me, children=(gone,)))

    result = opened.run("status")

    pid = str(os.getpid())
    assert result.exit_code == 1
    assert result.stdout == (
        f"process     {'pid':{len(pid)}}  since             restarts  state\n"
        f"supervisor  {pid}  2026-12-18 19:20  0         runs\n"
        f"engine      {pid}  2026-12-18 19:20  2         ended\n\n"
        "Engine          SILENT, last sign of life 2025-12-18 19:20:00\n"
        "Prefect         ready\n"
        "On their way    0 messages\n"
        "Next            nothing foreseen\n"
        "Fault in x      disk full\n"
        "Open incidents  1\n"
        "Overdue         0\n"
        "Fate unknown    0\n"
        "Held back       none\n"
        "Degraded        none\n"
        "Damaged         none\n"
        f"Log             the file {opened.folder}/data/crisis.sqlite3\n"
    )


def _supervisor(*, since: datetime, alive: bool = True) -> Roll:
    ticks = started(os.getpid()) or 0
    return Roll(
        supervisor=Member(
            name="supervisor", pid=os.getpid(), ticks=ticks if alive else 1, since=since
        )
    )


@pytest.mark.parametrize(
    ("age", "code", "said"),
    [
        (5, 0, "Prefect is starting; incidents are carried on without it meanwhile.\n"),
        (90, 1, "Not all is well: Prefect is still starting after 60 s; see logs/prefect.log.\n"),
    ],
)
def test_status_lets_prefect_start_for_a_minute(
    opened: CommandLine, age: int, code: int, said: str
) -> None:
    with opened.world() as world:
        now = world.wall.now()
        world.log.beat("engine/host-a", now, {"prefect": "starting"})
    write_roll(opened.folder / "data", _supervisor(since=now - timedelta(seconds=age)))

    result = opened.run("status")

    assert (result.exit_code, result.stderr) == (code, said)


def test_status_after_a_stop_does_not_call_the_engine_alive(opened: CommandLine) -> None:
    with opened.world() as world:
        now = world.wall.now()
        world.log.beat("engine/host-a", now, {"prefect": "ready"})

    stopped = opened.run("status").stdout
    write_roll(opened.folder / "data", _supervisor(since=now, alive=False))
    killed = opened.run("status").stdout

    for screen in (stopped, killed):
        assert "\nEngine          stopped, last sign of life " in screen
        assert "Prefect" not in screen


def test_status_names_launcher_and_workers_and_says_what_keeps_them_away(
    ada: CommandLine,
) -> None:
    said = {"prefect": "ready", "launcher": "prefect", "workers": ["host-c-7", "host-d-8"]}
    missing = {**said, "workers": [], "trouble": "work pool crisis is missing"}
    me = Member(name="supervisor", pid=os.getpid(), ticks=started(os.getpid()) or 0, since=EVENING)
    shown, told = [], ""
    for data in (said, missing):
        with ada.world() as world:
            world.log.beat("engine/host-a", world.wall.now(), {**data, "pid": os.getpid()})
        write_roll(ada.folder / "data", Roll(supervisor=me))
        result = ada.run("status")
        told = result.stderr
        shown.append([line for line in result.stdout.splitlines() if line[:2] in {"La", "Wo"}])

    assert shown == [
        ["Launcher        prefect", "Workers         host-c-7, host-d-8"],
        ["Launcher        prefect", "Workers         none seen"],
    ]
    assert "engine host-a does the work itself: work pool crisis is missing" in told


def test_status_tells_a_program_whether_all_is_well(ada: CommandLine) -> None:
    result = ada.run("status", "--json")

    assert result.exit_code == 1
    assert '"is_well": false' in result.stdout


def test_settings_are_listed_with_secrets_hidden(ada: CommandLine) -> None:
    given = {"CRISIS_PORT": "8181", "CRISIS_API_TOKEN": "open sesame"}

    result = ada.run("status", "--settings", **given)

    lines = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines()}
    assert result.exit_code == 0
    assert lines["CRISIS_PORT"] == ["8181", "set"]
    assert lines["CRISIS_API_TOKEN"] == ["********", "set"]
    assert lines["CRISIS_IN_FLIGHT"] == ["32", "default"]
    assert "sesame" not in result.stdout
    assert {s["name"]: s["is_set"] for s in ada.read("status", "--settings")}[
        "CRISIS_DATA_DIR"
    ] is True


def test_a_wrong_setting_is_named_with_what_to_do(ada: CommandLine) -> None:
    (ada.folder / ".env").write_text("CRISIS_PROT=1\n", encoding="utf-8")

    result = ada.run("status", CRISIS_PORT="many")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("CRISIS_PORT: Input should be a valid integer")
    assert "CRISIS_PROT is no setting. Did you mean CRISIS_PORT?" in result.stderr


def test_an_unwritable_data_folder_ends_with_five(ada: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    result = ada.run("incident", "list", CRISIS_DATA_DIR=str(tmp_path / "file" / "data"))

    assert (result.exit_code, result.stdout) == (5, "")
    assert "CRISIS_DATA_DIR" in result.stderr


def test_an_unreachable_database_ends_with_five(ada: CommandLine) -> None:
    result = ada.run(
        "incident", "list", CRISIS_DATABASE_URL="postgresql://crisis:hush@127.0.0.1:1/crisis"
    )

    assert (result.exit_code, result.stdout) == (5, "")
    assert result.stderr
    assert "hush" not in result.stderr


def test_a_database_of_a_newer_version_ends_with_five(opened: CommandLine) -> None:
    file = opened.folder / "data" / "crisis.sqlite3"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")

    result = opened.run("incident", "list")

    assert (result.exit_code, result.stdout) == (5, "")
    assert "Install the newer crisis, or open another database." in result.stderr
