"""The reflection report: built from the log, recorded when its step is due."""

from typing import Literal

from crisis.core.event import SYSTEM, ReportDrafted
from crisis.core.plan import plan
from crisis.core.report import ReflectionReport, reflection_report
from crisis.core.report_record import report_digest
from crisis.usecases.reading import Desk

Status = Literal["draft", "final"]


def build(
    desk: Desk, incident_id: str, *, log_to: int | None = None, status: Status = "draft"
) -> ReflectionReport:
    """
    Return the report over an incident's log, or over its entries up to `log_to`.

    The same log gives the same report, byte for byte. Nothing is written.

    Raises:
        NotFoundError: there is no such incident.
    """
    entries = desk.incidents.entries(incident_id)
    last = entries[-1].seq if log_to is None else log_to
    return reflection_report(entries, log_to=last, status=status)


def draft(desk: Desk, incident_id: str, *, status: Status, run: str = "") -> ReflectionReport:
    """
    Build the report and record it for every step that waits for one of this status.

    `run` names Prefect's flow run that carried it out; empty without Prefect.

    Raises:
        NotFoundError: there is no such incident.
    """
    report = build(desk, incident_id, status=status)
    incident = desk.incidents.current(incident_id)
    now = desk.house.clock.now()
    computes = [one for one in plan(incident, now=now).computes if one.status == status]
    digest = report_digest(report) if computes else ""
    events = tuple(
        ReportDrafted(
            step=compute.step,
            status=status,
            log_to=report.cover.log_to,
            digest=digest,
            run=run,
        )
        for compute in computes
    )
    if events:
        desk.house.log.append(incident_id, events, actor=SYSTEM, at=now, expected_version=None)
    return report
