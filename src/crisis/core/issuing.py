"""A bulletin is issued, or refused with everything that is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crisis.core.answer import Fault, faults
from crisis.core.availability import local_day
from crisis.core.bulletin import BulletinClass, BulletinIssued, BulletinRule
from crisis.core.case_reference import case_references
from crisis.core.contact import holds_any
from crisis.core.event import Event
from crisis.core.form import Answers, Field, FieldKind, Form, Option
from crisis.core.incident import Incident
from crisis.core.playbook import Step
from crisis.core.refusal import refuse_faults, require_moment, require_running, step_of
from crisis.core.secrecy import is_oral
from crisis.core.words import Words
from crisis.errors import RefusedError

# What lasts longer belongs into the agreement, which is reviewed every year (S5.11).
LONGEST = timedelta(days=366)
LONGEST_TEXT = 1000
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuing:
    """
    Who issues a bulletin over which step, and when it was said.

    `partner` and `contact` are empty for the lead. `number` is the number that was shown,
    so that what is sent twice is issued once; empty where nobody was shown one.
    """

    step: str
    happened_at: datetime
    partner: str = ""
    contact: str = ""
    number: str = ""


def next_number(incident: Incident) -> str:
    """Return the number that the next bulletin gets."""
    return f"H-{len(incident.bulletins) + 1:02d}"


def steps_for(incident: Incident, partner: str) -> tuple[Step, ...]:
    """Return the steps over which a partner, or the lead (empty), may issue bulletins."""
    return tuple(
        step
        for step in incident.playbook.steps
        if step.bulletin is not None
        and (not partner or _may_issue(incident, step.bulletin, partner))
    )


def current(incident: Incident, step: str, *, now: datetime) -> tuple[BulletinIssued, ...]:
    """Return the bulletins of a step that hold and that no other has replaced."""
    return tuple(
        one
        for one in incident.bulletins.values()
        if one.step == step and not incident.successor_of(one.bulletin) and not one.is_expired(now)
    )


def form_for(incident: Incident, step: Step, *, now: datetime) -> Form:
    """
    Return what is asked of whoever issues a bulletin over a step.

    Where it is told by word of mouth only, no text is asked for: none is ever stored.
    """
    rule = step.bulletin or BulletinRule(classes=(), by=())
    held = [one.bulletin for one in current(incident, step.id, now=now)]
    about = Field(
        id="about",
        kind=FieldKind.CHOICE,
        label=Words(de="Worum geht es?", en="What is it about?"),
        required=True,
        options=tuple(Option(value=one.value, label=one.label) for one in rule.classes),
    )
    text = Field(
        id="text",
        kind=FieldKind.TEXT,
        label=Words(de="Der Hinweis", en="The bulletin"),
        hint=Words(
            de="Keine Namen, keine Angaben zu Personen. Lesen können es nur die Gefragten.",
            en="No names, nothing about persons. Only those who are asked can read it.",
        ),
        required=True,
        max_length=LONGEST_TEXT,
    )
    replaces = Field(
        id="replaces",
        kind=FieldKind.CHOICE,
        label=Words(de="Ersetzt er einen früheren?", en="Does it replace an earlier one?"),
        options=(
            Option(value=NONE, label=Words(de="nein", en="no")),
            *(Option(value=one, label=Words(de=one, en=one)) for one in held),
        ),
    )
    oral = is_oral(incident, step)
    return Form(
        id="bulletin",
        title=step.title,
        fields=(
            about,
            *(() if oral else (text,)),
            _COUNTRIES,
            _VALID_UNTIL,
            *((replaces,) if held else ()),
        ),
    )


_COUNTRIES = Field(
    id="countries",
    kind=FieldKind.COUNTRIES,
    label=Words(de="Um welche Länder geht es?", en="Which countries is it about?"),
    hint=Words(
        de="Name oder Code aus zwei Buchstaben, eines je Zeile: Rumänien oder RO.",
        en="Name or code of two letters, one a line: Romania or RO.",
    ),
)
_VALID_UNTIL = Field(
    id="valid_until",
    kind=FieldKind.DATE,
    label=Words(de="Bis zu welchem Tag gilt er?", en="Up to which day does it hold?"),
    hint=Words(
        de="Danach ist er als abgelaufen gekennzeichnet.", en="After that it is marked as expired."
    ),
    required=True,
)


def bulletin_faults(form: Form, answers: Answers, *, now: datetime) -> tuple[Fault, ...]:
    """Return everything that keeps a bulletin from being issued; empty if nothing does."""
    wrong = faults(form, answers)
    at_fault = {fault.field for fault in wrong}
    further = _further(answers, now=now)
    return (*wrong, *(fault for fault in further if fault.field not in at_fault))


def issue(
    incident: Incident, issuing: Issuing, answers: Answers, *, now: datetime
) -> tuple[Event, ...]:
    """
    Return that a bulletin was issued; `answers` are those to `form_for`.

    Raises:
        NotFoundError: there is no such step; the message lists what exists.
        RefusedError: the step carries no bulletins, this partner issues none over it, the
            bulletin was issued already, or the incident is over.
        PersonalDataError: the text seems to name a person; nothing is stored.
        UsageError: something in it is wrong; every fault is listed.
    """
    require_running(incident)
    require_moment(incident, issuing.happened_at, now=now)
    step = step_of(incident, issuing.step)
    if step.bulletin is None:
        carrying = ", ".join(one.id for one in steps_for(incident, "")) or "no step does"
        message = f"{step.id} carries no bulletins; these do: {carrying}"
        raise RefusedError(message)
    if issuing.partner and not _may_issue(incident, step.bulletin, issuing.partner):
        message = f"{issuing.partner} issues no bulletins over {step.id}"
        raise RefusedError(message)
    number = next_number(incident)
    if issuing.number and issuing.number != number:
        message = f"{issuing.number} was issued already; nothing was changed"
        raise RefusedError(message)
    given = {name: value for name, value in answers.items() if value not in ("", [])}
    refuse_faults(bulletin_faults(form_for(incident, step, now=now), given, now=now))
    countries = given.get("countries", [])
    return (
        BulletinIssued(
            bulletin=number,
            step=step.id,
            about=BulletinClass(str(given["about"])),
            countries=tuple(map(str, countries)) if isinstance(countries, list) else (),
            valid_until=date.fromisoformat(str(given["valid_until"])),
            text=str(given.get("text", "")),
            happened_at=issuing.happened_at,
            partner=issuing.partner,
            contact=issuing.contact,
            replaces=str(given.get("replaces", "")).replace(NONE, ""),
        ),
    )


def _further(answers: Answers, *, now: datetime) -> Iterator[Fault]:
    about = answers.get("about")
    if about == BulletinClass.COUNTRY and not answers.get("countries"):
        yield Fault(
            field="countries",
            words=Words(de="Bitte das Land nennen.", en="Please name the country."),
        )
    today = local_day(now)
    yield from _about_day(answers, today=today)
    found = case_references(str(answers.get("text", ""))) if about == BulletinClass.GENERAL else ()
    if found:
        de, en = " und ".join(one.de for one in found), " and ".join(one.en for one in found)
        yield Fault(
            field="text",
            words=Words(
                de=f"Der Text scheint {de} zu enthalten und wurde nicht gespeichert. Ein "
                "allgemeiner Hinweis hat keinen Fallbezug; über einen Fall wird nur mit "
                "Einwilligung gesprochen.",
                en=f"The text seems to hold {en} and was not stored. A general bulletin is "
                "about no case; a case is spoken of only with consent.",
            ),
            personal=True,
        )


def _about_day(answers: Answers, *, today: date) -> Iterator[Fault]:
    if "valid_until" not in answers:
        return
    try:
        day = date.fromisoformat(str(answers["valid_until"]))
    except ValueError:
        return  # said already
    if not today <= day <= today + LONGEST:
        yield Fault(
            field="valid_until",
            words=Words(
                de="Bitte einen Tag von heute bis in einem Jahr; was länger gilt, gehört in die "
                "Vereinbarung.",
                en="Please a day from today to a year from now; what holds for longer belongs "
                "into the agreement.",
            ),
        )


def _may_issue(incident: Incident, rule: BulletinRule, partner: str) -> bool:
    directory, region = incident.opened.directory, incident.opened.region
    return holds_any(directory, partner, rule.by, region=region)
