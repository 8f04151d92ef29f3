"""Commands about consent become events, or are refused; a record holds a code and no person."""

from dataclasses import dataclass
from datetime import datetime

from crisis.core import event as ev
from crisis.core.availability import clock_text
from crisis.core.consent_policy import ConsentKind, ConsentPolicy, kind_of
from crisis.core.contact import holders, holds_any
from crisis.core.event import Event
from crisis.core.gate import ConsentScope, Gate
from crisis.core.incident import Incident
from crisis.core.playbook import Step
from crisis.core.refusal import require_moment, require_running
from crisis.errors import NotFoundError, RefusedError, UsageError

# How a consent was given, as the log keeps it; empty where nobody said.
FORMS = ("", "oral", "written")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is recorded: the scope, by which partner (empty for the lead), and when it was said."""

    scope: str
    partner: str
    happened_at: datetime


def next_code(incident: Incident) -> str:
    """Return the code that the next record gets: the house counts, nobody types a name."""
    return f"E-{len(incident.consents) + 1:02d}"


def give(
    incident: Incident,
    record: Record,
    *,
    recipient: str,
    expires_at: datetime | None,
    now: datetime,
    form: str = "",
) -> tuple[Event, ...]:
    """
    Return that somebody agreed that a partner is told something; `form` is written or oral.

    Raises:
        NotFoundError: no gate asks for this scope, or the recipient stands behind none.
        RefusedError: this partner records no consent here, or the incident is over.
        UsageError: the consent has ended already, or the Land's policy wants it in writing.
    """
    steps = _steps(incident, record, now=now)
    known = recipients(incident, steps)
    if recipient not in known:
        message = (
            f"{record.scope} is not passed on to {recipient!r}; "
            f"there are: {', '.join(known) or 'nobody'}"
        )
        raise NotFoundError(message)
    if expires_at is not None and expires_at <= now:
        message = f"a consent until {clock_text(expires_at)} has ended already"
        raise UsageError(message)
    _require_strong(incident, steps, form)
    return (
        ev.ConsentGiven(
            consent=next_code(incident),
            scope=record.scope,
            recipient=recipient,
            partner=record.partner,
            expires_at=expires_at,
            happened_at=record.happened_at,
            form=form,
        ),
    )


def refuse(incident: Incident, record: Record, *, now: datetime) -> tuple[Event, ...]:
    """Return that somebody did not agree; raises as `give` does."""
    _steps(incident, record, now=now)
    return (
        ev.ConsentRefused(
            consent=next_code(incident),
            scope=record.scope,
            partner=record.partner,
            happened_at=record.happened_at,
        ),
    )


def revoke(
    incident: Incident, *, code: str, partner: str, happened_at: datetime, now: datetime
) -> tuple[Event, ...]:
    """
    Return that a consent was taken back; possible as long as the record is open.

    Raises:
        NotFoundError: there is no such consent; the message lists those that hold.
        RefusedError: it was revoked or refused before, or another partner recorded it.
    """
    require_moment(incident, happened_at, now=now)
    if incident.closed_at is not None:
        message = f"incident {incident.id} is closed; its log takes no more entries"
        raise RefusedError(message)
    consent = incident.consents.get(code)
    if consent is None or (partner and consent.partner != partner):
        own = [c.code for c in incident.consents.values() if not partner or c.partner == partner]
        message = f"there is no consent {code!r}; there are: {', '.join(own) or 'none'}"
        raise NotFoundError(message)
    if consent.refused or consent.revoked_at is not None:
        message = f"{code} does not hold any more; nothing was changed"
        raise RefusedError(message)
    return (ev.ConsentRevoked(consent=code, partner=partner, happened_at=happened_at),)


def scopes_of(incident: Incident, partner: str) -> tuple[ConsentScope, ...]:
    """Return the scopes for which a partner may record consent; the lead (empty) for all."""
    found = {
        scope.id: scope
        for step in incident.playbook.steps
        if step.gate is not None and (not partner or _may_record(incident, step, partner))
        for scope in step.gate.scopes
    }
    return tuple(found.values())


def recipients(incident: Incident, steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Return the partners that steps behind a gate can tell something."""
    directory, region = incident.opened.directory, incident.opened.region
    found = {
        partner.id: None
        for step in steps
        for role in step.roles
        for partner in holders(directory, role, region=region)
    }
    return tuple(found)


def needed_at(policy: ConsentPolicy | None, gate: Gate, step: Step) -> ConsentKind:
    """Return which kind of consent a step's gate asks for; without a policy any will do."""
    if policy is None:
        return ConsentKind.ORAL
    return policy.needs(gate.passes, by=gate.by, to=step.roles)


def _require_strong(incident: Incident, steps: tuple[Step, ...], form: str) -> None:
    """
    Refuse a consent that opens none of the gates it is meant for.

    Raises:
        UsageError: the policy of the Land wants it in writing; the message says on what ground.
    """
    if form not in FORMS:
        message = f"a consent is given in one of these forms: written, oral; not {form!r}"
        raise UsageError(message)
    policy = incident.opened.consent_policy
    gates = [(step.gate, step) for step in steps if step.gate is not None]
    if policy is None or any(kind_of(form) >= needed_at(policy, *one) for one in gates):
        return
    gate, step = gates[0]
    rule = policy.rule(gate.passes, by=gate.by, to=step.roles)
    ground = "no rule speaks of it, so the strictest holds" if rule is None else rule.law
    message = (
        f"in {policy.title.de} {step.id} needs a consent in writing ({ground}); "
        "record it as written once it is there"
    )
    raise UsageError(message)


def gated_by(incident: Incident, scope: str) -> tuple[Step, ...]:
    """Return the steps whose gate asks for a scope."""
    return tuple(
        step
        for step in incident.playbook.steps
        if step.gate is not None and step.gate.covers(scope)
    )


def _steps(incident: Incident, record: Record, *, now: datetime) -> tuple[Step, ...]:
    require_running(incident)
    require_moment(incident, record.happened_at, now=now)
    known = [scope.id for scope in scopes_of(incident, "")]
    if record.scope not in known:
        message = f"no step asks for consent to {record.scope!r}; there are: {', '.join(known)}"
        raise NotFoundError(message)
    own = [scope.id for scope in scopes_of(incident, record.partner)]
    if record.scope not in own:
        message = f"{record.partner} records no consent to {record.scope} in this incident"
        raise RefusedError(message)
    return gated_by(incident, record.scope)


def _may_record(incident: Incident, step: Step, partner: str) -> bool:
    directory, region = incident.opened.directory, incident.opened.region
    roles = () if step.gate is None else step.gate.by
    return holds_any(directory, partner, roles, region=region)
