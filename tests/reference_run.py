"""The reference run of `playbooks.md` §7.4: its file, and its figures in the file's own words."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from crisis.core.figure import Share
from crisis.core.metrics_channel import metric_m7, metric_m8
from crisis.core.metrics_contact import (
    metric_m1,
    metric_m2,
    metric_m3,
    metric_m4,
    metric_m5,
    metric_m22,
)
from crisis.core.metrics_ladder import metric_m6
from crisis.core.scope import Scope

ROOT = Path(__file__).parents[1]
FILE = ROOT / "playbooks" / "sn-mass-casualty.reference-run.rehearsal.yaml"


def figures_of(scope: Scope) -> dict[str, Any]:
    """Return the figures in the words of the rehearsal file, in minutes."""
    m3 = metric_m3(scope)
    share, m22 = metric_m4(scope).stat("in-time"), metric_m22(scope).stat("outside")
    assert isinstance(share, Share)
    assert isinstance(m22, Share)
    return {
        "M1": _minutes(metric_m1(scope).stat("duration")),
        "M2": {
            row.step: _minutes(row.value) for row in metric_m2(scope).rows if row.step == "A10"
        },
        "M3": {row.step: _minutes(row.value) for row in m3.rows},
        "M3_median": _minutes(m3.stat("median")),
        "M3_censored": {row.step: _minutes(row.value) for row in m3.censored},
        "M4": [share.part, share.whole],
        "M5": [row.step for row in metric_m5(scope).rows],
        "M6": {str(level): metric_m6(scope).stat(f"level-{level}") for level in (1, 2, 3, 4)},
        "M7_hard": [row.step for row in metric_m7(scope).rows if row.state.value == "hard"],
        "M8_deputy": [row.step for row in metric_m8(scope).rows if row.step],
        "M22": [m22.part, m22.whole],
    }


def _minutes(value: object) -> int:
    assert isinstance(value, timedelta)
    return round(value / timedelta(minutes=1))
