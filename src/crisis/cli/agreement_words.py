"""How agreements read at the command line: rows of tables, and the keys of their JSON."""

from collections.abc import Mapping
from datetime import date, datetime

from crisis.cli.moment import read_moment
from crisis.core.agreement import Agreement, ReviewOutcome, Standing
from crisis.core.availability import local_day
from crisis.core.event import Mode
from crisis.core.register import Due, Overlap, Register, digest, is_over
from crisis.core.review import Theme, Voice, VoiceKind
from crisis.core.words import Words
from crisis.errors import UsageError

COLUMNS = ("agreement", "standing", "in force from", "regions", "parties", "clauses")
THEME_COLUMNS = ("question", "total", "runs")
VOICE_COLUMNS = ("kind", "run", "step", "partner", "said", "entries")
DUE_COLUMNS = ("agreement", "review", "last review", "outcome")

_STANDING: Mapping[Standing, Words] = {
    Standing.IN_FORCE: Words(de="in Kraft", en="in force"),
    Standing.NOT_YET: Words(de="noch nicht in Kraft", en="not yet in force"),
    Standing.SUPERSEDED: Words(de="abgelöst durch {by}", en="superseded by {by}"),
    Standing.ENDED: Words(de="beendet", en="ended"),
    Standing.UNDATED: Words(de="in Kraft, seit wann unbekannt", en="in force, unknown since when"),
}
_OUTCOMES: Mapping[ReviewOutcome, Words] = {
    ReviewOutcome.CONFIRMED: Words(de="bestätigt", en="confirmed"),
    ReviewOutcome.ADAPTED: Words(de="angepasst", en="adapted"),
    ReviewOutcome.REPLACED: Words(de="ersetzt", en="replaced"),
    ReviewOutcome.ENDED: Words(de="beendet", en="ended"),
}
_VOICES: Mapping[VoiceKind, Words] = {
    VoiceKind.FINDING: Words(de="Feststellung", en="finding"),
    VoiceKind.MEASURE: Words(de="offene Maßnahme", en="open measure"),
    VoiceKind.DISSENT: Words(de="abweichende Sicht", en="dissent"),
    VoiceKind.REMARK: Words(de="Anmerkung", en="remark"),
    VoiceKind.DECLINED: Words(de="Zuständigkeitsvermerk", en="competence note"),
    VoiceKind.FEEDBACK: Words(de="Rückmeldung", en="feedback"),
}
_DUE = Words(de="fällig am {day}", en="due on {day}")
_OVERDUE = Words(de="überfällig seit {day}", en="overdue since {day}")
_UNDATED = Words(
    de="überfällig: seit wann sie gilt, ist unbekannt", en="overdue: unknown since when it holds"
)
_STILL_HERE = Words(de=", steht aber noch im Verzeichnis", en=", but still stands in the register")
_ON_SETTLING = Words(de="nicht geregelt", en="not settled")


def read_day(text: str | None, *, now: datetime) -> date:
    """
    Return the day a text names, or the local one of `now` for None.

    Raises:
        UsageError: it names none.
    """
    if text is None:
        return local_day(now)
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        if ":" in text:
            return local_day(read_moment(text, now=now))
        raise UsageError(f"`{text}` is no day. Write 2026-12-18.") from None


def standing_of(agreement: Agreement, register: Register, on: date, language: str) -> str:
    """Return whether an agreement counts on a day, in words."""
    newer = register.successor(agreement.id, on=on)
    words = _STANDING[register.standing(agreement, on=on)].in_language(language)
    return words.format(by=newer.id if newer else "")


def row_of(agreement: Agreement, register: Register, on: date, language: str) -> tuple[str, ...]:
    """Return the row of an agreement under `COLUMNS`."""
    return (
        agreement.id,
        standing_of(agreement, register, on, language),
        str(agreement.in_force_from or ""),
        ", ".join(agreement.regions),
        ", ".join(party.organisation for party in agreement.parties),
        str(len(agreement.clauses)),
    )


def facts_of(
    agreement: Agreement, register: Register, on: date, language: str
) -> Mapping[str, str]:
    """Return what is said of an agreement line by line; what is not known is left out."""
    facts = {
        "id": agreement.id,
        "standing": standing_of(agreement, register, on, language),
        "signed": ", ".join(str(part) for part in (agreement.signed_on, agreement.place) if part),
        "in force from": str(agreement.in_force_from or "unknown"),
        "ends on": str(agreement.ends_on or ""),
        "regions": ", ".join(agreement.regions),
        "subjects": ", ".join(agreement.subjects),
        "supersedes": ", ".join(agreement.supersedes),
        "supplements": ", ".join(agreement.supplements),
        "beside": "; ".join(
            f"{one.agreement}: {one.rule.in_language(language)}" for one in agreement.beside
        ),
        "attachments": "; ".join(
            f"{one.file} ({one.title.in_language(language)}), SHA-256 {one.sha256}"
            for one in agreement.attachments
        ),
        "reviews": "; ".join(
            f"{one.held_on} {_OUTCOMES[one.outcome].in_language(language)}: {one.reason}"
            for one in agreement.reviews
        ),
        "links": ", ".join(agreement.links),
        "content": f"SHA-256 {digest(agreement)}",
    }
    return {name: value for name, value in facts.items() if value}


