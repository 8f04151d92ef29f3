"""Entries of the log in words: one sentence each, for the log and for simulations."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from crisis.core import event as ev
from crisis.core.asked import TOO_LATE
from crisis.core.chronicle import in_words
from crisis.core.event import Event


def tell(event: Event) -> str:
    """
    Return in a few words what an event says, without its step and partner.

    Answers are told as they stand in it: give it what the reader may read (`for_the_lead`).
    """
    return _TELL[event.kind](event)


def reason_words(reason: str) -> str:
    """Return why a step was left out: in the lead's words, or that T0 came first."""
    return "too late, it began before" if reason == TOO_LATE else reason


def _opened(event: ev.IncidentOpened) -> str:
    gaps = f"; nobody for {', '.join(event.gaps)}" if event.gaps else ""
    overlays = "".join(f" + {one.name}" for one in event.playbook.overlays)
    what = f"{event.playbook.id}{overlays} {event.region}"
    if event.planned_for is not None:
        what += f", planned for {event.planned_for:%Y-%m-%d %H:%M} UTC"
    if event.begun_by:
        what += f", begun by {event.begun_by}"
    return f"{event.mode} opened as {event.code_word}, {what}{gaps}"


def _started(event: ev.StepStarted) -> str:
    asked = "begins for " + (", ".join(event.partners) or "nobody")
    passed_on = (f"{hub} informs {', '.join(named)}" for hub, named in event.members.items())
    missed = (f"rounds that went by unasked: {event.missed}",) if event.missed else ()
    return "; ".join((asked, *passed_on, *missed))


def _consent(event: ev.ConsentGiven) -> str:
    until = f" until {event.expires_at:%Y-%m-%d %H:%M} UTC" if event.expires_at else ""
    form = f" ({event.form})" if event.form else ""
    return f"{event.consent}: consent to {event.scope} for {event.recipient}{form}{until}"


def _bulletin(event: ev.BulletinIssued) -> str:
    countries = f" ({', '.join(event.countries)})" if event.countries else ""
    replaced = f", in place of {event.replaces}" if event.replaces else ""
    text = f": {event.text}" if event.text else ", by word of mouth"
    until = f", until {event.valid_until.isoformat()}"
    return f"{event.bulletin} about {event.about}{countries}{until}{replaced}{text}"


def _asked(event: ev.AttemptStarted) -> str:
    again = ", may be a repeat" if event.possible_repeat else ""
    return f"{event.purpose} {event.contact} over {event.channel}{again}"


def _ended(event: ev.AttemptEnded) -> str:
    by = f" by {event.provider}" if event.provider else ""
    run = f", run {event.run}" if event.run else ""
    return f"attempt {event.n} {event.outcome}{by} ({event.code}){run}"


def _held(event: ev.AttemptHeld) -> str:
    until = event.until.strftime("%H:%M:%S")
    return (
        f"{event.purpose} {event.contact} over {event.channel} waits until {until} UTC"
        f" (limit {event.limit})"
    )


def _replied(what: str) -> Callable[..., str]:
    return lambda event: f"{what} by {event.contact} via {event.via}"


def _declined(event: ev.Declined) -> str:
    return f"declined by {event.contact} via {event.via}: {event.reason}"


def _answered(event: ev.Answered) -> str:
    said = ", ".join(f"{name}={_answer(value)}" for name, value in event.answers.items())
    return f"answered by {event.contact} via {event.via}: {said}"


def _answer(value: object) -> str:
    if isinstance(value, list) and any(isinstance(row, Mapping) for row in value):
        return f"{len(value)} rows"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _decided(event: ev.Decided) -> str:
    how = "by default" if event.by_default else f"because: {event.reason}"
    return f"decided {event.option} {how}"


def _signed(event: ev.Signed) -> str:
    remark = f": {event.remark}" if event.remark else ""
    return f"signed {event.verdict} by {event.contact}{remark}"


def _published(event: ev.Published) -> str:
    return "published" if event.cleared else f"published without clearance: {event.reason}"


def _task(event: ev.TaskRaised) -> str:
    return f"task {event.task}" + (f" for {event.contact}" if event.contact else "")


def _task_done(event: ev.TaskDone) -> str:
    return f"task {event.task}: {event.result}" + (f", {event.note}" if event.note else "")


def _report(event: ev.ReportDrafted) -> str:
    return f"{event.status} report from the log up to {event.log_to}"


def _restored(event: ev.LogRestored) -> str:
    lost = f"versions up to {event.lost_to} are lost" if event.lost_to else "later ones are lost"
    return f"the log was put back to version {event.upto_version}; {lost}"


_TELL: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        "incident-opened": _opened,
        "attribute-set": lambda e: f"{e.attribute} = {in_words(e.value)}, from {e.source}",
        "occasion-came": lambda e: f"{e.occasion} came: deadlines count from then",
        "start-moved": lambda e: f"T0 moved to {e.planned_for:%Y-%m-%d %H:%M} UTC: {e.reason}",
        "start-confirmed": lambda _: "it has begun: T0 is real",
        "consent-given": _consent,
        "consent-refused": lambda e: f"{e.consent}: no consent to {e.scope}; nothing is passed on",
        "consent-revoked": lambda e: f"{e.consent}: consent taken back",
        "bulletin-issued": _bulletin,
        "step-started": _started,
        "step-held": lambda _: "held: it would bring people into danger",
        "step-obsolete": lambda e: f"no longer applies ({e.reason})",
        "step-skipped": lambda e: f"left out: {reason_words(e.reason)}",
        "attempt-started": _asked,
        "attempt-ended": _ended,
        "attempt-held": _held,
        "escalated": lambda e: f"nobody answered: level {e.level}",
        "overdue": lambda _: "deadline passed",
        "acknowledged": _replied("acknowledged"),
        "declined": _declined,
        "answered": _answered,
        "complaint-counted": lambda e: f"a complaint was {e.state} ({e.category})",
        "decided": _decided,
        "signed": _signed,
        "published": _published,
        "task-raised": _task,
        "task-done": _task_done,
        "lead-offered": lambda e: f"the lead is offered to {e.contact}: {e.reason}",
        "ad-hoc-asked": lambda e: f"asked outside the playbook: {e.reason}",
        "note-added": lambda e: e.text,
        "stood-down": lambda e: f"stood down: {e.reason}",
        "report-drafted": _report,
        "link-revoked": lambda e: f"a page was closed: {e.reason}",
        "incident-closed": lambda e: f"closed: {e.reason}",
        "orchestrator-unavailable": lambda e: f"Prefect does not answer: {e.reason}",
        "orchestrator-restored": lambda _: "Prefect answers again",
        "log-restored": _restored,
        "broken-chain-accepted": lambda e: f"break at {e.at_version} accepted: {e.reason}",
        "entries-erased": lambda e: f"{len(e.entries)} entries erased, period {e.rule}",
        "erased": lambda e: f"{e.what}: erased after its period",
    }
)
