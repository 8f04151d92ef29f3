"""The report for programs: the very bytes whose fingerprint stands in the log."""

from crisis.core.report import ReflectionReport
from crisis.core.report_record import report_text


def report_json(report: ReflectionReport) -> str:
    """Return the report as JSON: keys in snake_case, moments in ISO 8601, durations in seconds."""
    return report_text(report)
