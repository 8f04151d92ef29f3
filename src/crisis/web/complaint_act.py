"""Complaining about a run, at the desk or on a partner's own page (S3.2)."""

from crisis.core.complaint import OFFICE, is_complaint
from crisis.core.contact import Partner, holders
from crisis.core.form import Answers, Field, FieldKind, Form, Option
from crisis.core.incident import Incident
from crisis.core.leading import lead_now
from crisis.core.secrecy import is_oral
from crisis.errors import FindingsError, NotFoundError
from crisis.usecases.complaining import Complaint, categories, complain
from crisis.usecases.ports import LinkPlace
from crisis.usecases.reading import Desk
from crisis.web.desk_act import DeskAct, said
from crisis.web.naming import Names
from crisis.web.texts import Texts


def can_complain(incident: Incident) -> bool:
    """Return whether a partner's page leads to a complaint: not while it would give T0 away."""
    return not (is_complaint(incident) or incident.is_ahead)


def complaint_act(desk: Desk, incident: Incident, *, by: str, say: Texts) -> DeskAct | None:
    """Return what the desk sends to the complaint office for a partner, None without one."""
    everybody = incident.opened.directory.partners
    complains = Field(
        id="complainant",
        kind=FieldKind.CHOICE,
        label=said(say("Wer beschwert sich?")),
        required=True,
        options=_options(everybody, incident, say=say),
    )
    return _act(desk, incident, (complains,), about=everybody, by=by, say=say)


def own_complaint_act(
    desk: Desk, incident: Incident, own: LinkPlace, *, say: Texts
) -> DeskAct | None:
    """Return what a partner sends to the complaint office itself, None where it cannot."""
    if not can_complain(incident):
        return None
    about = _others(incident, own.partner)
    return _act(desk, incident, (), about=about, by=own.contact, say=say, complainant=own.partner)


def _act(
    desk: Desk,
    incident: Incident,
    first: tuple[Field, ...],
    *,
    about: tuple[Partner, ...],
    by: str,
    say: Texts,
    complainant: str = "",
) -> DeskAct | None:
    try:
        known = categories(desk)
    except (NotFoundError, FindingsError):
        return None

    def do(answers: Answers) -> None:
        complain(
            desk,
            Complaint(
                incident=incident.id,
                about=str(answers["about"]),
                complainant=complainant or str(answers["complainant"]),
                category=str(answers["category"]),
                matter=str(answers.get("matter", "")),
                by=by,
            ),
        )

    kinds = tuple(Option(value=word, label=label) for word, label in known.items())
    title = say("Beschwerde zu diesem Lauf")
    fields = (*first, *_fields(_options(about, incident, say=say), kinds, say=say))
    return DeskAct(
        title=title,
        form=Form(id="complaint", title=said(title), fields=fields),
        button=say("An die Beschwerdestelle senden"),
        action="complain",
        do=do,
        notes=(
            say(
                "Die Beschwerde geht an die unabhängige Beschwerdestelle und an niemanden sonst."
                " Die Federführung sieht nur, dass es eine gibt; die Stelle, um die es geht,"
                " erfährt nichts."
            ),
            say(
                "Was im Einzelnen geschah, wird hier nicht gespeichert: Sie schicken es"
                " der Beschwerdestelle auf Ihrem eigenen Weg. Sie bekommen dazu eine Nachricht"
                " mit eigenem Link."
            ),
        ),
        done="complained" if complainant else "",
        refused=(
            say("Diese Beschwerde geht von hier aus nicht"),
            say("Nichts wurde gespeichert."),
            say(
                "Es gibt hier keine Beschwerdestelle, die von der Stelle, um die es geht, und von"
                " der, die sich beschwert, unabhängig ist. Bitte wenden Sie sich auf Ihrem eigenen"
                " Weg an eine."
            ),
        ),
    )


def _fields(
    about: tuple[Option, ...], kinds: tuple[Option, ...], *, say: Texts
) -> tuple[Field, ...]:
    return (
        Field(
            id="about",
            kind=FieldKind.CHOICE,
            label=said(say("Über welche Stelle?")),
            required=True,
            options=about,
        ),
        Field(
            id="category",
            kind=FieldKind.CHOICE,
            label=said(say("Worum geht es?")),
            required=True,
            options=kinds,
        ),
        Field(
            id="matter",
            kind=FieldKind.TEXT,
            label=said(say("In einem Satz, wenn Sie möchten")),
            hint=said(
                say("Nur die Beschwerdestelle liest das. Keine Namen, nichts über Betroffene.")
            ),
        ),
    )


def _options(
    partners: tuple[Partner, ...], incident: Incident, *, say: Texts
) -> tuple[Option, ...]:
    names = Names(incident, say)
    return tuple(Option(value=one.id, label=said(names.partner(one.id))) for one in partners)


def _others(incident: Incident, own: str) -> tuple[Partner, ...]:
    """Return whom a partner's page shows it anyway, but for its own house and the office's."""
    directory, region = incident.opened.directory, incident.opened.region
    leading = lead_now(incident)
    leads = holders(directory, incident.playbook.lead.role, region=region)
    shown = {
        *(one.id for one in leads),
        *(() if leading is None else (leading.partner,)),
        *(
            partner
            for step, partner in incident.obligations
            if not is_oral(incident, incident.step_by_id[step])
        ),
    }
    never = {
        directory.partner(own).organisation,
        *(one.organisation for one in holders(directory, OFFICE, region=region)),
    }
    return tuple(
        one for one in directory.partners if one.id in shown and one.organisation not in never
    )
