"""
The words of a notification, from data.

Every message begins with `[ÜBUNG]` in an exercise and carries code word, sender,
what is asked, by when, code and link, and never personal data
(`law-and-trust.md` §6.1). Over a channel that may not carry the content, only
the request to look at the page goes out (§6.3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from crisis.core import event as ev
from crisis.core.availability import ZONE
from crisis.core.both_words import both_words
from crisis.core.bulletin import BulletinIssued
from crisis.core.cascade_words import cascade_words
from crisis.core.contact import ChannelKind, Contact, Directory, Tlp
from crisis.core.incident import Incident
from crisis.core.leading import lead_now
from crisis.core.magnitude import magnitudes
from crisis.core.playbook import ExpectNothing, Step
from crisis.core.pursuit import Ask
from crisis.core.region import name_of
from crisis.core.secrecy import (
    NOT_TOLD,
    head_of,
    lead_before_t0,
    partner_named,
    tells_deadline,
)
from crisis.core.told_place import told_place
from crisis.core.value_words import KIND, value_text
from crisis.core.words import Words

EXERCISE_MARK = {"de": "[ÜBUNG]", "en": "[ÜBUNG / EXERCISE]"}
# Placeholders that authors may use in message texts; the list is closed.
PLACEHOLDERS = frozenset(
    {
        "band",
        "bulletin",
        "code",
        "code_word",
        "conference_at",
        "consent",
        "district",
        "due",
        "federal_takeover",
        "kind",
        "land",
        "languages",
        "link",
        "material",
        "place",
        "sender",
        "station",
        "step",
        "week",
    }
)
CONFERENCE_AFTER = timedelta(minutes=90)
# A wave names the same few moments a thousand times.
MOMENTS = 256
WEEKDAYS = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
ANSWER_WORDS = {
    "yes": Words(de="ja", en="yes"),
    "no": Words(de="nein", en="no"),
    "unknown": Words(de="offen", en="not known yet"),
}
NOT_KNOWN = Words(de="noch nicht bekannt", en="not known yet")
LOOK_AT_PAGE = Words(
    de="Bitte Rückruf oder auf Ihrer Seite antworten. Der Inhalt geht nicht über diesen Weg.",
    en="Please call back or answer on your page. The content does not go over this channel.",
)
READ_PAGE = Words(
    de="Bitte auf Ihrer Seite lesen. Der Inhalt geht nicht über diesen Weg.",
    en="Please read it on your page. The content does not go over this channel.",
)
NO_ANSWER = Words(
    de="Zu Ihrer Kenntnis: eine Antwort ist nicht nötig.",
    en="For your information: no answer is needed.",
)
REPEATED = Words(
    de="Möglicherweise haben Sie diese Nachricht schon erhalten; der Code ist derselbe.",
    en="You may have received this message before; the code is the same.",
)
REMINDED = Words(
    de="Erinnerung: Ihre Antwort fehlt noch.", en="Reminder: your answer is still missing."
)
OBSOLETE = Words(
    de="Diese Anfrage ist gegenstandslos. Sie brauchen nichts mehr zu tun. Danke.",
    en="This request no longer applies. Nothing more is needed from you. Thank you.",
)
WITHDRAWN = Words(
    de="Die Einwilligung {consent} wurde widerrufen. Bitte verwenden Sie nicht mehr, was Ihnen "
    "darauf mitgeteilt wurde, und geben Sie es nicht weiter.",
    en="Consent {consent} was taken back. Please no longer use what you were told on it, and "
    "do not pass it on.",
)
ON_YOUR_DESK = Words(
    de="{partner} hat nicht geantwortet. Bitte auf anderem Weg erreichen:",
    en="{partner} has not answered. Please reach them another way:",
)
CALL_BACK = Words(
    de="Rückruf nur über Ihr Kontaktverzeichnis. Bitte keine Namen oder Daten Betroffener.",
    en="Call back only by your own directory. Please no names or data of those affected.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A message as it goes out: a subject line and plain text, and the label of its words."""

    title: str
    body: str
    tlp: Tlp = Tlp.CLEAR


def compose(
    incident: Incident,
    ask: Ask,
    *,
    channel_kind: ChannelKind,
    code: str,
    link: str,
    sender: Words,
) -> Text:
    """
    Return the words of one ask in the contact's language, short where it is an SMS.

    `sender` is `sender_of(incident)`, worked out once for all messages of a wave.
    """
    contact = incident.opened.directory.contacts[ask.contact]
    language = contact.language
    step = incident.step_by_id[ask.step]
    values = _values(incident, step, language, code=code, link=link)
    told = _content(incident, ask, contact, {**values, **_from(sender, language)})
    label = step.tlp if _says_it(incident, ask, contact) else Tlp.CLEAR
    mark = mark_of(incident, language)
    head = head_of(incident, step)
    title = f"{mark}{head}"
    closing = _closing(incident, ask, language)
    if channel_kind is ChannelKind.SMS:
        hints = _hints(ask, language)
        parts = (f"{mark}{head}:", *hints, told, closing, f"Code {code}", link)
        short = " ".join(part for part in parts if part)
        return Text(title=title, body=short, tlp=label)
    asks = ask.purpose in _ANSWERED_HERE and not _only_tells(step)
    lines = (
        f"{mark}{head}",
        "",
        *_hints(ask, language),
        told,
        "",
        closing or None,
        f"Code: {code}",
        f"{ANSWER_HERE.in_language(language)}: {link}" if asks else link,
        "",
        f"{SENDER.in_language(language)}: {sender.in_language(language)}",
        CALL_BACK.in_language(language),
    )
    body = "\n".join(line for line in lines if line is not None) + "\n"
    return Text(title=title, body=body, tlp=label)


