"""Forecasts at the command line."""

from pathlib import Path

from tests.cli.desk import CommandLine

FORECAST = (
    *("playbook", "simulate", "alarm", "--region", "Dresden", "--at", "2026-12-18 19:20"),
    *("--runs", "40"),
)


def write_times(folder: Path) -> None:
    text = (
        "otherwise: {never: 0, median: 3m, spread: 1}\n"
        "rules:\n  - {role: POL-FLZ, channel: sms, never: 100, median: 5m}\n"
    )
    (folder / "times.yaml").write_text(text, encoding="utf-8")


def test_forecast_tells_when_shares_have_been_reached(ada: CommandLine) -> None:
    write_times(ada.folder)

    screen = ada.screen(*FORECAST, "--times", "times.yaml")

    head, *rows = screen.partition("\n\n")[2].splitlines()
    assert screen.startswith(
        "alarm 1.0.0 in 14612 Dresden\n"
        "T0 is 2026-12-18 19:20, played until 2026-12-19 19:20.\n"
        "40 runs, seed 1; times count from T0.\n\n"
    )
    assert " ".join(head.split()) == (
        "wave partners share 1 of 10 by 5 of 10 by 9 of 10 by not by the end"
    )
    assert " ".join(rows[0].split()) == "All partners 2 50 % 0:03 0:03 0:03 0.0 %"


def test_forecast_is_the_same_for_a_program_and_for_the_same_seed(ada: CommandLine) -> None:
    write_times(ada.folder)

    told = ada.read(*FORECAST, "--times", "times.yaml", "--seed", "7")

    assert told == ada.read(*FORECAST, "--times", "times.yaml", "--seed", "7")
    assert {key: told[key] for key in ("playbook", "region", "runs", "seed")} == {
        "playbook": "alarm",
        "region": "14612",
        "runs": 40,
        "seed": 7,
    }
    assert told["waves"][0]["reached"][0] == {
        "share": 50,
        "early": 180.0,
        "middle": 180.0,
        "late": 180.0,
        "missed": 0.0,
    }


def test_many_runs_are_shared_out_among_processes(ada: CommandLine) -> None:
    write_times(ada.folder)

    told = ada.read(*FORECAST[:-1], "1000", "--times", "times.yaml", "--out", "gateway")

    assert (told["runs"], len(told["waves"])) == (1000, len(told["waves"]))
    assert told["waves"][0]["reached"][2]["missed"] == 1.0


def test_forecast_writes_a_page(ada: CommandLine) -> None:
    write_times(ada.folder)

    result = ada.run(*FORECAST, "--times", "times.yaml", "--page", "forecast.html")

    assert (result.exit_code, result.stderr) == (0, "forecast.html: written\n")
    assert "Vorhersage: " in (ada.folder / "forecast.html").read_text(encoding="utf-8")


def test_forecast_learns_from_the_log(opened: CommandLine) -> None:
    result = opened.run(*FORECAST, "--learn")

    assert (result.exit_code, result.stderr) == (0, "learned from 2 messages of the log\n")


def test_empty_log_teaches_nothing(ada: CommandLine) -> None:
    empty = ada.run(*FORECAST, "--learn")

    assert (empty.exit_code, empty.stderr) == (
        4,
        "the log holds no message yet from which to learn; give answer times with --times\n",
    )


def test_forecast_must_be_told_how_people_answer(ada: CommandLine) -> None:
    write_times(ada.folder)
    (ada.folder / "wrong.yaml").write_text(
        "otherwise: {never: 120, median: soon}\ncolour: red\n", encoding="utf-8"
    )

    results = [
        ada.run(*FORECAST),
        ada.run(*FORECAST, "--learn", "--times", "times.yaml"),
        ada.run(*FORECAST, "--times", "none.yaml"),
        ada.run(*FORECAST, "--times", "wrong.yaml"),
    ]

    neither = "say how people answer: with --times FILE or with --learn"
    assert [(one.exit_code, one.stderr.splitlines()[0]) for one in results] == [
        (2, neither),
        (2, neither),
        (3, "there is no file none.yaml"),
        (1, results[3].stderr.splitlines()[0]),
    ]
    assert results[3].stderr.startswith("wrong.yaml:1:20: ")
    assert "wrong.yaml:2:1: SH001" in results[3].stderr


def test_forecast_of_a_run_that_is_opened_ahead_is_refused(ada: CommandLine) -> None:
    write_times(ada.folder)

    result = ada.run(*FORECAST, "--times", "times.yaml", "--planned-for", "2026-12-20 04:00")

    assert (result.exit_code, result.stderr) == (
        2,
        "a forecast begins at T0: leave --planned-for out, and give T0 as --at\n",
    )
