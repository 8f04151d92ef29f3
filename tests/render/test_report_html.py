"""The report as a page: complete in itself, accessible, and nothing in it can act."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page

from crisis.core.event import Mode
from crisis.core.report import ReflectionReport, reflection_report
from crisis.render.report_html import report_html
from crisis.render.wording import Language
from tests.core.test_metrics_reference_run import reference_log
from tests.render.long_run import six_weeks

HOSTILE = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def report() -> ReflectionReport:
    return reflection_report(six_weeks().log(), log_to=10_000)


@pytest.mark.parametrize("language", ["de", "en"])
def test_report_html_needs_nothing_but_itself(
    report: ReflectionReport, language: Language
) -> None:
    page = report_html(report, language=language)
    assert page.startswith(f'<!DOCTYPE html>\n<html lang="{language}">')
    assert re.findall(r"https?://[^\"' ]+", page) == ["http://www.w3.org/2000/svg"] * 2
    assert re.findall(r"<script|<link|<img|<iframe|<object|@import|url\((?!#)", page) == []
    assert re.findall(r"\sstyle=|\son\w+=", page) == []


def test_report_html_gives_every_heading_cell_its_direction(report: ReflectionReport) -> None:
    heads = re.findall(r"<th\b[^>]*>", report_html(report))
    assert set(heads) == {'<th scope="col">', '<th scope="row">'}


def test_report_html_shows_hostile_text_as_text(report: ReflectionReport) -> None:
    cover = replace(report.cover, label=HOSTILE)
    partners = tuple(replace(p, name=replace(p.name, de=HOSTILE)) for p in report.partners)
    page = report_html(replace(report, cover=cover, partners=partners))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_report_html_marks_an_exercise_first_and_a_live_incident_not(
    report: ReflectionReport,
) -> None:
    live = replace(report, cover=replace(report.cover, mode=Mode.LIVE))
    assert "<title>[ÜBUNG] Reflexionsbericht AHORN 47 (Entwurf)</title>" in report_html(report)
    assert "<title>Reflexionsbericht AHORN 47 (Entwurf)</title>" in report_html(live)
    assert "ÜBUNG" not in report_html(live)
    assert "[EXERCISE]" in report_html(report, language="en")


def test_report_html_prints_formula_and_log_range_with_every_figure(
    report: ReflectionReport,
) -> None:
    page = report_html(report)
    for figure in report.figures:
        source = f"Formel {figure.id}, n = {figure.n}, Protokoll Nr. 1 bis {report.cover.log_to}."
        assert source in page


def test_report_html_marks_late_entries(report: ReflectionReport) -> None:
    assert "<td>17, nachgetragen</td>" in report_html(report)


def test_report_html_of_the_reference_run_says_what_was_found() -> None:
    pen = reference_log()
    page = report_html(reflection_report(pen.log(), log_to=len(pen.entries)))
    assert "krs wurde bis zum Ende der Frist nicht erreicht (A16)." in page
    assert "<strong>U</strong> nicht erfüllt" in page


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", [1180, 360])
def test_report_html_has_no_accessibility_faults(
    report: ReflectionReport,
    page: Page,
    axe: Callable[[Page], list[str]],
    language: Language,
    width: int,
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(report_html(report, language=language))
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