_ANSWERED_HERE = frozenset(
    {ev.Purpose.ASK, ev.Purpose.REPEAT, ev.Purpose.REMIND, ev.Purpose.CHASE}
)
# After these nothing is awaited any more.
_NO_REPLY = frozenset({ev.Purpose.OBSOLETE, ev.Purpose.WITHDRAWN})
ANSWER_HERE = Words(de="Antworten ohne Anmeldung", en="Answer without an account")
SENDER = Words(de="Absender", en="Sender")


def step_message(incident: Incident, step: Step, language: str, *, code: str, link: str) -> str:
    """Return what a step asks, with its placeholders filled."""
    values = _values(incident, step, language, code=code, link=link)
    return _filled(step, language, {**values, **_from(sender_of(incident), language)})


def _from(sender: Words, language: str) -> dict[str, str]:
    """Return who asks, under both names: whoever leads, and its station."""
    return dict.fromkeys(("sender", "station"), sender.in_language(language))


def call_message(incident: Incident, raised: ev.TaskRaised, language: str, *, code: str) -> str:
    """Return what to say in a call that lies on the desk."""
    obligation = incident.obligations.get((raised.step, raised.partner))
    attempts = () if obligation is None else obligation.attempts
    purposes = [a.purpose for a in attempts if str(a.n) == raised.subject]
    if ev.Purpose.WITHDRAWN in purposes:
        return withdrawn_message(incident, raised.step, language)
    step = incident.step_by_id[raised.step]
    told = step_message(incident, step, language, code=code, link="").strip()
    if ev.Purpose.OBSOLETE in purposes:
        # Whoever is called must know what has fallen away.
        return f"{step.title.in_language(language)}: {OBSOLETE.in_language(language)}"
    if ev.Purpose.REMIND in purposes:
        return f"{REMINDED.in_language(language)} {told}"
    return told


def withdrawn_message(incident: Incident, step: str, language: str) -> str:
    """Return that the consent on which a step was asked was taken back."""
    code = incident.run_of(step).consent
    return WITHDRAWN.in_language(language).replace("{consent}", code)


def mark_of(incident: Incident, language: str) -> str:
    """Return the exercise mark with a space behind it, or nothing in a live incident."""
    exercise = incident.opened.mode is ev.Mode.EXERCISE
    return f"{EXERCISE_MARK[language]} " if exercise else ""


@lru_cache(MOMENTS)
def local_time(moment: datetime, language: str) -> str:
    """Return a moment as people read it, such as `Fr 18.12., 19:56 Uhr`."""
    local = moment.astimezone(ZONE)
    day = WEEKDAYS[language][local.weekday()]
    if language == "de":
        return f"{day} {local:%d.%m.}, {local:%H:%M} Uhr"
    return f"{day} {local.day} {local:%b}, {local:%H:%M}"


def sender_of(incident: Incident) -> Words:
    """Return who leads, as messages name it."""
    if incident.is_ahead:
        return lead_before_t0(incident)
    post = lead_now(incident)
    if post is None:
        return Words(de=incident.playbook.lead.role)
    return incident.opened.directory.partner(post.partner).name


def _filled(step: Step, language: str, values: Mapping[str, str]) -> str:
    text = step.message.in_language(language)
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _content(incident: Incident, ask: Ask, contact: Contact, values: Mapping[str, str]) -> str:
    step, language = incident.step_by_id[ask.step], contact.language
    if ask.purpose is ev.Purpose.OBSOLETE:
        return OBSOLETE.in_language(language)
    if ask.purpose is ev.Purpose.WITHDRAWN:
        return withdrawn_message(incident, ask.step, language)
    if not _says_it(incident, ask, contact):
        return (READ_PAGE if _only_tells(step) else LOOK_AT_PAGE).in_language(language)
    told = _filled(step, language, values)
    if ask.purpose is ev.Purpose.TASK:
        partner = partner_named(incident, ask.partner).in_language(language)
        return f"{ON_YOUR_DESK.in_language(language).replace('{partner}', partner)} {told}"
    joint = (cascade_words(incident, ask, language), both_words(incident, ask, language))
    return " ".join((told, *filter(None, joint)))


