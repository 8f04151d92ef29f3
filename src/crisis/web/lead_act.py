"""Offering the lead to somebody else, on the duty officer's pages (A99)."""

from dataclasses import replace
from datetime import timedelta

from crisis.core.contact import contacts_of
from crisis.core.form import Answers, Field, FieldKind, Form, Option
from crisis.core.hand_over import Handing
from crisis.core.incident import Incident
from crisis.core.leading import lead_now, open_offer
from crisis.usecases import steering
from crisis.usecases.reading import Desk
from crisis.web.desk_act import WHEN, DeskAct, said, when_field, when_of
from crisis.web.naming import Names
from crisis.web.texts import Texts

_OWN = frozenset({"to", "reason", "minutes", WHEN})
# A brief's own fields stand beside ours; a prefix keeps the names apart.
_BRIEF = "brief-"


def can_be_handed_over(incident: Incident) -> bool:
    """Return whether the lead may be offered: the response runs and no offer waits."""
    return incident.state == "open" and open_offer(incident) is None


def lead_act(desk: Desk, incident: Incident, *, by: str, say: Texts) -> DeskAct | None:
    """Return what offers the lead, None while an offer waits or the response is over."""
    if not can_be_handed_over(incident):
        return None
    brief = next(
        (one for one in incident.playbook.forms if one.id == incident.playbook.lead.brief), None
    )

    def do(answers: Answers) -> None:
        minutes = answers.get("minutes")
        handing = Handing(
            to=str(answers["to"]),
            reason=str(answers["reason"]),
            brief={
                name.removeprefix(_BRIEF): answer
                for name, answer in answers.items()
                if name not in _OWN
            },
            within=timedelta(minutes=minutes) if isinstance(minutes, int) else None,
        )
        steering.hand_over(desk, incident.id, handing, by=by, happened_at=when_of(answers))

    title = say("Federführung übergeben")
    return DeskAct(
        title=title,
        form=Form(
            id="lead",
            title=said(title),
            fields=(*_own_fields(incident, say=say), *_brief_fields(brief), when_field(say)),
        ),
        button=say("Federführung anbieten"),
        action="hand-over",
        do=do,
        notes=(
            say.words(incident.playbook.lead.handover),
            say("Beide Seiten bestätigen: Bis die andere Seite übernimmt, ändert sich nichts."),
        ),
    )


def _own_fields(incident: Incident, *, say: Texts) -> tuple[Field, ...]:
    return (
        Field(
            id="to",
            kind=FieldKind.CHOICE,
            label=said(say("An welche Funktion?")),
            required=True,
            options=_functions(incident, say=say),
        ),
        Field(
            id="reason",
            kind=FieldKind.TEXT,
            label=said(say("Anlass")),
            required=True,
        ),
        Field(
            id="minutes",
            kind=FieldKind.COUNT,
            label=said(say("Frist für die Bestätigung, in Minuten")),
            hint=said(say("Leer lassen, wenn es keine gibt.")),
        ),
    )


def _functions(incident: Incident, *, say: Texts) -> tuple[Option, ...]:
    """Return every function that may lead, those of the partner that leads now first."""
    names, directory, leading = Names(incident, say), incident.opened.directory, lead_now(incident)
    own = "" if leading is None else leading.partner
    now = "" if leading is None else leading.contact
    partners = sorted(directory.partners, key=lambda partner: partner.id != own)
    found = {
        contact: f"{names.partner(partner.id)}: {names.contact(contact)}"
        for partner in partners
        for contact in contacts_of(directory, partner.id)
        if contact != now
    }
    return tuple(Option(value=contact, label=said(label)) for contact, label in found.items())


def _brief_fields(brief: Form | None) -> tuple[Field, ...]:
    fields = () if brief is None else brief.fields
    return tuple(replace(field, id=f"{_BRIEF}{field.id}") for field in fields)
