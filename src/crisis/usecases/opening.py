"""Opening an incident."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from crisis.core.beginner import require_beginner
from crisis.core.binding import bound
from crisis.core.complaint import require_other
from crisis.core.condition import Value
from crisis.core.contact import Directory
from crisis.core.event import Event, IncidentOpened, Mode
from crisis.core.incident import Incident
from crisis.core.opening import digest, extract, gaps
from crisis.core.personal_data import traces
from crisis.core.playbook import Playbook, PlaybookKind
from crisis.core.refusal import require_sign
from crisis.core.region import NAMES, is_key
from crisis.core.register import drawn_on
from crisis.core.scheduling import require_ahead
from crisis.core.steer import checked_value
from crisis.core.timing import require_utc
from crisis.errors import (
    LogMovedOnError,
    NotFoundError,
    PersonalDataError,
    RefusedError,
    UsageError,
)
from crisis.usecases.house import House
from crisis.usecases.ports import Beside
from crisis.usecases.reading import Desk

_MOST_DRAWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """
    What the duty officer says when opening an incident.

    `region` is an AGS key. `occurred_at` is when it happened, if known. `label`
    replaces the code word that would be drawn. `accept_gaps` opens it although
    nobody holds a role that a binding step needs. `planned_for` is the T0 of a run that is
    opened before it. `begun_by` is the partner at whose word it is opened.
    """

    playbook: str
    region: str
    mode: Mode
    by: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    occurred_at: datetime | None = None
    label: str = ""
    accept_gaps: bool = False
    planned_for: datetime | None = None
    begun_by: str = ""


def open_incident(desk: Desk, opening: Opening) -> Incident:
    """
    Open an incident and return it; everything it depends on is pinned in its first entry.

    Raises:
        NotFoundError: unknown playbook, region, attribute or partner; the message lists what
            exists.
        UsageError: an attribute's value does not fit, the incident lies in the future, or a
            planned T0 does not.
        RefusedError: live while the clock is sped up, a drill or a layer that is not released
            opened as live, at the word of a partner that may not begin it, or roles that
            nobody holds; or the playbook of complaints, which only a complaint opens.
        FindingsError: the playbook's or the directory's files hold mistakes.
        PersonalDataError: the label seems to name a person.
        LogMovedOnError: every id that was drawn is another incident's.
    """
    require_other(opening.playbook)
    return try_out(desk, opening)


def try_out(desk: Desk, opening: Opening) -> Incident:
    """Open any playbook, as a simulation does; raises as `open_incident` does."""
    house = desk.house
    now = house.clock.now()
    if opening.mode is Mode.LIVE and not house.live_allowed:
        message = (
            "the clock is sped up or was moved, so only exercises may be opened; add --exercise, "
            "or set CRISIS_CLOCK_SCALE=1 and use a data folder without an exercise clock"
        )
        raise RefusedError(message)
    _check(opening, now=now)
    _check_label(desk, opening.label)
    playbook = house.library.playbook(opening.playbook, region=opening.region)
    if playbook.kind is PlaybookKind.EXERCISE and opening.mode is Mode.LIVE:
        message = f"{playbook.id} is a drill and cannot be opened as live; add --exercise"
        raise RefusedError(message)
    _check_released(playbook, mode=opening.mode)
    require_region(playbook, opening.region)
    known = _bound(desk, playbook, opening.region, now=now)
    if opening.begun_by:
        require_beginner(opening.begun_by, playbook, known, region=opening.region)
    directory = extract(known, region=opening.region)
    found = gaps(playbook, directory, region=opening.region)
    if found and not opening.accept_gaps:
        message = (
            f"nobody holds these roles in {opening.region}: {'; '.join(found)}. Add them to the "
            "contacts, or open with --accept-gaps: each becomes a task for the lead"
        )
        raise RefusedError(message)
    planned_for = None if opening.planned_for is None else require_utc(opening.planned_for)
    event = IncidentOpened(
        # What goes out before T0 must not carry a label that says what is planned.
        code_word=(opening.label if planned_for is None else "") or house.ids.code_word(),
        label=opening.label,
        mode=opening.mode,
        region=opening.region,
        occurred_at=None if opening.occurred_at is None else require_utc(opening.occurred_at),
        attributes=_attributes(playbook, opening.attributes, is_planned=planned_for is not None),
        playbook=playbook,
        directory=directory,
        layers=playbook.layers,
        digest=digest(playbook),
        gaps=found,
        pace=house.pace,
        agreements=drawn_on(playbook, house.library.register(around=now)),
        planned_for=planned_for,
        begun_by=opening.begun_by,
        consent_policy=house.library.consent_policy(region=opening.region, around=now)
        if any(step.gate for step in playbook.steps)
        else None,
    )
    return desk.incidents.current(write_first(house, event, by=opening.by, now=now))


def write_first(
    house: House,
    opened: IncidentOpened,
    *more: Event,
    by: str,
    now: datetime,
    beside: Beside | None = None,
) -> str:
    """
    Write the first entries of a run under an id that nobody has, and return the id.

    What stands `beside` goes into the logs of other runs in the same append.

    Raises:
        LogMovedOnError: every id that was drawn is another run's.
    """
    for _ in range(_MOST_DRAWS):
        drawn = house.ids.incident_id(at=now)
        # Of a hundred incidents in one minute two draw the same in one case of a hundred.
        with suppress(LogMovedOnError):
            house.log.append(
                drawn, (opened, *more), actor=by, at=now, expected_version=0, beside=beside
            )
            return drawn
    raise LogMovedOnError(f"No id was free in {_MOST_DRAWS} draws. Open the incident again.")


def _bound(desk: Desk, playbook: Playbook, region: str, *, now: datetime) -> Directory:
    known = desk.house.library.directory(around=now)
    return bound(known, playbook.bindings, playbook.must_not, region=region)


def _check(opening: Opening, *, now: datetime) -> None:
    require_sign(opening.by)
    found = traces(opening.label)
    if found:
        kinds = ", ".join(trace.label.en for trace in found)
        message = f"the label seems to hold {kinds}; use a code word"
        raise PersonalDataError(message)
    if opening.occurred_at is not None and require_utc(opening.occurred_at) > now:
        message = (
            f"it occurred at {opening.occurred_at.isoformat()}, which lies in the future "
            f"(it is {now.isoformat()})"
        )
        raise UsageError(message)
    if opening.planned_for is not None:
        require_ahead(require_utc(opening.planned_for), now=now)
        if opening.occurred_at is not None:
            message = "what is planned has not occurred: leave out one of the two moments"
            raise UsageError(message)


def _check_released(playbook: Playbook, *, mode: Mode) -> None:
    """Refuse a real incident by a layer that the Land has not released yet (S4.6)."""
    early = [f"{one.name}: {one.status}" for one in playbook.overlays if one.status != "released"]
    if early and mode is Mode.LIVE:
        message = (
            f"not released yet: {', '.join(early)}. Write `status: released` once it was "
            "reviewed, move the file away, or open an exercise with --exercise"
        )
        raise RefusedError(message)


def _check_label(desk: Desk, label: str) -> None:
    """Refuse a code word under which something else is open: they are told apart by it."""
    if not label:
        return
    open_now = desk.incidents.gather(desk.house.log.open_incidents()).incidents
    taken = [each.id for each in open_now if each.opened.code_word.casefold() == label.casefold()]
    if taken:
        message = f"{label!r} is open already ({', '.join(taken)}); choose another label"
        raise RefusedError(message)


def require_region(playbook: Playbook, region: str) -> None:
    """
    Refuse a region that does not exist or in which a playbook does not hold.

    Raises:
        NotFoundError: the message lists what exists.
    """
    if not is_key(region):
        lands = ", ".join(f"{key} {name}" for key, name in NAMES.items())
        message = f"there is no region {region!r}; keys begin with a Land, known are: {lands}"
        raise NotFoundError(message)
    if playbook.region != "00" and not region.startswith(playbook.region):
        here = ", ".join(
            f"{key} {name}" for key, name in NAMES.items() if key.startswith(playbook.region)
        )
        message = f"{playbook.id} holds in {playbook.region}, not in {region}; there are: {here}"
        raise NotFoundError(message)


def _attributes(
    playbook: Playbook, given: Mapping[str, Value], *, is_planned: bool
) -> dict[str, Value]:
    known = ((one.id, one.at_opening(is_planned=is_planned)) for one in playbook.attributes)
    initial: dict[str, Value] = {name: value for name, value in known if value is not None}
    checked = {name: checked_value(playbook, name, value) for name, value in given.items()}
    return initial | checked
