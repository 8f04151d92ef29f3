"""The report's tables: every cell as people read it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core.playbook import Start
from crisis.core.report import ReflectionReport, reflection_report
from crisis.core.report_part import OccasionName, PartnerName
from crisis.core.words import Words
from crisis.render.report_tables import ReportTables
from tests.core.test_metrics_reference_run import reference_log


@pytest.fixture(scope="module")
def reference() -> ReflectionReport:
    pen = reference_log()
    return reflection_report(pen.log(), log_to=len(pen.entries))


def _m(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (Start(), "T0"),
        (Start(offset=_m(90)), "T0+90\u00a0min"),
        (Start(after=("A0", "A9")), "nach A0 und A9"),
        (
            Start(after=("A0", "A9"), mode="any", offset=_m(5), latest=_m(30)),
            "nach A0 oder A9 + 5\u00a0min, spätestens T0+30\u00a0min",
        ),
    ],
)
def test_plan_says_when_a_step_was_to_begin(
    reference: ReflectionReport, start: Start, told: str
) -> None:
    report = replace(reference, plan=(replace(reference.plan[0], start=start),))
    assert ReportTables(report, "de").plan().rows[0][3] == told


def test_rulings_show_the_late_entry_and_the_reason(reference: ReflectionReport) -> None:
    assert ReportTables(reference, "de").rulings().rows == (
        ("A04", "18.12. 19:40", "ob-l", "unklar", "Lage unübersichtlich", "17, nachgetragen"),
    )


def test_matrices_say_with_symbol_and_word_what_came_of_every_ask(
    reference: ReflectionReport,
) -> None:
    last = ReportTables(reference, "en").matrices()[-1]
    assert last.heads == ("Partner", "A12", "A13", "A14", "A15", "A16")
    assert [row[1:] for row in last.rows] == [
        ("✓\u00a012\u00a0min, level 2", "", "", "", ""),
        ("", "!\u00a0late, 29\u00a0min, level 4", "", "", ""),
        ("", "", "!\u00a0late, 18\u00a0min, level 3", "", ""),
        ("", "", "", "✓\u00a03\u00a0min", ""),
        ("", "", "", "", "✗ never reached, level 4"),
    ]


def test_single_values_stand_with_their_evidence(reference: ReflectionReport) -> None:
    rows = ReportTables(reference, "de").single_values().rows
    assert rows[-1][:8] == (
        "A16",
        "krs",
        "18.12. 19:41",
        "21\u00a0min",
        "-",
        "18.12. 19:56",
        "4",
        "✗ nie erreicht",
    )


def test_plan_names_agreements_by_their_place(reference: ReflectionReport) -> None:
    first, second = Words(de="Unsere", en="Ours"), Words(de="Ihre", en="Theirs")
    steps = tuple(
        replace(reference.plan[0], agreements=found) for found in ((first,), (second, first), ())
    )
    tables = ReportTables(replace(reference, plan=steps), "de")

    assert tables.agreements == ("Unsere", "Ihre")
    assert [row[6] for row in tables.plan().rows] == ["S2.6 [1]", "S2.6 [2, 1]", "S2.6"]


def test_facts_and_turning_points_read_in_words(reference: ReflectionReport) -> None:
    fact = replace(reference.facts[0], text=Words(de="Amok"), source="A02/ob-l")
    came = replace(reference.chronicle[0], kind="occasion-came", step="", detail="V")
    name = PartnerName(
        id="ob-l", name=Words(de="Beauftragte"), organisation="o", contact=Words(de="Dienst")
    )
    known = OccasionName(id="V", title=Words(de="Verdachtsfall"))
    report = replace(
        reference, facts=(fact,), chronicle=(came,), partners=(name,), occasions=(known,)
    )
    tables = ReportTables(report, "de")

    assert tables.facts().rows[0][2:4] == ("Amok", "A02 Beauftragte")
    assert tables.chronicle().rows[0][2] == "Eingetreten: Verdachtsfall"
