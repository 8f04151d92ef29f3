"""The names under which Prefect's pages tell an incident's story."""

from datetime import datetime

from crisis.core.availability import ZONE
from crisis.core.contact import ChannelKind
from crisis.core.incident import Incident
from crisis.usecases.delivery import Delivery

_CHANNELS = {
    ChannelKind.EMAIL: "e-mail",
    ChannelKind.HTTP: "HTTP",
    ChannelKind.SMS: "SMS",
    ChannelKind.PHONE_BY_HAND: "telephone",
    ChannelKind.PORTAL: "portal",
}


def run_name(incident: Incident | None, what: str, *, now: datetime) -> str:
    """Return a flow run's name, such as `AHORN 47 · first contact · 2026-12-18 19:20`."""
    moment = f"{now.astimezone(ZONE):%Y-%m-%d %H:%M}"
    code_word = "?" if incident is None else incident.opened.code_word
    return f"{code_word} · {what} · {moment}"


def run_name_of_house(what: str, *, now: datetime) -> str:
    """Return the name of a run of no incident, such as `stand-by · 2026-12-18 19:20`."""
    return f"{what} · {now.astimezone(ZONE):%Y-%m-%d %H:%M}"


def phase_of(incident: Incident | None) -> str:
    """Return in words what a run of the response is about."""
    if incident is None:
        return "follow-up"
    if incident.stood_down_at is not None:
        return "stand-down"
    asked = any(obligation.attempts for obligation in incident.obligations.values())
    return "follow-up" if asked else "first contact"


def contact_name(delivery: Delivery) -> str:
    """Return a task run's name, such as `A12 · Opferhilfe Sachsen (Dresden) · 1 · e-mail`."""
    channel = _CHANNELS[delivery.outgoing.kind]
    return f"{delivery.step} · {delivery.partner_name} · {delivery.n} · {channel}"


def chunk_name(step: str, part: int) -> str:
    """Return a chunk's name, such as `A10 · many partners · 2`."""
    return f"{step} · many partners · {part}"


def tags_of(incident: Incident, *, engine: str) -> tuple[str, ...]:
    """Return a run's tags: incident, mode, and the process that carries it."""
    return (incident.id, incident.opened.mode.value, engine)
