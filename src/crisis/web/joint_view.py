"""What several parties do together, as plain values: two sides' words, n of n signatures."""

from collections.abc import Iterator
from datetime import datetime

from crisis.core.both_sides import sides
from crisis.core.clearance import Clearance, clearance_of, clearances
from crisis.core.incident import Incident
from crisis.core.leading import Offer, open_offer
from crisis.core.obligation import Obligation
from crisis.core.outlook import needed_answers
from crisis.core.playbook import Completion, Step
from crisis.web.cascade_view import roll_ups
from crisis.web.moments import short_moment
from crisis.web.naming import Names
from crisis.web.state_view import state_view
from crisis.web.texts import Texts, msg

View = dict[str, object]
CONFIRMED = msg("bestätigt")
HALF = msg("bestätigt, die andere Seite noch nicht")


def stands(incident: Incident, one: Obligation, *, say: Texts) -> View:
    """Return how an obligation stands; one side's word alone shows as half."""
    shown = state_view(one.state, say)
    found = sides(incident, incident.step_by_id[one.step])
    if not found or not one.is_fulfilled or one.obsolete_at is not None:
        return shown
    both = all(side.settled_at is not None for side in found)
    symbol, label = ("✓", CONFIRMED) if both else ("◐", HALF)
    return {**shown, "symbol": symbol, "label": say(label)}


def joint_notes(
    incident: Incident, step: Step, *, names: Names, now: datetime, say: Texts
) -> Iterator[str]:
    """Yield what a step's line says of what its parties do together."""
    found = sides(incident, step)
    if found and incident.run_of(step.id).started_at is not None:
        n = sum(side.settled_at is not None for side in found)
        yield say("%(n)s von 2 Seiten haben bestätigt", n=n)
    counting = incident.counting_of(step.id)
    if step.completion is not Completion.ALL and counting:
        yield say(
            "%(n)s von %(needed)s nötigen Antworten",
            n=sum(one.is_fulfilled for one in counting),
            needed=needed_answers(step, of=len(counting)),
        )
    clearance = clearance_of(incident, step)
    if clearance is not None:
        yield from _clearance_notes(clearance, names=names, now=now, say=say)


def board_notes(incident: Incident, *, now: datetime, say: Texts) -> list[str]:
    """Return what is under way between several parties, a line each, for the board."""
    names = Names(incident, say)
    blocked = [
        f"{names.step(one.step)}: {note}"
        for one in clearances(incident)
        if one.published is None
        for note in _clearance_notes(one, names=names, now=now, say=say)
    ]
    half = [
        f"{names.step(step_id)}: {note}"
        for step_id in incident.steps
        if _is_half(incident, incident.step_by_id[step_id])
        for note in joint_notes(
            incident, incident.step_by_id[step_id], names=names, now=now, say=say
        )
    ]
    offer = open_offer(incident)
    offered = [] if offer is None else [_offered(offer, names=names, say=say)]
    return [*offered, *roll_ups(incident, say=say), *half, *blocked]


def clearance_view(incident: Incident, step: Step, *, say: Texts) -> View | None:
    """Return what a signatory's page says of what is to be published, None if nothing is."""
    clearance = clearance_of(incident, step)
    if clearance is None:
        return None
    return {
        "what": say.words(clearance.what),
        "blocked": clearance.cleared_at is None,
        "signed": say(
            "%(n)s von %(all)s haben unterzeichnet", n=len(clearance.signed), all=clearance.wanted
        ),
    }


def _offered(offer: Offer, *, names: Names, say: Texts) -> str:
    return say(
        "Federführung %(partner)s, %(contact)s, angeboten; noch nicht bestätigt",
        partner=names.partner(offer.partner),
        contact=names.contact(offer.contact),
    )


def _is_half(incident: Incident, step: Step) -> bool:
    given = [side.settled_at is not None for side in sides(incident, step)]
    return any(given) and not all(given)


def _clearance_notes(
    clearance: Clearance, *, names: Names, now: datetime, say: Texts
) -> Iterator[str]:
    what, published = say.words(clearance.what), clearance.published
    if published is not None:
        at = short_moment(published.happened_at, now=now, say=say)
        yield say("„%(what)s“ veröffentlicht %(at)s", what=what, at=at)
        if not published.cleared:
            yield say("ohne vollständige Freigabe: %(reason)s", reason=published.reason)
    elif clearance.cleared_at is not None:
        at = short_moment(clearance.cleared_at, now=now, say=say)
        yield say("„%(what)s“ freigegeben %(at)s", what=what, at=at)
    else:
        yield say(
            "gesperrt: „%(what)s“, %(n)s von %(all)s haben unterzeichnet",
            what=what,
            n=len(clearance.signed),
            all=clearance.wanted,
        )
        for partner in clearance.dissents:
            yield say("%(partner)s stimmt nicht zu", partner=names.partner(partner))
