"""The report as Markdown: tables stay tables whatever people wrote."""

from dataclasses import replace

import pytest

from crisis.core.event import IncidentOpened
from crisis.core.report import ReflectionReport, reflection_report
from crisis.render.report_markdown import report_markdown
from crisis.render.wording import Language
from tests.builders import a_directory, a_partner, entries_of
from tests.render.long_run import six_weeks
from tests.shaped import a_shaped_playbook

LANGUAGES: tuple[Language, ...] = ("de", "en")


@pytest.fixture(scope="module")
def report() -> ReflectionReport:
    return reflection_report(six_weeks().log(), log_to=10_000)


def test_report_markdown_begins_with_the_exercise_mark(report: ReflectionReport) -> None:
    first = report_markdown(report).splitlines()[0]
    assert first == "# [ÜBUNG] Reflexionsbericht AHORN 47 (Entwurf)"


def test_report_markdown_has_all_parts(report: ReflectionReport) -> None:
    lines = report_markdown(report, language="en").splitlines()
    assert [line for line in lines if line.startswith("## ")] == [
        "## 1 Summary",
        "## 2 Incident and mandate",
        "## 3 What was planned?",
        "## 4 What happened?",
        "## 5 Figures",
        "## 6 Rating by phase: proposal",
        "## 7 Findings: proposals",
        "## 8 Signatures",
        "## A Annex: single values",
    ]


def test_report_markdown_disarms_markup_and_line_breaks(report: ReflectionReport) -> None:
    fact = replace(report.facts[0], source="a|b\n<img> [x](y)")
    text = report_markdown(replace(report, facts=(fact,)))
    assert "| unklar | a\\|b \\<img\\> \\[x\\](y) | 1 |" in text


def test_report_markdown_lists_open_cases_under_their_figure(report: ReflectionReport) -> None:
    text = report_markdown(report)
    m3 = text[text.index("#### M3") : text.index("#### M6")]
    assert m3.count("- Noch offen: ") == 4
    assert f"Formel M3, n = 99, Protokoll Nr. 1 bis {report.cover.log_to}." in m3


def test_report_names_layers_and_the_reason_of_a_longer_deadline() -> None:
    entries = entries_of(playbook=a_shaped_playbook())

    lines = {
        language: report_markdown(reflection_report(entries, log_to=1), language=language)
        for language in LANGUAGES
    }

    assert (
        "| Längere Frist | A10: 25 min statt 15 min (dresden)."
        " Nachts nur über die Rufbereitschaft. |"
    ) in lines["de"]
    assert (
        "| Longer deadline | A10: 25 min instead of 15 min (dresden)."
        " At night through the stand-by only. |"
    ) in lines["en"]


def test_report_says_at_whose_word_it_was_opened() -> None:
    first, *rest = entries_of(directory=a_directory(a_partner("fbs", role="FBS")))
    assert isinstance(first.event, IncidentOpened)
    entries = (replace(first, event=replace(first.event, begun_by="fbs")), *rest)

    lines = {
        language: report_markdown(reflection_report(entries, log_to=1), language=language)
        for language in LANGUAGES
    }

    assert "| Auf Meldung von | Stelle fbs |" in lines["de"]
    assert "| Begun by | Office fbs |" in lines["en"]
