"""`crisis incident list | show | log`: where incidents stand, and how they came there."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from crisis.cli import option, output

if TYPE_CHECKING:
    from datetime import datetime

    from crisis.core.event import Entry
    from crisis.core.incident import Incident
    from crisis.core.obligation import Obligation
    from crisis.wiring import World

# How long one look at the log waits for something new, in seconds.
_PATIENCE = 2.0
LOG_COLUMNS = ("n", "time", "by", "step", "partner", "what")


@click.command("list")
@option.as_json
def list_(*, as_json: bool) -> None:
    """
    List all incidents.

    The oldest comes first. `waiting` counts the partners who have not answered
    yet and are in nobody's hands.
    """
    from crisis.cli.door import open_world
    from crisis.core.complaint import is_complaint

    with open_world() as world:
        found = world.desk.incidents.gather(world.log.incidents())
    incidents = [one for one in found.incidents if not is_complaint(one)]
    for why in found.damaged.values():
        output.complain(why)
    if as_json:
        output.json_out([_brief(incident) for incident in incidents])
        return
    output.table(
        ("id", "code word", "mode", "playbook", "region", "since", "state", "waiting"),
        [_brief_row(incident) for incident in incidents],
        empty="There is no incident yet; open one with `crisis incident open`.",
    )


@click.command("show")
@option.incident_id
@option.as_json
def show_(incident_id: str, *, as_json: bool) -> None:
    """
    Show where an incident stands.

    Every partner of every step that has begun, with its deadline and how far its
    ladder has risen; then what lies on the lead's desk, calls with the number and
    what to say.
    """
    from crisis.cli.aftermath import known_id
    from crisis.cli.door import open_world
    from crisis.cli.incident_tasks import show_tasks
    from crisis.core.desk import open_tasks
    from crisis.usecases.showing import show

    with open_world() as world:
        incident = world.desk.incidents.current(known_id(world, incident_id))
        shown = show(incident, now=world.desk.house.clock.now())
        if as_json:
            output.json_out(shown)
            return
        now = world.desk.house.clock.now()
        _show(incident, next_wake_at=str(shown["next_wake_at"] or ""), at=now)
        if open_tasks(incident):
            output.say()
            show_tasks(world.desk, incident)


@click.command("log")
@option.incident_id
@click.option(
    "--follow",
    is_flag=True,
    help="Go on until the incident is closed, one line for each entry as it is written.",
)
@option.as_json
def log_(incident_id: str, *, follow: bool, as_json: bool) -> None:
    """
    Show everything that happened.

    With --json each entry has its event under `data`; the playbook and the
    directory that an opening pins are left out, `digest` names their content.
    With --json and --follow, each line is one entry. Answers that the form
    keeps from the lead are left out.
    """
    from crisis.cli.aftermath import known_id
    from crisis.cli.door import open_world
    from crisis.core.visibility import for_the_lead

    with open_world() as world:
        known = known_id(world, incident_id)
        entries = world.desk.incidents.entries(known)
        if follow:
            _follow(world, known, entries, as_json=as_json)
            return
        incident = world.desk.incidents.current(known)
        read = [for_the_lead(incident, entry) for entry in entries]
        if as_json:
            output.json_out([_entry(entry) for entry in read])
        else:
            output.table(LOG_COLUMNS, [_entry_row(entry) for entry in read])


def _brief(incident: "Incident") -> dict[str, object]:
    from crisis.usecases.showing import state_counts

    opened = incident.opened
    return {
        "id": incident.id,
        "code_word": opened.code_word,
        "label": opened.label,
        "mode": opened.mode,
        "playbook": opened.playbook.id,
        "version": opened.playbook.version,
        "region": opened.region,
        "opened_at": incident.opened_at,
        "t0": incident.t0,
        "planned": incident.is_ahead,
        "closed_at": incident.closed_at,
        "state": incident.state,
        "degraded": incident.degraded,
        "waiting": len(_waiting(incident)),
        "obligations": state_counts(incident),
    }


def _brief_row(incident: "Incident") -> tuple[str, ...]:
    from crisis.cli.moment import local

    opened = incident.opened
    return (
        incident.id,
        opened.code_word,
        str(opened.mode),
        opened.playbook.id,
        opened.region,
        local(incident.opened_at),
        incident.state,
        str(len(_waiting(incident))),
    )


def _waiting(incident: "Incident") -> "list[Obligation]":
    return [
        obligation
        for obligation in incident.obligations.values()
        if not obligation.is_settled and obligation.handed_at is None
    ]


def _beginning(incident: "Incident") -> dict[str, str]:
    """Return when a planned run is to begin, or began; nothing where it was opened at T0."""
    from crisis.cli.moment import local

    if incident.opened.planned_for is None:
        return {}
    return {"Planned for" if incident.is_ahead else "Begun": local(incident.t0)}


def _show(incident: "Incident", *, next_wake_at: str, at: "datetime") -> None:
    from datetime import datetime

    from crisis.cli.bulletin_lines import bulletin_lines
    from crisis.cli.joint_lines import joint_lines
    from crisis.cli.moment import local
    from crisis.core.deadline import deadline_words
    from crisis.core.region import name_of
    from crisis.core.value_words import attribute_label, value_text

    opened = incident.opened
    known = (
        f"{label}: {value_text(incident.playbook, name, value, language='en')}"
        for name, value in incident.attributes.items()
        for label in [attribute_label(incident.playbook, name).in_language("en")]
    )
    output.say(f"{opened.code_word} ({opened.mode}), {incident.state}")
    output.say()
    output.pairs(
        {
            "Incident": incident.id,
            "Playbook": " + ".join(opened.layers),
            "Region": f"{opened.region} {name_of(opened.region)}",
            "Occurred": local(opened.occurred_at) or "not known",
            "Since": local(incident.opened_at),
            **({"Begun by": opened.begun_by} if opened.begun_by else {}),
            **_beginning(incident),
            "Known": "; ".join(known) or "nothing yet",
            "Next": local(datetime.fromisoformat(next_wake_at)) if next_wake_at else "nothing",
        }
    )
    for one in opened.playbook.longer:
        now, was = deadline_words(one.now).en, deadline_words(one.was).en
        reason = one.reason.in_language("en")
        output.say(
            f"Longer deadline in {one.step}, {now} instead of {was} ({one.layer}): {reason}"
        )
    if incident.degraded:
        output.say("Degraded: Prefect does not answer; the engine goes on without it.")
    output.say()
    output.table(
        ("step", "partner", "state", "due", "level", "attempts", "done"),
        _obligation_rows(incident),
        empty="No step has begun yet.",
    )
    for line in (*joint_lines(incident), *bulletin_lines(incident, now=at)):
        output.say(line)


def _obligation_rows(incident: "Incident") -> Iterable[tuple[str, ...]]:
    from crisis.cli.moment import local

    for step in incident.steps:
        for obligation in incident.obligations_of(step):
            yield (
                step,
                obligation.partner,
                _state(obligation),
                local(obligation.due_at),
                str(obligation.level or ""),
                str(len(obligation.attempts)),
                local(obligation.done_at),
            )


def _state(obligation: "Obligation") -> str:
    cascade, membership = obligation.cascade, obligation.membership
    if cascade is not None:
        answered = f"{cascade.answered} of {len(cascade.members)} members have answered"
        return f"{obligation.state}, {answered}"
    through = "" if membership is None else f", through {membership.hub}"
    return f"{obligation.state}{through}"


def _follow(world: "World", known: str, entries: "Sequence[Entry]", *, as_json: bool) -> None:
    import json

    from crisis.core.event import IncidentClosed
    from crisis.core.visibility import for_the_lead

    version = seen = 0
    closed = False
    while True:
        incident = world.desk.incidents.current(known)
        for entry in (for_the_lead(incident, one) for one in entries):
            version, seen = entry.version, max(seen, entry.seq)
            closed = closed or isinstance(entry.event, IncidentClosed)
            if as_json:
                output.say(json.dumps(output.plain(_entry(entry)), ensure_ascii=False))
            else:
                output.say("  ".join(part for part in _entry_row(entry) if part))
        if closed:
            return
        # The number counts over all incidents: what was seen must not wake us again.
        seen = world.log.wait_for_change(seen, _PATIENCE)
        entries = world.log.read(known, after=version)


def _entry(entry: "Entry") -> dict[str, object]:
    from dataclasses import fields

    pinned = {"kind", "playbook", "directory", "agreements"}
    names = (each.name for each in fields(entry.event))
    data = {name: getattr(entry.event, name) for name in names if name not in pinned}
    return {
        "seq": entry.seq,
        "incident": entry.incident,
        "version": entry.version,
        "at": entry.at,
        "actor": entry.actor,
        "kind": entry.event.kind,
        "data": data,
        "prev_hash": entry.prev_hash,
        "hash": entry.hash,
    }


def _entry_row(entry: "Entry") -> tuple[str, ...]:
    from crisis.cli.moment import local
    from crisis.cli.telling import tell
    from crisis.core.scope import happened_at, is_late_entry

    late = f" (at {local(happened_at(entry))}, entered late)" if is_late_entry(entry) else ""
    return (
        str(entry.version),
        local(entry.at, seconds=True),
        entry.actor,
        getattr(entry.event, "step", ""),
        getattr(entry.event, "partner", "") or "",
        tell(entry.event) + late,
    )
