"""What limits hold back and which providers are passed over, as pages say it."""

import re
from collections.abc import Iterable
from datetime import datetime

from crisis.core.asked import AttemptHeld
from crisis.core.incident import Incident
from crisis.core.obligation import Obligation
from crisis.launch.engine_status import EngineStatus
from crisis.web.moments import short_moment
from crisis.web.naming import Names
from crisis.web.texts import Texts, msg

_UNITS = {
    "second": msg("Sekunde"),
    "seconds": msg("Sekunden"),
    "minute": msg("Minute"),
    "minutes": msg("Minuten"),
    "hour": msg("Stunde"),
    "hours": msg("Stunden"),
    "day": msg("Tag"),
    "days": msg("Tage"),
}
_KINDS = {"email": msg("E-Mail"), "sms": msg("SMS"), "http": msg("Webdienste")}
_UNIT = re.compile(r"[a-z]+$")


def waiting(incident: Incident, *, now: datetime) -> tuple[AttemptHeld, ...]:
    """Return the messages of an incident that limits hold back, the next one first."""
    found = [held for one in incident.obligations.values() for held in one.waiting(now)]
    return tuple(sorted(found, key=lambda held: held.until))


def limit_words(limit: str, *, say: Texts) -> str:
    """Return a limit as people read it: `contact 6/minute` is »je Kontakt 6/Minute«."""
    scope, _, rest = limit.partition(" ")
    if scope == "contact":
        return say("je Kontakt %(limit)s", limit=_rate(rest, say))
    if scope == "provider":
        name, _, rate = rest.partition(" ")
        return say("Anbieter %(name)s %(limit)s", name=name, limit=_rate(rate, say))
    return f"{say(_KINDS[scope])} {_rate(rest, say)}"


def held_line(incident: Incident, *, now: datetime, say: Texts) -> str:
    """Return how many messages wait and when the next one may leave; empty if none does."""
    held = waiting(incident, now=now)
    if not held:
        return ""
    return say(
        "Zurückgehalten: %(n)s, die nächste bis %(until)s (Grenze: %(limit)s)",
        n=len(held),
        until=short_moment(held[0].until, now=now, say=say),
        limit=limit_words(held[0].limit, say=say),
    )


def obligation_holds(one: Obligation, *, names: Names, now: datetime, say: Texts) -> list[str]:
    """Return one line for each message of an obligation that waits."""
    return [
        say(
            "Nachricht an %(contact)s, %(channel)s, wartet bis %(until)s (Grenze: %(limit)s)",
            contact=names.contact(held.contact),
            channel=names.channel(held.channel),
            until=short_moment(held.until, now=now, say=say),
            limit=limit_words(held.limit, say=say),
        )
        for held in one.waiting(now)
    ]


def passed_over(engines: Iterable[EngineStatus], *, say: Texts) -> list[str]:
    """Return one line for each provider that engines pass over or try again, with their names."""
    found: dict[str, list[str]] = {}
    for engine in engines:
        for name, state in engine.providers.items():
            if engine.fresh and state != "closed":
                found.setdefault(name, []).append(engine.name)
    return [
        say(
            "Anbieter %(name)s wird umgangen, weil er ausfällt (%(engine)s).",
            name=name,
            engine=", ".join(names),
        )
        for name, names in sorted(found.items())
    ]


def _rate(rate: str, say: Texts) -> str:
    return _UNIT.sub(lambda found: say(_UNITS[found[0]]), rate)
