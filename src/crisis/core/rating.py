"""
Proposed ratings: the machine proposes, people decide (`reflection-report.md` §4.3).

Grades are HSEEP's P, S, M and U, and "not observed". Each proposal says by which
rule it came about and which log entries prove it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from crisis.core import event as ev
from crisis.core.definition import Heading
from crisis.core.event import TaskKind
from crisis.core.figure import Figure, Quantity, Row, RowState, Share
from crisis.core.metrics_channel import metric_m7
from crisis.core.metrics_contact import metric_m4, metric_m5, standing
from crisis.core.metrics_deadline import metric_m9, metric_m15
from crisis.core.metrics_ladder import metric_m6
from crisis.core.metrics_log import metric_m27
from crisis.core.playbook import Mandatory
from crisis.core.scope import Scope

MANY = Fraction(95, 100)
FEW = Fraction(60, 100)
HIGH_LEVEL = 2


class Grade(StrEnum):
    """How far an objective was met."""

    PERFORMED = "P"
    SOME = "S"
    MAJOR = "M"
    UNABLE = "U"
    NOT_OBSERVED = "n.b."


class Light(StrEnum):
    """A goal's traffic light; grey where nothing was observed."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


class Rule(StrEnum):
    """The rule that led to a proposal."""

    NOTHING_DUE = "nothing-due"
    NEVER_REACHED = "never-reached"
    STEP_UNDONE = "step-undone"
    SHARE_BELOW_FEW = "share-below-60"
    GUARD_OPEN = "guard-open"
    SHARE_BELOW_MANY = "share-below-95"
    ESCALATED = "escalated-2"
    UNEXPLAINED = "unexplained"
    DECLINED = "declined"
    WRONG_DATA = "wrong-data"
    LATE_ENTRIES = "late-entries"
    CHAIN_BROKEN = "chain-broken"
    STEPS_LATE = "steps-late"
    CHANNEL_FAILURES = "channel-failures"
    CHECK_INS_MISSING = "check-ins-missing"
    UNCLEARED = "uncleared"
    COUNT_FEWER = "count-fewer"
    COUNT_MORE = "count-more"
    COUNT_UNKNOWN = "count-unknown"
    COUNT_WITHHELD = "count-withheld"
    NOT_IN_LOG = "not-in-log"
    AS_PLANNED = "as-planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a proposal is what it is, with the log entries that prove it."""

    rule: Rule
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A proposed grade of one objective."""

    grade: Grade
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLight:
    """A proposed traffic light of one of the four goals."""

    heading: Heading
    light: Light
    reasons: tuple[Reason, ...]


def rate(scope: Scope) -> Rating:
    """
    Return the proposed grade of the objective whose steps the scope holds.

    U: a mandatory partner never reached, or a mandatory step undone. M: less than
    60 % in time, or a guard question answered no and not remedied. S: less than
    95 %, an escalation to level 2 or more, or a deviation nobody explained.
    """
    if not any(scope.incident.run_of(step).started_at for step in scope.steps):
        return Rating(grade=Grade.NOT_OBSERVED, reasons=(Reason(rule=Rule.NOTHING_DUE),))
    for grade, reasons in (
        (Grade.UNABLE, _unable(scope)),
        (Grade.MAJOR, _major(scope)),
        (Grade.SOME, _some(scope)),
    ):
        if reasons:
            return Rating(grade=grade, reasons=reasons)
    return Rating(grade=Grade.PERFORMED, reasons=(Reason(rule=Rule.AS_PLANNED),))


def goal_lights(scope: Scope) -> tuple[GoalLight, ...]:
    """Return the proposed traffic lights of clarity, efficiency, completeness and quality."""
    if not any(scope.incident.run_of(step).started_at for step in scope.steps):
        nothing = (Reason(rule=Rule.NOTHING_DUE),)
        return tuple(
            GoalLight(heading=heading, light=Light.GREY, reasons=nothing) for heading in Heading
        )
    return (
        _light(Heading.CLARITY, red=_chain(scope), yellow=_unclear(scope)),
        _light(Heading.EFFICIENCY, red=_slow(scope), yellow=_slowish(scope)),
        _light(
            Heading.COMPLETENESS,
            red=(*_never(scope), *_below(metric_m4(scope), "in-time", FEW)),
            yellow=(
                *_below(metric_m4(scope), "in-time", MANY),
                *_below(metric_m15(scope), "received", MANY, rule=Rule.CHECK_INS_MISSING),
            ),
        ),
        _light(Heading.QUALITY, red=_guards(scope), yellow=_channels(scope)),
    )


def is_below(value: Quantity, limit: Fraction) -> bool:
    """Return whether a share is known and lies under a limit."""
    return isinstance(value, Share) and Fraction(value.part, value.whole) < limit


def unexplained(scope: Scope) -> tuple[int, ...]:
    """Return the log numbers of skipped and added steps that carry no reason."""
    return tuple(
        entry.seq
        for entry in scope.entries
        if isinstance(entry.event, ev.StepSkipped | ev.AdHocAsked)
        and entry.event.step in scope.steps
        and not entry.event.reason.strip()
    )


def _light(heading: Heading, *, red: tuple[Reason, ...], yellow: tuple[Reason, ...]) -> GoalLight:
    if red:
        return GoalLight(heading=heading, light=Light.RED, reasons=red)
    if yellow:
        return GoalLight(heading=heading, light=Light.YELLOW, reasons=yellow)
    planned = (Reason(rule=Rule.AS_PLANNED),)
    return GoalLight(heading=heading, light=Light.GREEN, reasons=planned)


def _unable(scope: Scope) -> tuple[Reason, ...]:
    undone = tuple(
        seq
        for row in metric_m9(scope).censored
        if _is_mandatory(scope, row.step)
        for seq in row.evidence
    )
    skipped = tuple(
        entry.seq
        for entry in scope.entries
        if isinstance(entry.event, ev.StepSkipped)
        and entry.event.partner is None
        and entry.event.step in scope.steps
        and _is_mandatory(scope, entry.event.step)
    )
    return (*_never(scope), *_reason(Rule.STEP_UNDONE, (*undone, *skipped)))


def _major(scope: Scope) -> tuple[Reason, ...]:
    return (*_below(metric_m4(scope), "in-time", FEW), *_guards(scope))


def _some(scope: Scope) -> tuple[Reason, ...]:
    return (
        *_below(metric_m4(scope), "in-time", MANY),
        *_escalated(scope),
        *_reason(Rule.UNEXPLAINED, unexplained(scope)),
    )


def _never(scope: Scope) -> tuple[Reason, ...]:
    rows = (row for row in metric_m5(scope).rows if _is_mandatory(scope, row.step))
    seqs = (seq for row in rows for seq in row.evidence)
    return _reason(Rule.NEVER_REACHED, (*seqs, *_untold(scope)))


def _untold(scope: Scope) -> Iterator[int]:
    """Yield what shows that a partner who was only to be told was not: it is owed no answer."""
    for one in scope.addressed:
        never = one.is_telling and standing(scope, one) is RowState.NEVER
        if never and _is_mandatory(scope, one.step):
            kinds = (ev.AttemptStarted, ev.AttemptEnded, ev.Overdue, ev.TaskRaised)
            yield from scope.seqs(one.step, one.partner, *kinds)


def _escalated(scope: Scope) -> tuple[Reason, ...]:
    figure = metric_m6(scope)
    high = (row for row in (*figure.rows, *figure.censored) if _level(row) >= HIGH_LEVEL)
    return _reason(Rule.ESCALATED, tuple(seq for row in high for seq in row.evidence))


def _guards(scope: Scope) -> tuple[Reason, ...]:
    open_guards = {
        task.raised.task
        for task in scope.incident.tasks.values()
        if task.raised.task_kind is TaskKind.GUARD
        and task.raised.step in scope.steps
        and task.done_at is None
    }
    seqs = tuple(
        entry.seq
        for entry in scope.entries
        if isinstance(entry.event, ev.TaskRaised) and entry.event.task in open_guards
    )
    return _reason(Rule.GUARD_OPEN, seqs)


def _chain(scope: Scope) -> tuple[Reason, ...]:
    broken = metric_m27(scope).stat("breaks")
    return (Reason(rule=Rule.CHAIN_BROKEN),) if broken else ()


def _unclear(scope: Scope) -> tuple[Reason, ...]:
    hard = tuple(
        seq for row in metric_m7(scope).rows if row.state.value == "hard" for seq in row.evidence
    )
    declined = tuple(
        seq
        for obligation in scope.obligations
        if obligation.decline is not None
        for seq in scope.seqs(obligation.step, obligation.partner, ev.Declined)
    )
    late = tuple(
        seq for row in metric_m27(scope).rows if row.state.value == "late" for seq in row.evidence
    )
    return (
        *_reason(Rule.WRONG_DATA, hard),
        *_reason(Rule.DECLINED, declined),
        *_reason(Rule.LATE_ENTRIES, late),
        *_reason(Rule.UNEXPLAINED, unexplained(scope)),
    )


def _slow(scope: Scope) -> tuple[Reason, ...]:
    return _below(metric_m9(scope), "in-time", FEW, rule=Rule.STEPS_LATE)


def _slowish(scope: Scope) -> tuple[Reason, ...]:
    late = _below(metric_m9(scope), "in-time", MANY, rule=Rule.STEPS_LATE)
    return (*late, *_escalated(scope))


def _channels(scope: Scope) -> tuple[Reason, ...]:
    return _reason(Rule.CHANNEL_FAILURES, metric_m7(scope).evidence)


def _below(
    figure: Figure, key: str, limit: Fraction, *, rule: Rule | None = None
) -> tuple[Reason, ...]:
    if not is_below(figure.stat(key), limit):
        return ()
    by_limit = Rule.SHARE_BELOW_FEW if limit == FEW else Rule.SHARE_BELOW_MANY
    return (Reason(rule=rule or by_limit, evidence=figure.evidence),)


def _reason(rule: Rule, evidence: tuple[int, ...]) -> tuple[Reason, ...]:
    return (Reason(rule=rule, evidence=tuple(sorted(set(evidence)))),) if evidence else ()


def _level(row: Row) -> int:
    return row.value if isinstance(row.value, int) else 0


def _is_mandatory(scope: Scope, step_id: str) -> bool:
    return scope.incident.step_by_id[step_id].mandatory is not Mandatory.OPTIONAL
