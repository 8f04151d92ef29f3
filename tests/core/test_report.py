"""The report as data: what stands on its cover, what it covers, how it is fingerprinted."""

import json
from dataclasses import replace
from datetime import time, timedelta

import pytest

from crisis.core import event as ev
from crisis.core.contact import Tlp
from crisis.core.deadline import DayHours, Within
from crisis.core.figure import RowState
from crisis.core.layer import LongerDeadline
from crisis.core.playbook import (
    DecisionOption,
    ExpectDecision,
    Ladder,
    Phase,
    Rung,
    RungAction,
)
from crisis.core.report import reflection_report
from crisis.core.report_record import report_digest, report_text
from crisis.core.words import Words
from tests.report_log import T0, Pen, a_directory, a_partner, a_playbook, a_step


def _m(count: float) -> timedelta:
    return timedelta(minutes=count)


def _pen(tlp: Tlp = Tlp.GREEN) -> Pen:
    steps = (
        replace(a_step("A1"), tlp=tlp),
        a_step("A2"),
    )
    pen = Pen(
        a_playbook(Phase(id="p", title=Words(de="Phase"), steps=steps)),
        a_directory(a_partner("cy", roles=("ob-l",)), a_partner("bo")),
    )
    pen.open(occurred_at=None, attributes={"art": "unklar", "sprachen": ("ar", "fa")})
    return pen


def test_report_covers_the_log_up_to_an_entry_and_no_further() -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", due_at=T0 + _m(15))
    pen.write(T0 + _m(60), ev.IncidentClosed(reason="Übung beendet"))
    cover = reflection_report(pen.log(), log_to=2).cover
    assert (cover.log_from, cover.log_to, cover.log_hash) == (1, 2, "hash-2")
    assert (cover.log_read_at, cover.closed_at) == (T0, None)


def test_report_refuses_a_stretch_without_entries() -> None:
    with pytest.raises(ValueError, match="the log holds no entry up to 0"):
        reflection_report(_pen().log(), log_to=0)


def test_report_names_the_lead_and_lists_facts_with_their_source() -> None:
    report = reflection_report(_pen().log(), log_to=1)
    assert report.leads == ("cy",)
    assert [(fact.label.de, fact.value, fact.source) for fact in report.facts] == [
        ("Art", "unklar", "opening"),
        ("sprachen", "ar, fa", "opening"),
    ]


@pytest.mark.parametrize(
    ("told", "label"),
    [
        (Tlp.GREEN, Tlp.AMBER),
        (Tlp.AMBER_STRICT, Tlp.AMBER_STRICT),
        (Tlp.RED, Tlp.AMBER_STRICT),
    ],
)
def test_report_is_labelled_as_tightly_as_what_was_exchanged(told: Tlp, label: Tlp) -> None:
    pen = _pen(told)
    pen.start(T0, "A1", "cy", due_at=None)
    assert reflection_report(pen.log(), log_to=9).cover.tlp is label


def test_report_shows_dropped_steps_as_fallen_away() -> None:
    pen = _pen()
    for step in ("A1", "A2"):
        pen.start(T0, step, "cy", due_at=T0 + _m(15))
    pen.write(T0 + _m(1), ev.StepObsolete(step="A1", reason="condition"))
    pen.write(T0 + _m(1), ev.StepSkipped(step="A2", partner=None, reason="anders gelöst"))
    report = reflection_report(pen.log(), log_to=9)
    assert [span.state for span in report.timeline.spans] == [RowState.FELL_AWAY] * 2
    assert [bar.state for bar in report.timeline.bars] == [RowState.FELL_AWAY] * 2


def test_report_knows_partners_without_a_deadline_that_took_over() -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", due_at=None)
    pen.acknowledge(T0 + _m(1), "A1", "cy")
    bar = reflection_report(pen.log(), log_to=9).timeline.bars[0]
    assert (bar.state, bar.asked_at) == (RowState.MEASURED, None)


def test_report_digest_changes_with_the_status() -> None:
    log = _pen().log()
    assert report_digest(reflection_report(log, log_to=1)) != report_digest(
        reflection_report(log, log_to=1, status="final")
    )


