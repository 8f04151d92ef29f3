"""A run that was opened before its T0: entering that it has begun, or that T0 was moved."""

from datetime import datetime

from crisis.core.form import Answers, Field, FieldKind, Form
from crisis.core.incident import Incident
from crisis.usecases import scheduling
from crisis.usecases.reading import Desk
from crisis.web.desk_act import DeskAct, said, when_field, when_of
from crisis.web.moments import long_moment
from crisis.web.texts import Texts


def start_act(desk: Desk, incident: Incident, *, by: str, say: Texts) -> DeskAct | None:
    """Return what enters that a planned run has begun, None where it has."""
    if not _is_planned(incident):
        return None

    def do(answers: Answers) -> None:
        scheduling.confirm_start(desk, incident.id, by=by, happened_at=when_of(answers))

    title = say("Beginn bestätigen")
    return DeskAct(
        title=title,
        form=Form(id="start", title=said(title), fields=(when_field(say),)),
        button=say("Es hat begonnen"),
        action="start",
        do=do,
        notes=(
            _planned(incident, say),
            say("Von jetzt an laufen die Schritte ab T0, und Nachrichten nennen den Kreis."),
        ),
    )


def move_act(desk: Desk, incident: Incident, *, by: str, say: Texts) -> DeskAct | None:
    """Return what moves the T0 of a planned run, None where it has begun."""
    if not _is_planned(incident):
        return None

    def do(answers: Answers) -> None:
        scheduling.move_start(
            desk,
            incident.id,
            planned_for=datetime.fromisoformat(str(answers["planned_for"])),
            reason=str(answers["reason"]),
            by=by,
        )

    title = say("Beginn verschieben")
    moment = Field(
        id="planned_for",
        kind=FieldKind.TIME,
        label=said(say("Neuer Beginn (T0)")),
        required=True,
    )
    reason = Field(
        id="reason",
        kind=FieldKind.TEXT,
        label=said(say("Warum?")),
        required=True,
        max_length=400,
    )
    return DeskAct(
        title=title,
        form=Form(id="planned", title=said(title), fields=(moment, reason)),
        button=say("Beginn verschieben"),
        action="move",
        do=do,
        notes=(
            _planned(incident, say),
            say("Schritte und Fristen, die ab T0 zählen, folgen. Niemand wird zweimal gefragt."),
        ),
    )


def _is_planned(incident: Incident) -> bool:
    return incident.is_ahead and incident.state == "open"


def _planned(incident: Incident, say: Texts) -> str:
    return say("Geplant für: %(at)s", at=long_moment(incident.t0, say))
