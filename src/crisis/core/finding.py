"""
Candidate findings: what the log suggests went well or less well, for people to judge.

Each names steps and partners (functions, never persons), the clauses it touches
and the log entries that prove it. Cause and effect are for people to write.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crisis.core import event as ev
from crisis.core.figure import Row, RowState, Share
from crisis.core.metrics_channel import metric_m7
from crisis.core.metrics_contact import metric_m4, metric_m5
from crisis.core.metrics_deadline import metric_m9, metric_m15
from crisis.core.metrics_log import metric_m27
from crisis.core.rating import unexplained
from crisis.core.scope import Scope
from crisis.core.words import Words


class FindingRule(StrEnum):
    """What a candidate was found by; the order is that of weight."""

    NEVER_REACHED = "never-reached"
    GUARD_OPEN = "guard-open"
    STEP_UNDONE = "step-undone"
    NEED_UNOWNED = "need-unowned"
    DECLINED = "declined"
    WRONG_DATA = "wrong-data"
    UNCERTAIN = "uncertain"
    STEP_LATE = "step-late"
    ROUNDS_MISSED = "rounds-missed"
    UNEXPLAINED = "unexplained"
    LATE_ENTRIES = "late-entries"
    ALL_IN_TIME = "all-in-time"
    ROUND_COMPLETE = "round-complete"


STRENGTHS = frozenset({FindingRule.ALL_IN_TIME, FindingRule.ROUND_COMPLETE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One candidate; `basis` are the clauses of the steps it is about."""

    rule: FindingRule
    observation: Words
    steps: tuple[str, ...]
    partners: tuple[str, ...]
    basis: tuple[str, ...]
    evidence: tuple[int, ...]

    @property
    def is_strength(self) -> bool:
        """Whether something went well."""
        return self.rule in STRENGTHS


def findings(scope: Scope) -> tuple[Finding, ...]:
    """Return the candidates, the weightiest first."""
    found = (*_by_partner(scope), *_by_step(scope), *_by_log(scope), *_strengths(scope))
    order = tuple(FindingRule)
    return tuple(sorted(found, key=lambda finding: order.index(finding.rule)))


def _by_partner(scope: Scope) -> Iterator[Finding]:
    failures = metric_m7(scope).rows
    declined = [
        Row(
            step=o.step,
            partner=o.partner,
            evidence=scope.seqs(o.step, o.partner, ev.Declined),
        )
        for o in scope.obligations
        if o.decline is not None
    ]
    for rule, rows, de, en in (
        (
            FindingRule.NEVER_REACHED,
            metric_m5(scope).rows,
            "{partner} wurde bis zum Ende der Frist nicht erreicht ({steps}).",
            "{partner} was not reached by the deadline ({steps}).",
        ),
        (
            FindingRule.DECLINED,
            declined,
            "{partner} hat abgelehnt ({steps}); die Aufgabe ging an die Federführung zurück.",
            "{partner} declined ({steps}); the task went back to the lead.",
        ),
        (
            FindingRule.WRONG_DATA,
            [row for row in failures if row.state is RowState.HARD],
            "Kontaktdaten von {partner} waren falsch ({steps}); der nächste Kanal sprang ein.",
            "Contact data of {partner} were wrong ({steps}); the next channel stepped in.",
        ),
        (
            FindingRule.UNCERTAIN,
            [row for row in failures if row.state is RowState.UNCERTAIN],
            "Ob eine Nachricht an {partner} ankam, blieb ungewiss ({steps}).",
            "Whether a message reached {partner} remained uncertain ({steps}).",
        ),
    ):
        grouped: dict[str, list[Row]] = {}
        for row in rows:
            grouped.setdefault(row.partner, []).append(row)
        for own in grouped.values():
            yield _finding(scope, rule, own, de=de, en=en)


def _by_step(scope: Scope) -> Iterator[Finding]:
    deadlines = metric_m9(scope)
    for row in deadlines.censored:
        yield _finding(
            scope,
            FindingRule.STEP_UNDONE,
            [row],
            de="{title} ({steps}) ist nach Ablauf der Frist noch nicht erledigt.",
            en="{title} ({steps}) is still not done after its deadline.",
        )
    for row in deadlines.rows:
        yield _finding(
            scope,
            FindingRule.STEP_LATE,
            [row],
            de="{title} ({steps}) wurde erst nach der Frist erledigt.",
            en="{title} ({steps}) was done only after its deadline.",
        )
    yield from _missed_rounds(scope)
    yield from _unowned(scope)
    for entry in scope.entries:
        task = entry.event
        if not isinstance(task, ev.TaskRaised) or task.task_kind is not ev.TaskKind.GUARD:
            continue
        if task.step in scope.steps and scope.incident.tasks[task.task].done_at is None:
            yield _finding(
                scope,
                FindingRule.GUARD_OPEN,
                [Row(step=task.step, partner=task.partner, evidence=(entry.seq,))],
                de="Schutzfrage mit „nein“ beantwortet und noch nicht behoben: {title} ({steps}).",
                en="A guard question was answered no and is not remedied yet: {title} ({steps}).",
            )


