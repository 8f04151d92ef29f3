"""The last lines of a demo: what was shown, and where everything lies."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crisis.core.asked import AttemptEnded
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Decided, Entry, ReportDrafted, TaskKind, TaskRaised
from crisis.core.incident import Incident
from crisis.demo.prefect_watch import FlowRun

BY_LEVEL = {1: "next channel", 2: "deputy", 3: "superior", 4: "lead"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """
    What an exercise has shown, counted from its log and from Prefect.

    `searched` are the places in which something confided must not stand and was looked
    for, `leaks` those in which it was found, `kept` those in which it stands by right.
    """

    incident: Incident
    entries: Sequence[Entry]
    runs: Sequence[FlowRun]
    mails: int
    posts: int
    folder: Path
    report: Path
    searched: int = 0
    leaks: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def tracked(self) -> tuple[int, int]:
        """How many of the attempts and reports a Prefect flow carried out, and of how many."""
        outcomes = {
            (event.step, event.partner, event.n): event.run
            for event in (entry.event for entry in self.entries)
            if isinstance(event, AttemptEnded) and event.code not in _BY_HAND
        }
        runs = [
            *outcomes.values(),
            *(e.event.run for e in self.entries if isinstance(e.event, ReportDrafted)),
        ]
        return sum(bool(run) for run in runs), len(runs)


# Results that a human entered afterwards; the attempt itself had been carried out before.
_BY_HAND = frozenset({"wrong-number", "no-answer"})


def lines(shown: Shown, *, more: Mapping[str, str]) -> tuple[str, ...]:
    """Return the last lines of a demo; `more` are those that only this exercise has."""
    part, whole = shown.tracked
    percent = 100 * part / whole if whole else 0.0
    facts = {
        "incident": f"{shown.incident.id}, {shown.incident.opened.code_word}, an exercise, closed",
        "messages": f"{shown.mails} mails (SMTP), {shown.posts} posts (HTTP: gateways, SMS)",
        "partners": _partners(shown.incident),
        "ladders": _levels(shown.incident),
        "failures": _failures(shown.incident),
        "desk": _tasks(shown.entries),
        **({"decision": decided} if (decided := _decision(shown.entries)) else {}),
        **more,
        "check-ins": _check_ins(shown.incident),
        "reports": _reports(shown.entries),
        "Prefect": f"{part} of {whole} attempts and reports by a flow ({percent:.0f} %)",
        "flows": _runs(shown.runs),
    }
    places = {
        "report": shown.report,
        "log": shown.folder / "data" / "crisis.sqlite3",
        "messages": shown.folder / "sinks",
    }
    return (
        "",
        "What was shown",
        *(f"  {name:<10} {text}" for name, text in facts.items()),
        "",
        "Where it lies",
        *(f"  {name:<10} {path}" for name, path in places.items()),
    )


def _partners(incident: Incident) -> str:
    obligations = incident.obligations.values()
    states = Counter(obligation.state.value for obligation in obligations)
    late = sum(obligation.overdue_at is not None for obligation in obligations)
    counted = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    return f"{len(incident.obligations)} obligations: {counted}; {late} were overdue"


def _levels(incident: Incident) -> str:
    rises = Counter(
        rise.level for obligation in incident.obligations.values() for rise in obligation.rises
    )
    return (
        ", ".join(f"level {n} ({BY_LEVEL[n]}) {rises[n]} times" for n in sorted(rises)) or "none"
    )


def _failures(incident: Incident) -> str:
    failed = [
        f"{obligation.step} {attempt.channel} {attempt.code}"
        for obligation in incident.obligations.values()
        for attempt in obligation.attempts
        if attempt.outcome in {OutcomeKind.REJECTED, OutcomeKind.UNKNOWN}
    ]
    return "; ".join(failed) or "none"


def _tasks(entries: Sequence[Entry]) -> str:
    kinds = Counter(
        entry.event.task_kind for entry in entries if isinstance(entry.event, TaskRaised)
    )
    words = {
        TaskKind.PHONE: "telephone calls by hand",
        TaskKind.OTHER_WAY: "partners to be reached another way",
        TaskKind.DECLINED: "declined",
        TaskKind.GUARD: "guard questions answered with no",
        TaskKind.QUESTION: "facts to find out",
        TaskKind.GAP: "roles that nobody holds",
        TaskKind.DISSENT: "signatures refused",
        TaskKind.NEED: "needs that nobody promised to meet",
        TaskKind.START: "planned beginnings to confirm",
    }
    return ", ".join(f"{number} {words.get(kind, kind)}" for kind, number in kinds.items())


def _decision(entries: Sequence[Entry]) -> str:
    made = [entry.event for entry in entries if isinstance(entry.event, Decided)]
    return "; ".join(
        f"{event.step} {event.option}{' by default' if event.by_default else ''}" for event in made
    )


def _check_ins(incident: Incident) -> str:
    rounds = []
    for step in incident.playbook.steps:
        obligations = incident.obligations_of(step.id)
        if step.check_in and obligations:
            received = sum(o.first_answered_at is not None for o in obligations)
            rounds.append(f"{step.id} {received} of {len(obligations)}")
    return ", ".join(rounds) or "none"


def _reports(entries: Sequence[Entry]) -> str:
    t0 = entries[0].at
    drafted = [entry for entry in entries if isinstance(entry.event, ReportDrafted)]
    return ", ".join(
        f"{entry.event.status} on day {(entry.at - t0).days}"
        for entry in drafted
        if isinstance(entry.event, ReportDrafted)
    )


def _runs(runs: Sequence[FlowRun]) -> str:
    flows = Counter(run.flow for run in runs)
    example = next((run.name for run in runs), "")
    counted = ", ".join(f"{number} {flow}" for flow, number in sorted(flows.items()))
    return f"{counted} runs, such as “{example}”"
