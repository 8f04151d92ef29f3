"""What readers and editors get as a file: pages, reports and schemas."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from crisis.core.almanac import Appointment
from crisis.core.coverage import Coverage
from crisis.loading import schema
from crisis.usecases.forecasting import Forecast
from crisis.usecases.rehearse import Transcript

if TYPE_CHECKING:
    from crisis.core.report import ReflectionReport
    from crisis.render.report_file import FileKind


def playbook_schema(*, overlay: bool = False) -> str:
    """Return the JSON Schema of playbook files as text, or that of overlays."""
    return schema.overlay_schema() if overlay else schema.playbook_schema()


def agreement_schema() -> str:
    """Return the JSON Schema of files of agreements as text."""
    return schema.agreement_schema()


def calendar_file(
    dates: Iterable[Appointment], *, made_at: datetime, language: Literal["de", "en"] = "de"
) -> bytes:
    """Return shared dates as the bytes of an .ics file."""
    from crisis.render import calendar_file as calendar_sheet

    return calendar_sheet.calendar_text(dates, made_at=made_at, language=language).encode()


def simulation_page(
    transcript: Transcript, *, out: Collection[str] = (), language: Literal["de", "en"] = "de"
) -> bytes:
    """Return a simulated run as one HTML page; `out` names what took no message."""
    from crisis.render import simulation_page as simulation_sheet

    page = simulation_sheet.simulation_page(
        transcript.incident, transcript.entries, out=out, language=language
    )
    return page.encode()


def forecast_page(found: Forecast, *, language: Literal["de", "en"] = "de") -> bytes:
    """Return a forecast as one HTML page."""
    from crisis.render import forecast_page as forecast_sheet

    return forecast_sheet.forecast_page(found, language=language).encode()


def coverage_page(proof: Coverage, *, language: Literal["de", "en"] = "de") -> bytes:
    """Return a proof of coverage as one HTML page."""
    from crisis.render import coverage_page as coverage_sheet

    return coverage_sheet.coverage_page(proof, language=language).encode()


def report_file(
    report: "ReflectionReport", kind: "FileKind", *, language: Literal["de", "en"] = "de"
) -> bytes:
    """Return the bytes of a report as HTML, JSON or Markdown; JSON holds both languages."""
    from crisis.render import report_file as rendering

    return rendering.report_file(report, kind, language=language)
