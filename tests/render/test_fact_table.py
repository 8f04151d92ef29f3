"""The report's table of facts: numbers with what they count."""

from dataclasses import replace

from crisis.core.report import reflection_report
from crisis.core.words import Words
from crisis.render.report_tables import ReportTables
from tests.builders import a_playbook
from tests.core.playing import a_timeline, set_to


def test_count_is_told_with_what_it_counts_and_its_source() -> None:
    plain = a_playbook()
    counted = Words(de="Verstorbene", en="People who died")
    attributes = tuple(
        replace(one, definition=counted) if one.id == "deaths" else one for one in plain.attributes
    )
    timeline = a_timeline(replace(plain, attributes=attributes))
    timeline.append(set_to("deaths", 2), set_to("deaths", 3))

    report = reflection_report(timeline.entries, log_to=timeline.entries[-1].seq)

    rows = ReportTables(report, "de").facts().rows
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("Tote (Verstorbene)", "2", "POL-FLZ"),
        ("Tote (Verstorbene)", "3", "POL-FLZ"),
    ]
