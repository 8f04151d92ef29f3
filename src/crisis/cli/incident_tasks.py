"""`crisis incident tasks`: what a human must do, with all that a call needs."""

from typing import TYPE_CHECKING

import click

from crisis.cli import option, output

if TYPE_CHECKING:
    from crisis.core.incident import Incident, Task
    from crisis.usecases.calling import Call
    from crisis.usecases.reading import Desk


@click.command("tasks")
@option.incident_id
@option.as_json
def tasks(incident_id: str, *, as_json: bool) -> None:
    """
    List what lies on the lead's desk.

    A telephone task comes with the number, what to say, the code of the ask, and
    the command that enters what came of the call.
    """
    from crisis.cli.aftermath import known_id
    from crisis.cli.door import open_world

    with open_world() as world:
        incident = world.desk.incidents.current(known_id(world, incident_id))
        if as_json:
            output.json_out(_shown(world.desk, incident))
        else:
            show_tasks(world.desk, incident, empty="Nothing lies on the lead's desk.")


def show_tasks(desk: "Desk", incident: "Incident", *, empty: str = "") -> None:
    """Print the open tasks, and each call with its number and its words."""
    from crisis.cli.moment import local
    from crisis.core.desk import open_tasks
    from crisis.usecases.calling import calls

    found = open_tasks(incident)
    if found:
        output.say("On the lead's desk:")
    output.table(
        ("task", "since", "why", "contact", "about"),
        [
            (
                task.raised.task,
                local(task.raised_at),
                str(task.raised.task_kind),
                task.raised.contact,
                # Of a telephone task this is the number of the attempt, which its id holds.
                "" if task.raised.task_kind == "phone" else task.raised.subject,
            )
            for task in found
        ],
        empty=empty,
    )
    called = calls(desk, incident)
    if len(called) < len(found):
        output.say(f"Say what came of it: crisis incident task {incident.id} TASK RESULT")
    for task in found:
        call = called.get(task.raised.task)
        if call is not None:
            _show_call(incident, task, call)


def _show_call(incident: "Incident", task: "Task", call: "Call") -> None:
    from crisis.usecases.calling import results_of

    likeliest, *others = results_of(task)
    output.say()
    output.say(f"Call {call.contact}: {call.number or 'the contacts hold no number any more'}")
    output.pairs(
        {
            "  Say": call.say,
            **({"  Note": "oral only: write nothing of it down"} if call.is_oral else {}),
            "  Code": call.code,
            "  Then": f"crisis incident task {incident.id} {call.task} {likeliest}",
            "  Or": " or ".join(others),
        }
    )


def _shown(desk: "Desk", incident: "Incident") -> list[dict[str, object]]:
    from crisis.core.desk import open_tasks
    from crisis.usecases.calling import calls, results_of

    called = calls(desk, incident)
    return [
        {
            "task": task.raised.task,
            "kind": task.raised.task_kind,
            "step": task.raised.step,
            "partner": task.raised.partner,
            "contact": task.raised.contact,
            "subject": task.raised.subject,
            "raised_at": task.raised_at,
            "results": results_of(task),
            "call": _call(called.get(task.raised.task)),
        }
        for task in open_tasks(incident)
    ]


def _call(call: "Call | None") -> dict[str, object] | None:
    if call is None:
        return None
    return {"number": call.number, "say": call.say, "code": call.code, "is_oral": call.is_oral}
