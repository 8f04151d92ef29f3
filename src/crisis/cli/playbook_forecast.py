"""`crisis playbook simulate --runs N`: when will the partners have been reached?"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crisis.cli import output

if TYPE_CHECKING:
    from crisis.core.answer_time import AnswerTimes
    from crisis.usecases.forecasting import Forecast
    from crisis.workshop import Workshop

COLUMNS = ("wave", "partners", "share", "1 of 10 by", "5 of 10 by", "9 of 10 by", "not by the end")
_OPTIONS = (
    click.option(
        "--runs",
        metavar="N",
        type=click.IntRange(1, 1_000_000),
        help="Play so many runs in which people answer by chance, and tell when 50, 90 and 99 %"
        " of the partners have been reached. Needs --times or --learn.",
    ),
    click.option(
        "--seed",
        metavar="S",
        type=int,
        default=1,
        show_default=True,
        help="Where the chance of --runs begins: the same seed gives the same result.",
    ),
    click.option(
        "--times",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="A file that says how people answer: playbooks/templates/answer-times.yaml shows it.",
    ),
    click.option(
        "--learn",
        is_flag=True,
        help="Take from the log's incidents and drills how people answer.",
    ),
)


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a forecast."""
    for each in reversed(_OPTIONS):
        command = each(command)
    return command


def read_times(shop: "Workshop", file: Path | None, *, learn: bool) -> "AnswerTimes":
    """
    Return the answer times of a file, or those of the log.

    Raises:
        UsageError: neither is given, or both.
        CrisisError: the file holds mistakes, or the log holds nothing to learn from.
    """
    from crisis.cli.door import open_world
    from crisis.errors import UsageError
    from crisis.usecases.forecasting import learn as learn_from

    if (file is None) is not learn:
        raise UsageError("say how people answer: with --times FILE or with --learn")
    if file is not None:
        return shop.answer_times(file)
    with open_world() as world:
        times, messages = learn_from(world.desk)
    output.complain(f"learned from {messages} messages of the log")
    return times


def show(found: "Forecast") -> None:
    """Print a forecast."""
    from crisis.cli.moment import local
    from crisis.core.region import name_of

    setting = found.setting
    where = f"{setting.region} {name_of(setting.region)}"
    output.say(f"{' + '.join(setting.playbook.layers)} in {where}")
    output.say(f"T0 is {local(setting.at)}, played until {local(setting.until)}.")
    output.say(f"{found.runs} runs, seed {found.seed}; times count from T0.")
    output.say()
    output.table(
        COLUMNS,
        [
            (
                wave.title.en or wave.title.de,
                str(wave.partners),
                f"{time.share} %",
                _time(time.early),
                _time(time.middle),
                _time(time.late),
                f"{time.missed * 100:.1f} %",
            )
            for wave in found.waves
            for time in wave.times
        ],
    )


def shown(found: "Forecast") -> dict[str, object]:
    """Return a forecast as plain values."""
    setting = found.setting
    return {
        "playbook": setting.playbook.id,
        "version": setting.playbook.version,
        "region": setting.region,
        "at": setting.at,
        "until": setting.until,
        "runs": found.runs,
        "seed": found.seed,
        "waves": [
            {
                "phase": wave.phase,
                "title": wave.title.de,
                "partners": wave.partners,
                "reached": [
                    {
                        "share": time.share,
                        "early": time.early,
                        "middle": time.middle,
                        "late": time.late,
                        "missed": round(time.missed, 6),
                    }
                    for time in wave.times
                ],
            }
            for wave in found.waves
        ],
    }


def _time(time: timedelta | None) -> str:
    if time is None:
        return "-"
    minutes = round(time / timedelta(minutes=1))
    return f"{minutes // 60}:{minutes % 60:02}"