def _missed_rounds(scope: Scope) -> Iterator[Finding]:
    """Yield one candidate for each round before which others went by unasked."""
    for step in scope.steps:
        missed = scope.incident.run_of(step).missed
        if missed:
            yield _finding(
                scope,
                FindingRule.ROUNDS_MISSED,
                [Row(step=step, evidence=scope.seqs(step, "", ev.StepStarted))],
                de=f"Vor {{title}} ({{steps}}) entfielen Runden: {missed}.",
                en=f"Rounds that went by unasked before {{title}} ({{steps}}): {missed}.",
            )


def _unowned(scope: Scope) -> Iterator[Finding]:
    """Yield the needs that became the lead's and are still nobody's (A98)."""
    unowned = {one.task for one in scope.incident.needs.values() if not one.is_owned}
    for entry in scope.entries:
        task = entry.event
        if isinstance(task, ev.TaskRaised) and task.task in unowned and task.step in scope.steps:
            what = ", ".join(part for part in task.subject.split("/")[1:] if part)
            yield _finding(
                scope,
                FindingRule.NEED_UNOWNED,
                [Row(step=task.step, partner=task.partner, evidence=(entry.seq,))],
                de=f"Ein gemeldeter Bedarf blieb ohne Zusage: {_plain(what)} ({{steps}}).",
                en=f"A reported need stayed without an owner: {_plain(what)} ({{steps}}).",
            )


def _by_log(scope: Scope) -> Iterator[Finding]:
    late = [row for row in metric_m27(scope).rows if row.state is RowState.LATE]
    bare = unexplained(scope)
    if bare:
        yield _finding(
            scope,
            FindingRule.UNEXPLAINED,
            [Row(evidence=bare)],
            de="Abweichungen vom Ablaufplan ohne Begründung.",
            en="Deviations from the playbook without a reason.",
        )
    if late:
        yield _finding(
            scope,
            FindingRule.LATE_ENTRIES,
            late,
            de=f"Nachträge im Protokoll: {len(late)}.",
            en=f"Late entries in the log: {len(late)}.",
        )


def _strengths(scope: Scope) -> Iterator[Finding]:
    for phase in scope.incident.playbook.phases:
        steps = scope.incident.with_rounds(phase.steps)
        figure = metric_m4(scope.only({step.id for step in steps}))
        if _is_whole(figure.stat("in-time")) and not figure.censored:
            yield _finding(
                scope,
                FindingRule.ALL_IN_TIME,
                list(figure.rows),
                de=f"{_plain(phase.title.de)}: alle {figure.n} erwarteten Quittungen kamen "
                "in der Frist.",
                en=f"{_plain(phase.title.in_language('en'))}: all {figure.n} expected "
                "acknowledgements came in time.",
            )
    for row in metric_m15(scope).rows:
        if row.state is RowState.MEASURED and _is_whole(row.value):
            yield _finding(
                scope,
                FindingRule.ROUND_COMPLETE,
                [row],
                de="{title} ({steps}): alle angefragten Partner haben sich gemeldet.",
                en="{title} ({steps}): every partner that was asked reported.",
            )


def _plain(text: str) -> str:
    """Return a text in which braces are no places to fill."""
    return text.replace("{", "{{").replace("}", "}}")


def _is_whole(value: object) -> bool:
    return isinstance(value, Share) and value.part == value.whole


def _finding(scope: Scope, rule: FindingRule, rows: list[Row], *, de: str, en: str) -> Finding:
    step_ids = tuple(dict.fromkeys(row.step for row in rows if row.step))
    partners = tuple(dict.fromkeys(row.partner for row in rows if row.partner))
    steps = tuple(scope.incident.step_by_id[step] for step in step_ids)
    title = steps[0].title if steps else Words(de="")
    name = _name(scope, partners[0]) if partners else Words(de="")
    listed = ", ".join(step_ids)
    return Finding(
        rule=rule,
        observation=Words(
            de=de.format(partner=name.de, title=title.de, steps=listed),
            en=en.format(
                partner=name.in_language("en"), title=title.in_language("en"), steps=listed
            ),
        ),
        steps=step_ids,
        partners=partners,
        basis=tuple(dict.fromkeys(clause for step in steps for clause in step.basis)),
        evidence=tuple(sorted({seq for row in rows for seq in row.evidence})),
    )


def _name(scope: Scope, partner_id: str) -> Words:
    for partner in scope.incident.opened.directory.partners:
        if partner.id == partner_id:
            return partner.name
    return Words(de=partner_id)