def _says_it(incident: Incident, ask: Ask, contact: Contact) -> bool:
    """Return whether a message holds what its step asks, and with it the step's label."""
    if ask.purpose in _NO_REPLY:
        return False
    step = incident.step_by_id[ask.step]
    channel = next(each for each in contact.channels if each.id == ask.channel)
    return step.tlp is Tlp.RED or step.tlp <= channel.max_tlp


def _hints(ask: Ask, language: str) -> tuple[str, ...]:
    repeated = (REPEATED.in_language(language),) if ask.possible_repeat else ()
    reminded = (REMINDED.in_language(language),) if ask.purpose is ev.Purpose.REMIND else ()
    return repeated + reminded


def _only_tells(step: Step) -> bool:
    return isinstance(step.expect, ExpectNothing)


def _closing(incident: Incident, ask: Ask, language: str) -> str:
    """Return by when an answer is needed, or that none is; empty where nothing is asked."""
    if _only_tells(incident.step_by_id[ask.step]) and ask.purpose not in _NO_REPLY:
        return NO_ANSWER.in_language(language)
    return _due(incident, ask, language)


def _due(incident: Incident, ask: Ask, language: str) -> str:
    obligation = incident.obligations.get((ask.step, ask.partner))
    if obligation is None or obligation.due_at is None or ask.purpose in _NO_REPLY:
        return ""
    if not tells_deadline(incident, incident.step_by_id[ask.step]):
        return ""
    word = {"de": "Bitte antworten bis", "en": "Please answer by"}[language]
    return f"{word} {_by_when(incident, obligation.due_at, language)}".rstrip(".") + "."


def _by_when(incident: Incident, due_at: datetime, language: str) -> str:
    """Return a deadline as it is told: before T0 the day only, as the hour is T0's own."""
    told = local_time(due_at, language)
    return told.partition(",")[0] if incident.is_ahead else told


def _values(
    incident: Incident, step: Step, language: str, *, code: str, link: str
) -> dict[str, str]:
    opened, attributes = incident.opened, incident.attributes
    languages = attributes.get("languages")
    known = languages if isinstance(languages, tuple) else ()
    run = incident.run_of(step.id)
    not_told = NOT_TOLD.in_language(language)
    due = "" if run.due_at is None else _by_when(incident, run.due_at, language)
    conference_at = local_time(incident.t0 + CONFERENCE_AFTER, language)
    return {
        **magnitudes(incident, language),
        "code": code,
        "code_word": opened.code_word,
        "conference_at": not_told if incident.is_ahead else conference_at,
        "bulletin": _bulletin(incident.bulletins.get(run.bulletin), language),
        "consent": run.consent,
        "district": not_told if incident.is_ahead else name_of(opened.region),
        "due": due if tells_deadline(incident, step) else not_told,
        "federal_takeover": _word(attributes.get("gba_takes_over"), language),
        "kind": not_told if incident.is_ahead else _kind(incident, language),
        "languages": ", ".join(dict.fromkeys((*known, *step.languages))) or "-",
        "link": link,
        "material": _materials(opened.directory, step, language),
        "place": _place(incident, step, language),
        "step": step.title.in_language(language),
    }


def _bulletin(bulletin: BulletinIssued | None, language: str) -> str:
    """Return which bulletin it is, what it is about and until when it holds; never its text."""
    if bulletin is None:
        return ""
    day = bulletin.valid_until
    until = f"gilt bis {day:%d.%m.%Y}" if language == "de" else f"holds until {day:%Y-%m-%d}"
    about = bulletin.about.label.in_language(language)
    instead = {"de": "ersetzt", "en": "replaces"}[language]
    replaced = f"{instead} {bulletin.replaces}" if bulletin.replaces else ""
    parts = (bulletin.bulletin, about, ", ".join(bulletin.countries), until, replaced)
    return " · ".join(part for part in parts if part)


def _place(incident: Incident, step: Step, language: str) -> str:
    """Return the place that a step names; before T0 none, and while unknown that it is."""
    if incident.is_ahead:
        return NOT_TOLD.in_language(language)
    told = "" if step.place is None else told_place(incident, step.place)
    return told or NOT_KNOWN.in_language(language)


def _kind(incident: Incident, language: str) -> str:
    held = incident.attributes.get(KIND)
    if held is None:
        return NOT_KNOWN.in_language(language)
    return value_text(incident.playbook, KIND, held, language=language)


def _materials(directory: Directory, step: Step, language: str) -> str:
    """Return what a step hands out, with the languages in which it is to be had."""
    known = [directory.materials[one] for one in step.materials if one in directory.materials]
    told = [f"{one.title.in_language(language)} ({', '.join(one.languages)})" for one in known]
    return "; ".join(told) or "-"


def _word(value: object, language: str) -> str:
    return ANSWER_WORDS.get(str(value), ANSWER_WORDS["unknown"]).in_language(language)
