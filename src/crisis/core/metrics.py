"""
The figures of the reflection report, each computed from the log alone (§4.3).

A new figure is a definition in `core/definition.py`, a function beside its kin,
and a line in `METRICS`.
"""

from collections.abc import Callable

from crisis.core.figure import Figure
from crisis.core.metrics_channel import metric_m7, metric_m8
from crisis.core.metrics_contact import (
    metric_m1,
    metric_m2,
    metric_m3,
    metric_m4,
    metric_m5,
    metric_m22,
)
from crisis.core.metrics_deadline import metric_m9, metric_m15
from crisis.core.metrics_departure import metric_m10, metric_m16
from crisis.core.metrics_joint import metric_m19
from crisis.core.metrics_ladder import metric_m6
from crisis.core.metrics_log import metric_m17, metric_m27
from crisis.core.metrics_protection import metric_m18, metric_m20
from crisis.core.scope import Scope

METRICS: tuple[Callable[[Scope], Figure], ...] = (
    metric_m1,
    metric_m2,
    metric_m3,
    metric_m4,
    metric_m5,
    metric_m6,
    metric_m7,
    metric_m8,
    metric_m9,
    metric_m10,
    metric_m15,
    metric_m16,
    metric_m17,
    metric_m18,
    metric_m19,
    metric_m20,
    metric_m22,
    metric_m27,
)


# How partners were reached: what a part of a run is shown by.
CONTACT_METRICS = (metric_m3, metric_m4, metric_m5, metric_m6, metric_m9)


def figures(scope: Scope) -> tuple[Figure, ...]:
    """Return every figure over one scope, in the order of their numbers."""
    return tuple(metric(scope) for metric in METRICS)


def contact_figures(scope: Scope) -> tuple[Figure, ...]:
    """Return the figures that tell how partners were reached, over one scope."""
    return tuple(metric(scope) for metric in CONTACT_METRICS)
