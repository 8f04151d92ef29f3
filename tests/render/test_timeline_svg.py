"""Planned against actual as pictures: they announce themselves and carry their own labels."""

from typing import Literal
from xml.etree.ElementTree import Element, fromstring

import pytest

from crisis.core.report import ReflectionReport, reflection_report
from crisis.render.timeline_svg import timeline_svg
from tests.core.test_metrics_reference_run import reference_log
from tests.render.long_run import six_weeks

SVG = "{http://www.w3.org/2000/svg}"
Part = Literal["first-hours", "whole-run"]


@pytest.fixture(scope="module")
def reference() -> ReflectionReport:
    pen = reference_log()
    return reflection_report(pen.log(), log_to=len(pen.entries))


def _read(picture: str) -> Element:
    return fromstring(picture)  # noqa: S314 -- our own drawing, made two lines above


def _texts(picture: str) -> list[str]:
    return [text.text or "" for text in _read(picture).iter(f"{SVG}text")]


@pytest.mark.parametrize("part", ["first-hours", "whole-run"])
def test_timeline_svg_announces_itself(reference: ReflectionReport, part: Part) -> None:
    root = _read(timeline_svg(reference, part=part))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{part}-title {part}-desc"
    assert [child.get("id") for child in root[:2]] == [f"{part}-title", f"{part}-desc"]
    assert "A16" in (root[1].text or "")
    assert {pattern.get("id") for pattern in root.iter(f"{SVG}pattern")} == {
        f"{part}-plan",
        f"{part}-open",
        f"{part}-weak",
    }


def test_timeline_svg_labels_every_partner_of_the_reference_run(
    reference: ReflectionReport,
) -> None:
    texts = _texts(timeline_svg(reference, part="first-hours"))
    assert [text for text in texts if text[0] in "✓!✗"] == [
        "✓ in der Frist, nach 4\u00a0min",
        "✓ in der Frist, nach 11\u00a0min",
        "✓ in der Frist, nach 8\u00a0min",
        "! verspätet, nach 12\u00a0min",
        "✓ in der Frist, nach 3\u00a0min",
        "✓ in der Frist, nach 8\u00a0min (Stufe 1)",
        "✓ in der Frist, nach 12\u00a0min (Stufe 2)",
        "! verspätet, nach 29\u00a0min (Stufe 4)",
        "! verspätet, nach 18\u00a0min (Stufe 3)",
        "✓ in der Frist, nach 3\u00a0min",
        "✗ nie erreicht seit 29\u00a0min",
    ]


def test_timeline_svg_speaks_english(reference: ReflectionReport) -> None:
    texts = _texts(timeline_svg(reference, part="first-hours", language="en"))
    assert texts[:5] == [
        "planned until the deadline",
        "ask until acknowledgement",
        "no acknowledgement",
        "2",
        "escalation level",
    ]


def test_timeline_svg_changes_scale_where_a_run_lasts_weeks() -> None:
    report = reflection_report(six_weeks().log(), log_to=10_000)
    texts = _texts(timeline_svg(report, part="whole-run"))
    assert [text for text in texts if text.endswith("seit T0")] == [
        "Stunden seit T0",
        "Stunden seit T0",
        "Tage seit T0",
        "Tage seit T0",
    ]
    assert "! 2 von 2, 1 verspätet" in texts


def test_timeline_svg_keeps_one_scale_where_a_run_lasts_an_hour(
    reference: ReflectionReport,
) -> None:
    texts = _texts(timeline_svg(reference, part="whole-run"))
    assert texts.count("Stunden seit T0") == 1
