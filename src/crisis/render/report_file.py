"""The report as a file of a kind, by the word people ask for it with."""

from typing import Literal

from crisis.core.report import ReflectionReport
from crisis.render.report_html import report_html
from crisis.render.report_json import report_json
from crisis.render.report_markdown import report_markdown
from crisis.render.wording import Language

FileKind = Literal["html", "json", "md"]
FILE_KINDS: tuple[FileKind, ...] = ("html", "json", "md")


def report_file(report: ReflectionReport, kind: FileKind, *, language: Language = "de") -> bytes:
    """Return the bytes of the report as HTML, JSON or Markdown; JSON holds both languages."""
    if kind == "json":
        return report_json(report).encode()
    if kind == "md":
        return report_markdown(report, language=language).encode()
    return report_html(report, language=language).encode()
