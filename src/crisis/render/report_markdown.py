"""The report as Markdown, for whoever wants to write on in it."""

import re
from collections.abc import Iterable, Iterator

from crisis.core.report import ReflectionReport
from crisis.render.answer_tables import AnswerTables
from crisis.render.figure_view import FigureView
from crisis.render.party_tables import PartyTables
from crisis.render.report_tables import ReportTables, Table
from crisis.render.report_view import ReportView, Verdict
from crisis.render.wording import Language

# What would be markup where people only wrote text.
_MARKUP = re.compile(r"([\\\\`*_\[\]<>|#])")


def report_markdown(report: ReflectionReport, *, language: Language = "de") -> str:
    """Return the report without pictures; their values stand in the tables."""
    view, tables = ReportView(report, language), ReportTables(report, language)
    return "\n".join(_lines(view, tables)) + "\n"


def _lines(view: ReportView, tables: ReportTables) -> Iterator[str]:
    pick = view.pick
    yield f"# {view.title}"
    yield ""
    yield from _grid((pick("Angabe", "Item"), pick("Wert", "Value")), view.cover())
    yield from _head(f"1 {pick('Kurzfassung', 'Summary')}")
    yield from _verdicts(view.lights())
    yield ""
    yield from _grid(
        (pick("Kennzahl", "Figure"), pick("Wert", "Value"), pick("Formel", "Formula")),
        view.key_figures(),
    )
    yield from _head(f"2 {pick('Ereignis und Auftrag', 'Incident and mandate')}")
    yield from _table(tables.facts())
    yield from _table(tables.rulings())
    yield from _head(f"3 {pick('Was war vorgesehen?', 'What was planned?')}")
    yield from _plan(tables)
    yield from _head(f"4 {pick('Was ist geschehen?', 'What happened?')}")
    yield from _table(tables.chronicle())
    report, language = view.report, view.wording.language
    joint = (*PartyTables(report, language).tables(), *AnswerTables(report, language).tables())
    for table in (*tables.matrices(), *joint):
        yield from _table(table)
    yield from _head(f"5 {pick('Kennzahlen', 'Figures')}")
    for heading, figures in view.figures():
        yield f"### {_plain(heading)}"
        yield ""
        for figure in figures:
            yield from _figure(figure, still_open=pick("Noch offen", "Still open"))
    yield from _head(f"6 {pick('Bewertung je Phase: Vorschlag', 'Rating by phase: proposal')}")
    yield from _verdicts(view.reviews())
    yield from _objectives(view)
    yield from _findings(view)
    yield from _signatures(view)
    yield from _head(f"A {pick('Anhang: Einzelwerte', 'Annex: single values')}")
    yield from _table(tables.single_values())
    yield f"{view.mark} {view.tlp}".strip()


def _plan(tables: ReportTables) -> Iterator[str]:
    yield from _table(tables.plan())
    for place, title in enumerate(tables.agreements, start=1):
        yield f"{place}. {_plain(title)}"


def _findings(view: ReportView) -> Iterator[str]:
    pick = view.pick
    heads = (pick("Beobachtung", "Observation"), pick("Bezug", "Reference"), pick("Nr.", "Log"))
    yield from _head(f"7 {pick('Feststellungen: Vorschläge', 'Findings: proposals')}")
    for strengths, name in (
        (True, pick("Stärken", "Strengths")),
        (False, pick("Verbesserungsbereiche", "Areas for improvement")),
    ):
        yield f"### {name}"
        yield ""
        yield from _grid(heads, view.findings(strengths=strengths))
        yield ""


def _signatures(view: ReportView) -> Iterator[str]:
    yield from _head(f"8 {view.pick('Mitzeichnung', 'Signatures')}")
    yield from _table(PartyTables(view.report, view.wording.language).signatures())


def _head(title: str) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""


def _table(table: Table) -> Iterator[str]:
    yield f"**{_plain(table.caption)}**"
    yield ""
    yield from _grid(table.heads, table.rows)
    yield ""


def _grid(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    columns = tuple(heads)
    yield _row(columns)
    yield _row("---" for _ in columns)
    for row in rows:
        yield _row(map(_plain, row))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _objectives(view: ReportView) -> Iterator[str]:
    found = view.objectives()
    if found:
        title = view.pick("Bewertung je Ziel: Vorschlag", "Rating by objective: proposal")
        yield from ("", f"### {title}", "")
        yield from _verdicts(found)


def _verdicts(verdicts: Iterable[Verdict]) -> Iterator[str]:
    for verdict in verdicts:
        reasons = "; ".join(verdict.reasons)
        yield f"- **{_plain(verdict.name)}**: {_plain(verdict.grade)} ({_plain(reasons)})"


def _figure(figure: FigureView, *, still_open: str) -> Iterator[str]:
    yield f"#### {figure.id} {_plain(figure.label)}"
    yield ""
    for name, value in figure.stats:
        yield f"- {_plain(name)}: **{_plain(value)}**"
    for case in figure.open_cases:
        yield f"- {still_open}: {_plain(case)}"
    for case in figure.cases:
        yield f"- {_plain(case)}"
    yield ""
    yield f"{_plain(figure.formula)}. {_plain(figure.source)}."
    yield ""


def _plain(text: str) -> str:
    """Return a text on one line in which nothing acts as markup."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