def due_row(found: Due, on: date, language: str) -> tuple[str, ...]:
    """Return the row of an agreement under `DUE_COLUMNS`."""
    last = found.last
    return (
        found.agreement.id,
        due_words(found, on, language),
        str(last.held_on) if last else "",
        _outcome(found, language) if last else "",
    )


def due_words(found: Due, on: date, language: str) -> str:
    """Return when a review is due, in words."""
    if found.due_on is None:
        return _UNDATED.in_language(language)
    words = _OVERDUE if found.is_overdue(on) else _DUE
    return words.in_language(language).format(day=_day(found.due_on, language))


def voice_row(voice: Voice, language: str) -> tuple[str, ...]:
    """Return the row of what a run says of an agreement."""
    exercise = voice.mode is Mode.EXERCISE
    return (
        _VOICES[voice.kind].in_language(language),
        f"{voice.incident} ({voice.code_word})" + (" [ÜBUNG]" if exercise else ""),
        voice.step,
        voice.partner,
        voice.said.in_language(language),
        ", ".join(map(str, voice.evidence)),
    )


def theme_row(theme: Theme, language: str) -> tuple[str, ...]:
    """Return the row of what answers to one question add up to over runs."""
    shares = ", ".join(
        f"{share.word.in_language(language)} ({share.count})" for share in theme.shares
    )
    told = shares if theme.value is None else str(theme.value)
    return theme.label.in_language(language), told, str(theme.runs)


def overlap_row(overlap: Overlap, language: str) -> tuple[str, ...]:
    """Return the row of two agreements beside each other."""
    return (
        *(each.id for each in overlap.agreements),
        ", ".join(overlap.subjects),
        ", ".join((*overlap.roles, *overlap.organisations)),
        (overlap.rule or _ON_SETTLING).in_language(language),
    )


def shown(agreement: Agreement, register: Register, on: date) -> dict[str, object]:
    """Return the stable keys of an agreement."""
    newer = register.successor(agreement.id, on=on)
    return {
        "id": agreement.id,
        "kind": agreement.kind,
        "title": agreement.title.de,
        "standing": register.standing(agreement, on=on),
        "successor": newer.id if newer else None,
        "regions": agreement.regions,
        "subjects": agreement.subjects,
        "signed_on": agreement.signed_on,
        "in_force_from": agreement.in_force_from,
        "ends_on": agreement.ends_on,
        "supersedes": agreement.supersedes,
        "supplements": agreement.supplements,
        "parties": [
            {
                "organisation": party.organisation,
                "name": party.name.de,
                "signatory": party.signatory.de,
                "roles": party.roles,
                "regions": party.regions,
                "signed_as": party.signed_as or party.organisation,
            }
            for party in agreement.parties
        ],
        "clauses": [{"id": one.id, "text": one.text.de} for one in agreement.clauses],
        "attachments": [
            {"file": one.file, "title": one.title.de, "sha256": one.sha256}
            for one in agreement.attachments
        ],
        "links": agreement.links,
        "sha256": digest(agreement),
    }


def due_shown(found: Due, on: date) -> dict[str, object]:
    """Return the stable keys of when a review is due."""
    last = found.last
    return {
        "agreement": found.agreement.id,
        "due_on": found.due_on,
        "overdue": found.is_overdue(on),
        "last_review": None
        if last is None
        else {
            "held_on": last.held_on,
            "outcome": last.outcome,
            "reason": last.reason,
            "incident": last.incident or None,
        },
        "still_in_register": is_over(found),
    }


def overlap_shown(overlap: Overlap) -> dict[str, object]:
    """Return the stable keys of two agreements beside each other."""
    return {
        "agreements": [each.id for each in overlap.agreements],
        "subjects": overlap.subjects,
        "roles": overlap.roles,
        "organisations": overlap.organisations,
        "rule": overlap.rule.de if overlap.rule else None,
    }


def _outcome(found: Due, language: str) -> str:
    assert found.last is not None  # noqa: S101 -- asked only where there is one
    words = _OUTCOMES[found.last.outcome].in_language(language)
    return words + (_STILL_HERE.in_language(language) if is_over(found) else "")


def _day(day: date, language: str) -> str:
    return f"{day:%d.%m.%Y}" if language == "de" else day.isoformat()
