"""`crisis incident`: open, watch and steer incidents."""

import click

from crisis.cli.lazy import LazyGroup, Place

_OPEN = "crisis.cli.incident_open"
_READ = "crisis.cli.incident_read"
_NEEDS = "crisis.cli.incident_needs"
_TASKS = "crisis.cli.incident_tasks"
_REPLY = "crisis.cli.incident_reply"
_CONSENT = "crisis.cli.incident_consent"
_STEER = "crisis.cli.incident_steer"
_DESK = "crisis.cli.incident_desk"
_REVOKE = "crisis.cli.incident_revoke"
_START = "crisis.cli.incident_start"
_COMPLAINT = "crisis.cli.incident_complaint"
_END = "crisis.cli.incident_end"


@click.group(
    cls=LazyGroup,
    places={
        "open": Place(f"{_OPEN}:open_", "Open an incident and ask the first partners."),
        "list": Place(f"{_READ}:list_", "List all incidents."),
        "show": Place(f"{_READ}:show_", "Show where an incident stands."),
        "tasks": Place(f"{_TASKS}:tasks", "List what lies on the lead's desk."),
        "needs": Place(
            f"{_NEEDS}:needs", "Show the board of needs, and what else answers add up to."
        ),
        "log": Place(f"{_READ}:log_", "Show everything that happened."),
        "compare": Place(
            "crisis.cli.incident_compare:compare",
            "Compare two runs: every figure, and where the time went.",
        ),
        "ack": Place(f"{_REPLY}:ack", "Enter that a partner took over."),
        "decline": Place(f"{_REPLY}:decline", "Enter that a partner cannot act."),
        "answer": Place(f"{_REPLY}:answer", "Enter a partner's answers to a form."),
        "sign": Place(f"{_REPLY}:sign", "Enter a partner's signature."),
        "decide": Place(f"{_STEER}:decide", "Enter a decision."),
        "set": Place(f"{_STEER}:set_", "Enter what became known."),
        "consent": Place(f"{_CONSENT}:consent", "Record a consent: a code, never who it is."),
        "bulletin": Place(
            "crisis.cli.incident_bulletin:bulletin",
            "Issue news that concerns safety: everybody it goes to confirms it.",
        ),
        "move-start": Place(f"{_START}:move_start", "Move the planned beginning (T0)."),
        "start": Place(f"{_START}:start", "Enter that what was planned has begun."),
        "skip": Place(f"{_STEER}:skip", "Leave a step out."),
        "ask": Place(f"{_DESK}:ask", "Ask a partner outside the playbook."),
        "hand-over": Place("crisis.cli.incident_lead:hand_over", "Hand the lead over."),
        "publish": Place("crisis.cli.incident_publish:publish", "Enter that something came out."),
        "note": Place(f"{_DESK}:note", "Add a remark to the log."),
        "complain": Place(
            f"{_COMPLAINT}:complain", "Send a complaint to the independent complaint office."
        ),
        "complaints": Place(f"{_COMPLAINT}:complaints", "Count the complaints about a run."),
        "task": Place(f"{_DESK}:task", "Report on a task, such as a telephone call."),
        "revoke": Place(f"{_REVOKE}:revoke", "Close the pages behind the links of a step."),
        "stand-down": Place(f"{_END}:stand_down", "End the response, tell everyone."),
        "close": Place(f"{_END}:close", "End the record."),
    },
)
def incident() -> None:
    """
    Open, watch and steer incidents.

    ID is the incident's id as `crisis incident list` shows it, or `last` for the
    one that was opened last. STEP is a step of the playbook, such as A10.

    Texts are refused if they seem to name a person: nothing about anybody
    affected is ever stored.
    """
