"""`crisis status`: what runs, since when, what is late, what is degraded."""

from dataclasses import asdict
from socket import gethostname
from typing import TYPE_CHECKING, Any

import click

from crisis.cli import option, output
from crisis.cli.watch_words import deadmen, watchers

if TYPE_CHECKING:
    from crisis.launch.status import Status


@click.command()
@click.option(
    "--settings",
    "show_settings",
    is_flag=True,
    help="List every setting with its value instead; secrets are hidden.",
)
@option.as_json
def status(*, show_settings: bool, as_json: bool) -> None:
    """
    Show what runs, what is late, what is down.

    Ends with exit code 0 if everything runs and nothing is degraded, else with 1
    and the reasons. In its first minute Prefect may still be starting.
    """
    from crisis import wiring
    from crisis.cli.door import settings

    if show_settings:
        _settings(as_json=as_json)
        return
    found = wiring.status(settings())
    if as_json:
        engine = None if found.engine is None else asdict(found.engine)
        said = {"is_well": found.is_well, "reasons": found.reasons, "engine": engine}
        output.json_out({**said, **asdict(found)})
    else:
        _show(asdict(found), runs=found.runs)
        _explain(found)
    if not found.is_well:
        raise click.exceptions.Exit(1)


def _settings(*, as_json: bool) -> None:
    from crisis.cli.door import settings

    listing = settings().listing()
    if as_json:
        output.json_out([asdict(setting) for setting in listing])
        return
    output.table(
        ("setting", "value", "from"),
        [(s.name, s.value, "set" if s.is_set else "default") for s in listing],
    )


def _explain(found: "Status") -> None:
    if found.prefect_is_starting:
        output.complain("Prefect is starting; incidents are carried on without it meanwhile.")
    # That nothing runs is the first line of the answer.
    if found.processes and found.reasons:
        output.reasons("Not all is well", found.reasons)


def _show(found: dict[str, Any], *, runs: bool) -> None:
    from crisis.cli.moment import local

    output.table(
        ("process", "pid", "since", "restarts", "state"),
        [
            (
                process["name"],
                str(process["pid"]),
                local(process["since"]),
                str(process["restarts"]),
                "runs" if process["alive"] else "ended",
            )
            for process in found["processes"]
        ],
        empty="Nothing runs here; `crisis serve` starts the house.",
    )
    output.say()
    if len(found["engines"]) > 1:
        _engines(found["engines"])
    one = max(found["engines"], key=lambda engine: (engine["fresh"], engine["at"]), default=None)
    engine = _engine(one, runs=runs) if len(found["engines"]) <= 1 else {}
    watch = {**watchers(found["watchers"]), **deadmen(found["deadmen"])}
    engine |= _workers(one) | _providers(found["engines"])
    output.pairs({**engine, **_standing(found["standing"]), **watch, "Log": found["log"]})


def _engines(engines: list[dict[str, Any]]) -> None:
    from crisis.cli.moment import local

    output.table(
        ("engine", "state", "last sign of life", "Prefect", "on their way", "next"),
        [
            (
                _named(engine),
                "alive" if engine["fresh"] else "SILENT",
                local(engine["at"], seconds=True),
                engine["prefect"],
                str(engine["in_flight"]),
                local(engine["next_wake_at"]) or "nothing foreseen",
            )
            for engine in engines
        ],
    )
    output.say()
    for engine in engines:
        for name, fault in engine["faults"].items():
            output.say(f"Fault in {name} ({engine['name']}): {fault}")


def _named(engine: dict[str, Any]) -> str:
    """Return an engine's name, with its host where that is called otherwise."""
    elsewhere = engine["host"] not in {"", engine["name"]}
    return f"{engine['name']} on {engine['host']}" if elsewhere else str(engine["name"])


def _engine(engine: dict[str, Any] | None, *, runs: bool) -> dict[str, str]:
    from crisis.cli.moment import local

    if engine is None:
        return {"Engine": "has never given a sign of life"}
    if not runs and not _is_elsewhere(engine):
        # What it said of itself and of Prefect ended with it.
        return {"Engine": f"stopped, last sign of life {local(engine['at'], seconds=True)}"}
    life = "alive" if engine["fresh"] else "SILENT"
    facts = {
        "Engine": f"{life}, last sign of life {local(engine['at'], seconds=True)}",
        "Prefect": engine["prefect"],
        "On their way": f"{engine['in_flight']} messages",
        "Next": local(engine["next_wake_at"]) or "nothing foreseen",
    }
    return facts | {f"Fault in {name}": fault for name, fault in engine["faults"].items()}


def _workers(engine: dict[str, Any] | None) -> dict[str, str]:
    if engine is None or not engine["fresh"] or engine["launcher"] == "embedded":
        return {}
    seen = ", ".join(engine["workers"]) or "none seen"
    return {"Launcher": engine["launcher"], "Workers": seen}


def _is_elsewhere(engine: dict[str, Any]) -> bool:
    return bool(engine["fresh"]) and engine["host"] not in {"", gethostname()}


def _held(standing: dict[str, Any]) -> str:
    from crisis.cli.moment import local

    if not standing["held"]:
        return "none"
    until = local(standing["held_until"], seconds=True)
    return f"{standing['held']}, the next until {until} (limit {standing['held_by']})"


def _providers(engines: list[dict[str, Any]]) -> dict[str, str]:
    seen: dict[str, list[str]] = {}
    for engine in engines:
        for name, state in engine["providers"].items() if engine["fresh"] else ():
            if state != "closed":
                told = "passed over" if state == "open" else "tried again"
                seen.setdefault(f"{name} {told}", []).append(engine["name"])
    parts = [f"{told} by {', '.join(names)}" for told, names in seen.items()]
    return {"Providers": "; ".join(parts)} if parts else {}


def _standing(standing: dict[str, Any]) -> dict[str, str]:
    restored = {"Put back": "; ".join(standing["restored"])} if standing["restored"] else {}
    return restored | {
        "Open incidents": str(standing["open_incidents"]),
        "Overdue": str(standing["overdue"]),
        "Fate unknown": str(standing["unknown"]),
        "Held back": _held(standing),
        "Degraded": ", ".join(standing["degraded"]) or "none",
        "Damaged": ", ".join(standing["damaged"]) or "none",
    }
