"""`crisis incident needs`: what is needed, what was given, which feedback waits for a reply."""

from typing import TYPE_CHECKING

import click

from crisis.cli import option, output

if TYPE_CHECKING:
    from crisis.core.feedback import Feedback
    from crisis.core.needs_board import BoardNeed
    from crisis.core.total import Total

_NEED_COLUMNS = ("state", "need", "group", "since", "reported by", "promised by", "conflicts")


@click.command("needs")
@option.incident_id
@option.language
@option.as_json
def needs(incident_id: str, language: str, *, as_json: bool) -> None:
    """
    Show the board of needs, and what else answers add up to.

    Two partners who report the same need (kind, words and place) share one line with both
    of them; the last word of each counts. A conflict is named: one says met and another
    does not, two take care of it, or the numbers differ. Below stand the totals of marked
    questions, such as referrals and hints, and feedback with the reply that is owed to it.

    Only numbers and key words, never names. Answers that the form keeps from the lead are
    left out.
    """
    from crisis.cli.aftermath import known_id
    from crisis.cli.door import open_world
    from crisis.core.feedback import feedback
    from crisis.core.needs_board import board_for_lead
    from crisis.core.total import totals_for_lead
    from crisis.usecases.answers_shown import answers_shown

    with open_world() as world:
        incident = world.desk.incidents.current(known_id(world, incident_id))
        now = world.desk.house.clock.now()
    if as_json:
        output.json_out({"id": incident.id, **answers_shown(incident)})
        return
    rows = [_need(need) for need in board_for_lead(incident)]
    output.table(_NEED_COLUMNS, rows, empty="Nobody has reported a need.")
    totals = [_total(total, language) for total in totals_for_lead(incident)]
    if totals:
        output.say()
        output.table(("question", "total", "answers"), totals)
    replies = [_feedback(one, is_overdue=one.is_overdue(now)) for one in feedback(incident)]
    if replies:
        output.say()
        output.table(("feedback", "from", "said", "owed by", "reply"), replies)


def _need(need: "BoardNeed") -> tuple[str, ...]:
    from crisis.cli.moment import local

    return (
        need.state.value,
        ", ".join(part for part in (need.code, need.region) if part),
        need.group,
        local(need.raised_at),
        ", ".join(dict.fromkeys(report.partner for report in need.reports)),
        ", ".join(need.promised_by),
        ", ".join(conflict.value for conflict in need.conflicts),
    )


def _total(total: "Total", language: str) -> tuple[str, ...]:
    shares = ", ".join(
        f"{share.word.in_language(language)} ({share.count})" for share in total.shares
    )
    told = shares if total.value is None else str(total.value)
    return total.label.in_language(language), told, str(total.answers)


def _feedback(one: "Feedback", *, is_overdue: bool) -> tuple[str, ...]:
    from crisis.cli.moment import local

    if one.replied_at is not None:
        reply = f"{local(one.replied_at)}, {one.replied_by}"
    elif one.due_at is None:
        reply = "open, nobody was asked yet"
    else:
        reply = f"open, {'was ' if is_overdue else ''}due {local(one.due_at)}"
    return one.step, one.partner, local(one.said_at), ", ".join(one.owed_by), reply
