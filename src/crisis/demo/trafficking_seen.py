"""What the exercise of `bpol-kok-control` has shown, read from its log."""

from collections.abc import Iterator, Mapping

from crisis.core.asked import Purpose
from crisis.core.contact import ChannelKind, Tlp
from crisis.core.incident import Incident
from crisis.core.obligation import Attempt, Obligation
from crisis.core.state import Consent
from crisis.demo.summary import Shown

# First counselling, safe accommodation, support after a month: help, whoever testifies or not.
HELP = ("B23", "B27", "B41")


def facts(shown: Shown) -> Mapping[str, str]:
    """Return the lines of the summary that only this exercise has."""
    incident = shown.incident
    published = incident.run_of("B31").published
    return {
        "consents": "; ".join(_consent(incident, one) for one in incident.consents.values()),
        "by word": f"{len(_spoken(incident))} messages of {len(_oral_steps(incident))} steps, "
        "no content stored or sent",
        "help": ", ".join(f"{step} answered" for step in HELP if _is_answered(incident, step)),
        "published": "nothing"
        if published is None
        else f"B31 {'after all had signed' if published.cleared else 'uncleared'}",
        "lead": f"handed over {len(incident.leads)} times, both confirmed",
        "confided": f"what counselling answered stands on {len(shown.kept)} pages of its own, "
        f"and on {len(shown.leaks)} of {shown.searched} others that were looked at",
    }


def promises(shown: Shown) -> Iterator[tuple[str, bool]]:
    """Yield what this exercise is there to show, and whether it was seen."""
    incident = shown.incident
    consents = list(incident.consents.values())
    published = incident.run_of("B31").published
    yield (
        "a consent refused, and nothing passed on",
        any(one.refused and not _runs(incident, one) for one in consents),
    )
    yield (
        "a consent granted, told, and standing",
        any(_is_standing(one) and _told(incident, one) for one in consents),
    )
    yield (
        "a consent taken back, and whoever had the message told",
        any(
            one.revoked_at is not None and _told(incident, one) and _all_told(incident, one)
            for one in consents
        ),
    )
    yield (
        "what is only spoken over the telephone alone",
        bool(_spoken(incident))
        and all(_kind(incident, one) is ChannelKind.PHONE_BY_HAND for one in _spoken(incident)),
    )
    yield "help whoever consents or not", all(_is_answered(incident, step) for step in HELP)
    yield "check-ins", _is_answered(incident, "B32") and _is_answered(incident, "B33")
    yield "a publication after all had signed", published is not None and published.cleared
    yield (
        "feedback and the reply to it",
        _is_answered(incident, "B40") and _is_answered(incident, "B40b"),
    )
    yield "a hand-over of the lead", len(incident.leads) == 1
    kept = bool(shown.kept) and shown.searched > 0 and not shown.leaks
    yield f"counselling kept from the police (found: {', '.join(shown.leaks) or 'nowhere'})", kept


def _is_standing(consent: Consent) -> bool:
    return not consent.refused and consent.revoked_at is None


def _consent(incident: Incident, consent: Consent) -> str:
    if consent.refused:
        return f"{consent.code} refused"
    told = "told" if _told(incident, consent) else "not told"
    if consent.revoked_at is None:
        return f"{consent.code} granted and {told}"
    whom = "who had it was told" if _all_told(incident, consent) else "nobody was told"
    return f"{consent.code} granted, {told}, taken back, {whom}"


def _runs(incident: Incident, consent: Consent) -> list[Obligation]:
    """Return what was asked on a consent."""
    steps = [name for name, run in incident.steps.items() if run.consent == consent.code]
    return [one for step in steps for one in incident.obligations_of(step)]


def _told(incident: Incident, consent: Consent) -> bool:
    return any(one.acknowledgement is not None for one in _runs(incident, consent))


def _all_told(incident: Incident, consent: Consent) -> bool:
    """Return whether everybody who had heard something heard that the consent is no more."""
    return all(
        any(
            attempt.purpose is Purpose.WITHDRAWN and _was_called(incident, one, attempt)
            for attempt in one.attempts
        )
        for one in _runs(incident, consent)
    )


def _was_called(incident: Incident, obligation: Obligation, attempt: Attempt) -> bool:
    task = incident.tasks.get(f"phone/{obligation.step}/{obligation.partner}/{attempt.n}")
    return task is not None and task.result == "reached"


def _oral_steps(incident: Incident) -> list[str]:
    oral = {profile.id for profile in incident.playbook.profiles if profile.oral}
    return [
        name
        for name in incident.steps
        if incident.step_by_id[name].tlp is Tlp.RED or incident.step_by_id[name].profile in oral
    ]


def _spoken(incident: Incident) -> list[Attempt]:
    return [
        attempt
        for step in _oral_steps(incident)
        for one in incident.obligations_of(step)
        for attempt in one.attempts
    ]


def _kind(incident: Incident, attempt: Attempt) -> ChannelKind:
    channels = incident.opened.directory.contacts[attempt.contact].channels
    return next(channel.kind for channel in channels if channel.id == attempt.channel)


def _is_answered(incident: Incident, step: str) -> bool:
    return any(one.first_answered_at is not None for one in incident.obligations_of(step))