def test_report_text_tells_the_hours_of_a_longer_deadline() -> None:
    hours = DayHours(opens=time(6), closes=time(22))
    longer = LongerDeadline(
        step="A1",
        was=Within(duration=_m(15)),
        now=Within(duration=_m(20), hours=hours, otherwise=_m(15)),
        reason=Words(de="Der Stab tagt tags in einem anderen Haus."),
        layer="bautzen",
    )
    report = reflection_report(_pen().log(), log_to=1)
    shaped = replace(report, cover=replace(report.cover, longer=(longer,)))
    assert json.loads(report_text(shaped))["cover"]["longer"][0]["now"] == {
        "absolute": False,
        "duration": 1200,
        "hours": {"closes": "22:00:00", "opens": "06:00:00"},
        "occasion": "",
        "otherwise": 900,
        "working_days": None,
    }


def test_report_text_refuses_what_has_no_settled_form() -> None:
    report = reflection_report(_pen().log(), log_to=1)
    odd = replace(report, leads=object())  # type: ignore[arg-type]  # -- the fault under test
    with pytest.raises(TypeError, match="a report holds no object"):
        report_text(odd)


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        (("lead",), [1]),
        (("next-channel", "lead"), [2]),
        (("next-channel", "deputy", "superior", "lead"), [4]),
        (("next-channel", "deputy", "superior"), []),
    ],
)
def test_chronicle_tells_of_the_level_that_hands_over_however_long_the_ladder_is(
    actions: tuple[str, ...], told: list[int]
) -> None:
    rungs = tuple(
        Rung(action=RungAction(action), after=_m(5 * level))
        for level, action in enumerate(actions, start=1)
    )
    phase = Phase(id="p", title=Words(de="Phase"), steps=(a_step("A1"),))
    playbook = replace(a_playbook(phase), ladders=(Ladder(id="esk-a", rungs=rungs),))
    pen = Pen(playbook, a_directory(a_partner("bo")))
    pen.open(occurred_at=None)
    pen.start(T0, "A1", "bo", due_at=T0 + _m(15))
    pen.attempt(T0, "A1", "bo")
    for level in range(1, len(actions) + 1):
        pen.rise(T0 + _m(5 * level), "A1", "bo", level)

    chronicle = reflection_report(pen.log(), log_to=99).chronicle

    assert [(one.at - T0) // _m(5) for one in chronicle if one.kind == "escalated"] == told


def test_report_tells_decisions_levels_and_refusals() -> None:
    option = DecisionOption(id="yes", label=Words(de="ja, Großschadenslage"))
    expect = ExpectDecision(options=(option,), default="yes", default_at=_m(60))
    steps = (a_step("A1"), a_step("A4", expect=expect))
    pen = Pen(
        a_playbook(Phase(id="p", title=Words(de="Phase"), steps=steps)),
        a_directory(a_partner("cy", roles=("ob-l",)), a_partner("bo")),
    )
    pen.open(occurred_at=None)
    pen.start(T0, "A1", "cy", "bo", due_at=T0 + _m(15))
    pen.start(T0, "A4", "cy", due_at=T0 + _m(60))
    for partner in ("cy", "bo"):
        pen.attempt(T0, "A1", partner)
    for level in (1, 4):
        pen.rise(T0 + _m(5 * level), "A1", "bo", level)
    pen.acknowledge(T0 + _m(3), "A1", "cy")
    pen.decline(T0 + _m(25), "A1", "bo", reason="nicht zuständig")
    pen.write(
        T0 + _m(26),
        ev.AttributeSet(attribute="sprachen", value=("ar", "fa"), source="bo", happened_at=T0),
    )
    pen.write(
        T0 + _m(30),
        ev.Decided(
            step="A4", option="yes", reason="Lage", by_default=False, happened_at=T0 + _m(30)
        ),
    )

    report = reflection_report(pen.log(), log_to=99)

    assert [(ruling.option.de, ruling.reason) for ruling in report.rulings] == [
        ("ja, Großschadenslage", "Lage")
    ]
    told = [(moment.kind, moment.detail) for moment in report.chronicle]
    assert told == [
        ("incident-opened", "AHORN 47"),
        ("attribute-set", "sprachen: ar, fa"),
        ("escalated", ""),
        ("declined", "nicht zuständig"),
        ("decided", "yes"),
    ]
    ends = {(bar.step, bar.partner): bar.ended_at for bar in report.timeline.bars}
    assert ends["A1", "bo"] == T0 + _m(25)
    afters = {row.partner: row.cells[0] for row in report.matrices[0].rows}
    assert [cell and cell.after for cell in afters.values()] == [_m(3), None]
