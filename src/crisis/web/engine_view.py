"""The engines as the board lists them, and what is wrong with one beside the others."""

from collections.abc import Iterator, Sequence

from crisis.core.kept_time import TOLERANCE
from crisis.launch.engine_status import EngineStatus
from crisis.web.texts import Texts

View = dict[str, object]


def engines_view(engines: Sequence[EngineStatus], *, say: Texts) -> View:
    """Return the names of the engines that are there, and a line for each that needs a hand."""
    return {
        "engines": [engine.name for engine in engines if engine.fresh],
        "engine_faults": [line for engine in engines for line in _faults(engine, say=say)],
    }


def _faults(engine: EngineStatus, *, say: Texts) -> Iterator[str]:
    name = engine.name
    if not engine.fresh:
        if not engine.has_left:
            yield say("Engine %(name)s gibt kein Lebenszeichen.", name=name)
        return
    for incident in engine.faults:
        yield say(
            "Engine %(name)s kommt mit %(incident)s nicht voran; `crisis status` sagt mehr.",
            name=name,
            incident=incident,
        )
    if engine.clash:
        host = engine.clash
        yield say(
            "Auch auf %(host)s läuft eine Engine namens %(name)s: CRISIS_ENGINE_NAME ändern.",
            host=host,
            name=name,
        )
    clocks = ((engine.host, engine.host_clock_off), ("PostgreSQL", engine.database_clock_off))
    for place, seconds in clocks:
        if abs(seconds) > TOLERANCE.total_seconds():
            yield say(
                "Die Uhr von %(place)s weicht um %(seconds)s s von der Zeit der Engine"
                " %(name)s ab.",
                place=place,
                seconds=f"{seconds:+.0f}",
                name=name,
            )
