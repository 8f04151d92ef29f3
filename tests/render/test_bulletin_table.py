"""The report's table of bulletins, in both languages."""

import pytest

from crisis.core.report import reflection_report
from crisis.render.party_tables import PartyTables
from crisis.render.report_tables import Table
from crisis.render.wording import Language
from tests.builders import T0, minutes
from tests.core.bulletins import ON_ROADS, a_run, issued
from tests.core.playing import acknowledged, asked

TOLD: dict[Language, Table] = {
    "de": Table(
        caption="Sicherheitshinweise",
        heads=(
            *("Nr.", "Worum", "Länder (ISO 3166)", "Von", "Herausgegeben", "Gilt bis"),
            *("Bestätigt", "Beleg"),
        ),
        rows=(
            (
                *("H-01", "Lage im Herkunftsland", "RO, BG", "Stelle wr", "18.12. 19:20"),
                *("31.12.2026, ersetzt durch H-02", "1 von 1, 18.12. 19:24", "2, 6"),
            ),
            (
                *("H-02", "Sicherheit der Beratenden", "-", "Federführung", "18.12. 19:24"),
                *("31.12.2026", "0 von 1", "7"),
            ),
        ),
    ),
    "en": Table(
        caption="Security bulletins",
        heads=(
            *("No.", "About", "Countries (ISO 3166)", "From", "Issued", "Holds until"),
            *("Confirmed", "Log"),
        ),
        rows=(
            (
                *("H-01", "situation in the country", "RO, BG", "Office wr", "18 Dec 19:20"),
                *("2026-12-31, replaced by H-02", "1 of 1, 18 Dec 19:24", "2, 6"),
            ),
            (
                *("H-02", "safety of counsellors", "-", "Lead", "18 Dec 19:24"),
                *("2026-12-31", "0 of 1", "7"),
            ),
        ),
    ),
}


@pytest.mark.parametrize("language", ["de", "en"])
def test_bulletins_are_a_table_of_the_report(language: Language) -> None:
    timeline = a_run()
    timeline.append(*issued(timeline, partner="wr"))
    asked(timeline)
    timeline.now = T0 + minutes(4)
    timeline.append(acknowledged("B04", at=timeline.now))
    replacing = {**ON_ROADS, "about": "counsellors", "countries": [], "replaces": "H-01"}
    timeline.append(*issued(timeline, replacing))
    asked(timeline)

    report = reflection_report(timeline.entries, log_to=timeline.entries[-1].seq)

    assert PartyTables(report, language).tables() == (TOLD[language],)
