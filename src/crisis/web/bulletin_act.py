"""Issuing a bulletin, on the duty officer's page and on a partner's."""

from dataclasses import dataclass

from crisis.core.answer import Fault
from crisis.core.form import Answers
from crisis.core.incident import Incident
from crisis.core.issuing import bulletin_faults, form_for, next_number, steps_for
from crisis.core.secrecy import is_oral
from crisis.usecases import issuing
from crisis.usecases.reading import Desk
from crisis.web.desk_act import DeskAct
from crisis.web.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues it: signed how, and as which partner over which function (or the lead)."""

    by: str
    partner: str = ""
    contact: str = ""


def bulletin_act(
    desk: Desk, incident: Incident, step_id: str, issuer: Issuer, *, say: Texts
) -> DeskAct | None:
    """Return what issues a bulletin over a step, None where this issuer may not, or not now."""
    steps = steps_for(incident, issuer.partner) if incident.state == "open" else ()
    step = next((one for one in steps if one.id == step_id), None)
    if step is None:
        return None
    now, number = desk.house.clock.now(), next_number(incident)
    form = form_for(incident, step, now=now)

    def do(answers: Answers) -> None:
        issuing.issue(
            desk,
            issuing.Bulletin(
                incident=incident.id,
                step=step_id,
                answers=answers,
                by=issuer.by,
                partner=issuer.partner,
                contact=issuer.contact,
                number=number,
            ),
        )

    def check(answers: Answers) -> tuple[Fault, ...]:
        return bulletin_faults(form, answers, now=now)

    oral = say(
        "Dieser Hinweis wird nur mündlich gegeben: Alle Gefragten werden angerufen. Gespeichert "
        "wird, worum es geht und dass es gesagt wurde, nie der Inhalt."
    )
    written = say(
        "Der Text steht nur auf den Seiten der Gefragten; die Nachricht nennt, worum es geht und "
        "bis wann er gilt."
    )
    return DeskAct(
        title=say.words(step.title),
        form=form,
        button=say("Hinweis herausgeben"),
        action="issue",
        do=do,
        check=check,
        notes=(oral if is_oral(incident, step) else written,),
        anchor="#bulletins",
        done="issued" if issuer.partner else "",
        number=number,
    )
