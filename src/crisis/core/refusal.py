"""What every command asks first: whether there is such a thing, and whether it may be done now."""

import re
from datetime import datetime, timedelta

from crisis.core.answer import Fault, free_text_faults
from crisis.core.availability import clock_text
from crisis.core.incident import Incident
from crisis.core.obligation import Obligation
from crisis.core.playbook import Step
from crisis.errors import NotFoundError, PersonalDataError, RefusedError, UsageError

# One word: a function's or a shift's sign, never first name and surname.
SIGN = re.compile(r"[A-Za-zÄÖÜäöüß0-9][A-Za-zÄÖÜäöüß0-9._/-]{0,79}")
SIGN_IS = "letters, digits, dots, dashes and slashes, no blanks"


def obligation_of(incident: Incident, step: str, partner: str) -> Obligation:
    """
    Return one partner's obligation in a step.

    Raises:
        NotFoundError: that partner was not asked; the message lists who was.
    """
    step_of(incident, step)
    obligation = incident.obligations.get((step, partner))
    if obligation is None:
        asked = ", ".join(incident.run_of(step).partners) or "nobody"
        message = f"{step} was not asked of {partner!r}; it was asked of: {asked}"
        if incident.run_of(step).started_at is None:
            message = f"{step} has not begun: nobody was asked yet"
        raise NotFoundError(message)
    return obligation


def step_of(incident: Incident, step: str) -> Step:
    """
    Return a step of the incident's playbook, or an ask outside it.

    Raises:
        NotFoundError: there is no such step; the message lists what exists.
    """
    if step not in incident.step_by_id:
        message = f"there is no step {step!r}; there are: {', '.join(incident.step_by_id)}"
        raise NotFoundError(message)
    return incident.step_by_id[step]


def require_running(incident: Incident) -> None:
    """Raise RefusedError if the incident was stood down or closed."""
    if incident.state != "open":
        message = f"incident {incident.id} is {incident.state}; it is not steered any more"
        raise RefusedError(message)


def require_not_closed(incident: Incident) -> None:
    """Raise RefusedError if the record has ended."""
    if incident.closed_at is not None:
        message = f"incident {incident.id} is closed; its log takes no more answers"
        raise RefusedError(message)


def moment_of(incident: Incident, happened_at: datetime | None, *, now: datetime) -> datetime:
    """
    Return when something happened, `now` where nothing was given.

    People read a clock to the minute: the minute of T0 itself means T0, not what
    lay before it.
    """
    if happened_at == incident.opened_at.replace(second=0, microsecond=0):
        return incident.opened_at
    return happened_at or now


def require_moment(incident: Incident, happened_at: datetime, *, now: datetime) -> None:
    """Raise UsageError if a moment lies in the future or before T0."""
    if happened_at > now + timedelta(minutes=1):
        message = f"{clock_text(happened_at)} lies in the future; it is {clock_text(now)}"
        raise UsageError(message)
    if happened_at < incident.opened_at:
        opened = clock_text(incident.opened_at)
        message = f"{clock_text(happened_at)} lies before the incident was opened ({opened})"
        raise UsageError(message)


def require_text(name: str, text: str) -> None:
    """Raise UsageError if a text is missing, PersonalDataError if it seems to name a person."""
    if not text.strip():
        message = f"a {name} is needed; say in a few words why"
        raise UsageError(message)
    require_no_person(name, text)


def require_sign(who: str) -> None:
    """
    Raise UsageError unless whoever acts signs with a short sign, which a name is not.

    The sign stays in the log for good, and the log holds no names (`law-and-trust.md` §6.1).
    """
    if SIGN.fullmatch(who) is None:
        message = (
            f"who acts signs with a short sign such as `ada` or `lagedienst-1`, no name: {SIGN_IS}"
        )
        raise UsageError(message)


def require_no_person(name: str, text: str) -> None:
    """Raise PersonalDataError if a text seems to name a person or how to reach one."""
    refuse_faults(free_text_faults(name, text))


def refuse_faults(found: tuple[Fault, ...]) -> None:
    """Raise PersonalDataError or UsageError with every fault, if there is any."""
    if not found:
        return
    lines = [f"{fault.field}: {fault.words.de} / {fault.words.en}" for fault in found]
    error = PersonalDataError if any(fault.personal for fault in found) else UsageError
    raise error("\n".join(lines))
