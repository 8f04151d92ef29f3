"""The report as one HTML file that needs nothing else: no script, no font, no network."""

import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from crisis.core.report import ReflectionReport
from crisis.render.answer_tables import AnswerTables
from crisis.render.party_tables import PartyTables
from crisis.render.report_tables import ReportTables
from crisis.render.report_view import ReportView
from crisis.render.timeline_svg import timeline_svg
from crisis.render.wording import Language


def report_html(report: ReflectionReport, *, language: Language = "de") -> str:
    """Return the report as an accessible page in one language, for screen and paper."""
    parties = PartyTables(report, language)
    return _PAGES.get_template("report.html.j2").render(
        view=ReportView(report, language),
        tables=ReportTables(report, language),
        parties=parties.tables(),
        signatures=parties.signatures(),
        answers=AnswerTables(report, language).tables(),
        style=_style(report, language),
        first_hours=Markup(timeline_svg(report, part="first-hours", language=language)),  # noqa: S704 -- the drawing escapes every text it is given
        whole_run=Markup(timeline_svg(report, part="whole-run", language=language)),  # noqa: S704 -- the drawing escapes every text it is given
    )


def _style(report: ReflectionReport, language: Language) -> Markup:
    source = _PAGES.get_template("report.css").render(view=ReportView(report, language))
    return Markup(source)  # noqa: S704 -- our own file; the words in it come from closed lists


def _css_word(text: str) -> str:
    """Return a text without anything that could end a string in a style sheet."""
    return re.sub(r"[^\w .:+-]", "", text)


_PAGES = Environment(
    loader=PackageLoader("crisis.render"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_PAGES.filters["cssword"] = _css_word
