"""Reviewing agreements: what is said of one, when it is due, and the run that asks its parties."""

from collections.abc import Mapping
from dataclasses import dataclass

from crisis.core.agreement import Agreement, CollectedRun, PastReview
from crisis.core.event import IncidentOpened, Mode, NoteAdded
from crisis.core.incident import Incident
from crisis.core.opening import digest
from crisis.core.refusal import require_sign, require_text
from crisis.core.register import Due, drawn_on, due, pinned
from crisis.core.review import (
    Theme,
    Voice,
    VoiceKind,
    bound,
    carried_on,
    concerns,
    held,
    themes,
    voices,
)
from crisis.errors import NotFoundError, RefusedError
from crisis.usecases.opening import write_first
from crisis.usecases.reading import Desk

# The playbook of every review; a house may change it like any other.
PLAYBOOK = "agreement-review"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWish:
    """
    What is said when a review is opened.

    `occasion` is why it is held now, empty where it is simply due. `accept_gaps` opens it
    although nobody in the contacts stands for a party.
    """

    agreement: str
    by: str
    mode: Mode
    occasion: str = ""
    accept_gaps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """
    What the runs since the last review say of an agreement, and which runs were read.

    Among it what the last review carried on, and what answers add up to over all runs.
    """

    due: Due
    voices: tuple[Voice, ...]
    runs: tuple[CollectedRun, ...]
    themes: tuple[Theme, ...] = ()


def reviews_held(desk: Desk) -> Mapping[str, tuple[PastReview, ...]]:
    """
    Return the reviews that the log knows of, by agreement.

    Raises:
        UnreachableError: the log does not answer.
    """
    found: dict[str, tuple[PastReview, ...]] = {}
    for incident in _reviews(desk):
        review = held(incident)
        if review is not None:
            of = incident.opened.review_of
            found[of] = (*found.get(of, ()), review)
    return found


def dossier(desk: Desk, agreement_id: str) -> Dossier:
    """
    Return what runs said of an agreement since its last review.

    Computed from the log each time, so that what is erased there is gone here.

    Raises:
        NotFoundError: the register has no such agreement.
    """
    agreement = _known(desk, agreement_id)
    found = due(agreement, reviews_held(desk).get(agreement_id, ()))
    runs = [
        desk.incidents.entries(incident.id)
        for incident in desk.incidents.gather(desk.house.log.incidents()).incidents
        if concerns(agreement, incident)
    ]
    last = found.last
    said = voices(agreement, runs, since=last.held_on if last else None)
    kept = carried_on(desk.incidents.entries(last.incident)) if last and last.incident else ()
    return Dossier(
        due=found,
        voices=(*kept, *said),
        themes=themes(agreement, runs),
        runs=tuple(CollectedRun(incident=run[0].incident, log_to=run[-1].seq) for run in runs),
    )


def open_review(desk: Desk, wish: ReviewWish) -> Incident:
    """
    Open the review of an agreement and return its run; the parties are asked by the plan.

    Raises:
        NotFoundError: there is no such agreement, or no playbook for reviews.
        RefusedError: a review of it is open, nobody stands for a party, or it is live while
            the clock is sped up.
        FindingsError: the playbook's or the directory's files hold mistakes.
        PersonalDataError: the occasion seems to name a person.
        LogMovedOnError: every id that was drawn is another run's.
    """
    house = desk.house
    now = house.clock.now()
    agreement = _known(desk, wish.agreement)
    _check(desk, wish)
    playbook = house.library.playbook(PLAYBOOK)
    directory, missing = bound(house.library.directory(around=now), agreement)
    absent = tuple(party.organisation for party in missing)
    if not directory.partners:
        message = f"nobody in the contacts stands for a party of {agreement.id}: {_list(absent)}"
        raise RefusedError(message)
    if absent and not wish.accept_gaps:
        message = (
            f"nobody in the contacts stands for {_list(absent)}: let a unit of it hold one of "
            "the party's roles, or open with --accept-gaps and ask it another way"
        )
        raise RefusedError(message)
    register = house.library.register(around=now)
    collected = dossier(desk, agreement.id)
    region = agreement.regions[0]
    opened = IncidentOpened(
        code_word=f"PRÜFUNG {agreement.id}",
        label="",
        mode=wish.mode,
        region=region,
        occurred_at=None,
        attributes={},
        playbook=playbook,
        directory=directory,
        layers=(f"{playbook.id} {playbook.version}",),
        digest=digest(playbook),
        gaps=tuple(f"nobody stands for {name}" for name in absent),
        pace=house.pace,
        agreements=(pinned(agreement.id, register), *drawn_on(playbook, register)),
        review_of=agreement.id,
        occasion=wish.occasion,
        collected=collected.runs,
    )
    note = NoteAdded(text=_summary(wish, collected, absent), happened_at=now)
    return desk.incidents.current(write_first(house, opened, note, by=wish.by, now=now))


def _check(desk: Desk, wish: ReviewWish) -> None:
    require_sign(wish.by)
    if wish.occasion:
        require_text("occasion", wish.occasion)
    if wish.mode is Mode.LIVE and not desk.house.live_allowed:
        message = "the clock is sped up or was moved, so only exercises may be opened"
        raise RefusedError(message)
    still = [
        incident.id
        for incident in _reviews(desk)
        if incident.opened.review_of == wish.agreement and incident.closed_at is None
    ]
    if still:
        message = f"a review of {wish.agreement} is open already: {_list(still)}"
        raise RefusedError(message)


def _known(desk: Desk, agreement_id: str) -> Agreement:
    register = desk.house.library.register(around=desk.house.clock.now())
    agreement = register.by_id.get(agreement_id)
    if agreement is None:
        listed = ", ".join(register.by_id) or "none"
        message = f"there is no agreement `{agreement_id}`; there are: {listed}"
        raise NotFoundError(message)
    return agreement


def _reviews(desk: Desk) -> tuple[Incident, ...]:
    """Return the runs that review an agreement; of the others only the opening is read."""
    log = desk.house.log
    openings = (entry for name in log.incidents() for entry in log.read(name, most=1))
    found = [
        entry.incident
        for entry in openings
        if isinstance(entry.event, IncidentOpened) and entry.event.review_of
    ]
    return desk.incidents.gather(found).incidents


def _summary(wish: ReviewWish, collected: Dossier, absent: tuple[str, ...]) -> str:
    counts = ", ".join(
        f"{sum(voice.kind is kind for voice in collected.voices)} {name}"
        for kind, name in _NAMES.items()
    )
    due_on = collected.due.due_on
    occasion = f"Anlass: {wish.occasion}. " if wish.occasion else ""
    text = (
        f"Prüfung der Vereinbarung {wish.agreement}, fällig {due_on or 'unbekannt seit wann'}. "
        f"{occasion}Seit der letzten Prüfung: {len(collected.runs)} Läufe, {counts}. "
        f"`crisis agreement dossier {wish.agreement}` zeigt sie."
    )
    return f"{text} Auf anderem Weg zu fragen: {_list(absent)}." if absent else text


_NAMES = {
    VoiceKind.FINDING: "Feststellungen",
    VoiceKind.MEASURE: "offene Maßnahmen",
    VoiceKind.DISSENT: "abweichende Sichten",
    VoiceKind.REMARK: "Anmerkungen",
    VoiceKind.DECLINED: "Zuständigkeitsvermerke",
    VoiceKind.FEEDBACK: "Rückmeldungen",
}


def _list(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names)
