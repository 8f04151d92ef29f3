"""Planned against actual, as accessible SVG: the first hours, or the whole run."""

from typing import Literal

from crisis.core.report import ReflectionReport
from crisis.render.first_hours_svg import first_hours_svg
from crisis.render.whole_run_svg import whole_run_svg
from crisis.render.wording import Language, Wording


def timeline_svg(
    report: ReflectionReport,
    *,
    part: Literal["first-hours", "whole-run"],
    language: Language = "de",
) -> str:
    """
    Return a picture that stands alone: title, description, hatching, direct labels.

    `first-hours` has a row per partner on a clock, `whole-run` a row per step on a
    scale of hours, then days.
    """
    wording = Wording(language)
    if part == "first-hours":
        return first_hours_svg(report, wording)
    return whole_run_svg(report, wording)
