"""What the report says of bulletins: to whom, when, who confirmed; never what they say."""

from dataclasses import fields
from datetime import date, timedelta

from crisis.core.bulletin import BulletinClass
from crisis.core.bulletin_review import BulletinReview, bulletin_reviews
from crisis.core.report import reflection_report
from crisis.core.scope import read_scope
from tests.builders import T0, minutes
from tests.core.bulletins import ON_ROADS, a_run, issued
from tests.core.playing import acknowledged, asked


def test_each_bulletin_is_told_with_who_confirmed_it() -> None:
    timeline = a_run()
    timeline.append(*issued(timeline, partner="wr"))
    asked(timeline)
    timeline.now = T0 + minutes(4)
    timeline.append(acknowledged("B04", at=timeline.now))
    replacing = {**ON_ROADS, "about": "counsellors", "countries": [], "replaces": "H-01"}
    timeline.append(*issued(timeline, replacing))
    asked(timeline)

    scope = read_scope(timeline.entries, at=T0 + timedelta(hours=1))

    taken = scope.seqs("B04", "ohs", type(acknowledged("B04")))
    [first, second] = [
        entry.seq for entry in timeline.entries if entry.event.kind == "bulletin-issued"
    ]
    assert bulletin_reviews(scope) == (
        BulletinReview(
            bulletin="H-01",
            step="B04",
            about=BulletinClass.COUNTRY.label,
            countries=("RO", "BG"),
            valid_until=date(2026, 12, 31),
            partner="wr",
            issued_at=T0,
            replaced_by="H-02",
            asked=("ohs",),
            confirmed=("ohs",),
            last_confirmed_at=T0 + minutes(4),
            evidence=(first, *taken),
        ),
        BulletinReview(
            bulletin="H-02",
            step="B04",
            about=BulletinClass.COUNSELLORS.label,
            countries=(),
            valid_until=date(2026, 12, 31),
            partner="",
            issued_at=T0 + minutes(4),
            replaced_by="",
            asked=("ohs",),
            confirmed=(),
            last_confirmed_at=None,
            evidence=(second,),
        ),
    )


def test_report_names_who_issued_it_and_never_its_text() -> None:
    timeline = a_run()
    timeline.append(*issued(timeline, partner="wr"))
    asked(timeline)

    report = reflection_report(timeline.entries, log_to=timeline.entries[-1].seq)

    assert "wr" in [partner.id for partner in report.partners]
    told = repr([getattr(report, part.name) for part in fields(report)])
    assert ("H-01" in told, "Fahrdienste" in told) == (True, False)
