"""M10 and M16: where a run departed from its playbook, and how its numbers grew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from crisis.core import event as ev
from crisis.core.asked import TOO_LATE
from crisis.core.deadline import Within
from crisis.core.figure import Figure, RowState
from crisis.core.layer import LongerDeadline
from crisis.core.metrics_departure import metric_m10, metric_m16
from crisis.core.scope import Scope, read_scope
from crisis.core.words import Words
from tests.builders import T0, a_playbook, minutes
from tests.core.playing import a_timeline
from tests.core.timelines import Timeline


def stats(figure: Figure) -> dict[str, object]:
    return {stat.key: stat.value for stat in figure.stats}


def read(timeline: Timeline, metric: Callable[[Scope], Figure]) -> Figure:
    return metric(read_scope(timeline.entries, at=T0 + timedelta(days=1)))


def test_what_was_left_out_or_asked_beside_is_counted_with_whether_why_is_known() -> None:
    longer = LongerDeadline(
        step="A10",
        was=Within(duration=minutes(15)),
        now=Within(duration=minutes(25)),
        reason=Words(de="Nachts nur über Rufbereitschaft"),
        layer="goerlitz",
    )
    timeline = a_timeline(replace(a_playbook(), longer=(longer,)))
    timeline.append(
        ev.StepSkipped(step="A10", partner="ohs", reason="anders gelöst"),
        ev.StepSkipped(step="A10", partner=None, reason=""),
        ev.StepSkipped(step="A10", partner=None, reason=TOO_LATE),
    )
    [_, explained, bare, _] = timeline.entries

    figure = read(timeline, metric_m10)

    assert stats(figure) == {
        "left-out": 2,
        "asked-beside": 0,
        "given-longer": 1,
        "unexplained": 1,
    }
    assert [(row.step, row.partner, row.state, row.evidence) for row in figure.rows] == [
        ("A10", "ohs", RowState.MEASURED, (explained.seq,)),
        ("A10", "", RowState.UNCERTAIN, (bare.seq,)),
    ]
    assert figure.n == 2


def test_ask_beside_the_playbook_is_a_departure() -> None:
    timeline = a_timeline()
    timeline.append(
        ev.AdHocAsked(
            step="X01",
            partner="ohs",
            text="Bitte Decken.",
            reason="Kälte",
            due_at=None,
            within=None,
        )
    )

    figure = read(timeline, metric_m10)

    assert (figure.stat("asked-beside"), figure.stat("unexplained")) == (1, 0)


def with_one_death() -> Timeline:
    first = a_timeline().entries[0]
    assert isinstance(first.event, ev.IncidentOpened)
    opened = replace(first.event, attributes={"deaths": 1, "kind_of_event": "unclear"})
    return Timeline(entries=[replace(first, event=opened)])


def _said(value: int | str, *, source: str, minute: float, name: str = "deaths") -> ev.Event:
    return ev.AttributeSet(
        attribute=name, value=value, source=source, happened_at=T0 + minutes(minute)
    )


def test_each_count_is_a_series_with_its_greatest_change_and_contradictions() -> None:
    timeline = with_one_death()
    timeline.now = T0 + timedelta(hours=9)
    timeline.append(
        _said(6, source="IRLS", minute=20),
        _said(4, source="POL", minute=40),  # another source within the hour: a contradiction
        _said(5, source="POL", minute=50),  # the same source corrects itself
        _said(5, source="KH", minute=60),  # another source agrees
        _said(9, source="KH", minute=300),
        _said(11, source="POL", minute=480),  # hours later the number has grown
        _said("unknown", source="POL", minute=490),
        _said("terror", source="POL", minute=495, name="kind_of_event"),
    )

    figure = read(timeline, metric_m16)

    assert stats(figure) == {"values": 7, "largest-change": 5, "contradictions": 2}
    [row] = figure.rows
    assert (row.subject, row.value, figure.n) == ("deaths", 11, 1)
    assert row.evidence == tuple(entry.seq for entry in timeline.entries[:7])


def test_late_entry_stands_where_it_happened() -> None:
    timeline = a_timeline()
    timeline.now = T0 + timedelta(hours=9)
    timeline.append(_said(9, source="KH", minute=300), _said(2, source="POL", minute=5))

    figure = read(timeline, metric_m16)

    assert [row.value for row in figure.rows] == [9]
    assert stats(figure) == {"values": 2, "largest-change": 7, "contradictions": 0}


def test_nothing_counted_is_nothing_known() -> None:
    figure = read(a_timeline(), metric_m16)

    assert stats(figure) == {"values": 0, "largest-change": None, "contradictions": 0}
    assert (figure.rows, figure.n) == ((), 0)
    one = with_one_death()
    assert stats(read(one, metric_m16))["largest-change"] is None
