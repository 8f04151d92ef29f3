"""Entering that something was published, on the duty officer's pages (S5.7)."""

from crisis.core.clearance import clearance_of
from crisis.core.form import Answers, Field, FieldKind, Form
from crisis.core.incident import Incident
from crisis.usecases import steering
from crisis.usecases.reading import Desk
from crisis.web.desk_act import DeskAct, said, when_field, when_of
from crisis.web.naming import Names
from crisis.web.texts import Texts


def can_be_published(incident: Incident, step_id: str) -> bool:
    """Return whether a step clears something that has not come out yet."""
    clearance = clearance_of(incident, incident.step_by_id[step_id])
    return clearance is not None and clearance.published is None and incident.closed_at is None


def publication_act(
    desk: Desk, incident: Incident, step_id: str, *, by: str, say: Texts
) -> DeskAct | None:
    """
    Return what enters a publication, None where there is nothing to publish.

    While somebody has not signed it can be entered only with the reason why it came
    out all the same.
    """
    step = incident.step_by_id.get(step_id)
    clearance = None if step is None else clearance_of(incident, step)
    if clearance is None or not can_be_published(incident, step_id):
        return None
    names, cleared = Names(incident, say), clearance.cleared_at is not None
    waiting = [names.partner(one) for one in (*clearance.missing, *clearance.dissents)]

    def do(answers: Answers) -> None:
        steering.publish(
            desk,
            incident.id,
            step=step_id,
            by=by,
            uncleared=str(answers.get("uncleared", "")),
            happened_at=when_of(answers),
        )

    reason = Field(
        id="uncleared",
        kind=FieldKind.TEXT,
        label=said(say("Warum kam es trotzdem heraus?")),
        hint=said(say("Der Bericht nennt diesen Grund.")),
        required=True,
    )
    title = say("„%(what)s“ veröffentlicht", what=say.words(clearance.what))
    fields = (when_field(say),) if cleared else (reason, when_field(say))
    return DeskAct(
        title=title,
        form=Form(id="publication", title=said(title), fields=fields),
        button=say("Als veröffentlicht eintragen")
        if cleared
        else say("Ohne vollständige Freigabe veröffentlicht eintragen"),
        action="publish" if cleared else "publish-uncleared",
        do=do,
        notes=()
        if cleared
        else (
            say("Gesperrt: Es fehlt die Zustimmung von %(who)s.", who=", ".join(waiting)),
            say("Nichts davon wird veröffentlicht, bevor alle zugestimmt haben."),
        ),
        anchor=f"#step-{step_id}",
    )
