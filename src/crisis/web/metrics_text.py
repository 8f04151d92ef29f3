"""The house's own figures in Prometheus' text format: counts only, nothing of any incident."""

from collections.abc import Iterable
from datetime import datetime

from crisis.core.desk import open_tasks
from crisis.core.incident import Incident
from crisis.core.obligation import ObligationState
from crisis.launch.engine_status import EngineStatus
from crisis.web.held_view import waiting


def metrics_text(
    incidents: tuple[Incident, ...],
    *,
    damaged: int,
    heartbeat: datetime | None,
    now: datetime,
    moment: datetime,
) -> str:
    """
    Return the figures over all open incidents; the engine's age is NaN if it never ran.

    `damaged` is of how many open incidents the log cannot be followed: nothing else counts
    them. `now` is real time, `moment` the house's, which an exercise may speed up.
    """
    states = [one.state for incident in incidents for one in incident.obligations.values()]
    age = "NaN" if heartbeat is None else f"{(now - heartbeat).total_seconds():.3f}"
    tasks = sum(len(open_tasks(incident)) for incident in incidents)
    return "".join(
        (
            *gauge("incidents_open", "Incidents that were not closed.", [("", len(incidents))]),
            *gauge(
                "incidents_damaged",
                "Open incidents whose log cannot be followed; no other figure counts them.",
                [("", damaged)],
            ),
            *gauge(
                "obligations",
                "Obligations of open incidents by state.",
                [(f'{{state="{state.value}"}}', states.count(state)) for state in ObligationState],
            ),
            *gauge(
                "messages_held",
                "Messages that wait for room in a limit.",
                [("", sum(len(waiting(incident, now=moment)) for incident in incidents))],
            ),
            *gauge("tasks_open", "Tasks on the leads' desks.", [("", tasks)]),
            *gauge(
                "degraded",
                "Open incidents that run without Prefect.",
                [("", sum(incident.degraded for incident in incidents))],
            ),
            *gauge(
                "engine_heartbeat_age_seconds",
                "Since the engine's last sign of life.",
                [("", age)],
            ),
        )
    )


def engines_text(engines: tuple[EngineStatus, ...]) -> str:
    """Return the figures of each engine by its name; nothing where there never was one."""
    if not engines:
        return ""
    return "".join(
        (
            *gauge(
                "engine_up",
                "Whether this engine gave a sign of life just now.",
                [(f'{{engine="{each.name}"}}', int(each.fresh)) for each in engines],
            ),
            *gauge(
                "engine_in_flight",
                "Messages this engine claimed whose outcome is not recorded.",
                [(f'{{engine="{each.name}"}}', each.in_flight) for each in engines],
            ),
            *gauge(
                "engine_incidents_in_trouble",
                "Open incidents at which this engine fails, or which do not move.",
                [(f'{{engine="{each.name}"}}', len(each.faults)) for each in engines],
            ),
            *gauge(
                "engine_clock_off_seconds",
                "How far a clock is ahead of the time this engine keeps, 0 up to 2 s.",
                [
                    (f'{{engine="{each.name}",clock="{clock}"}}', off)
                    for each in engines
                    for clock, off in (
                        ("host", each.host_clock_off),
                        ("database", each.database_clock_off),
                    )
                ],
            ),
            *gauge(
                "provider_passed_over",
                "Whether this engine passes over a provider because it fails.",
                [
                    (f'{{engine="{each.name}",provider="{name}"}}', int(state != "closed"))
                    for each in engines
                    for name, state in sorted(each.providers.items())
                ],
            ),
        )
    )


def gauge(name: str, what: str, samples: Iterable[tuple[str, object]]) -> Iterable[str]:
    """Yield one figure's lines; `samples` are labels in braces, or nothing, and the figure."""
    yield f"# HELP crisis_{name} {what}\n# TYPE crisis_{name} gauge\n"
    for labels, figure in samples:
        yield f"crisis_{name}{labels} {figure}\n"
