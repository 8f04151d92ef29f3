"""The dates that partners share: series of standing duties, and days of reviews."""

from dataclasses import replace
from datetime import date, timedelta

from crisis.core.almanac import Appointment, reviews, standing_duties
from crisis.core.register import Due
from crisis.core.repeat import Repeat
from crisis.core.words import Words
from tests.builders import T0, a_playbook, a_step
from tests.core.test_register import KOK

EVERY_TWO_YEARS = "FREQ=YEARLY;INTERVAL=2"


def test_only_what_comes_back_by_a_rule_is_a_standing_duty() -> None:
    playbook = a_playbook(
        a_step("N02", repeat=Repeat(dates=(T0, T0 + timedelta(days=730)), rule=EVERY_TWO_YEARS)),
        a_step("A10"),
        a_step("A11", repeat=Repeat(every=timedelta(hours=24))),
    )

    assert standing_duties([playbook]) == (
        Appointment(
            id="pb/N02",
            title=Words(de="Schritt N02", en="Step N02"),
            roles=("OHS",),
            starts_at=T0,
            rule=EVERY_TWO_YEARS,
        ),
    )


def test_reviews_of_agreements_and_playbooks_are_days() -> None:
    playbook = a_playbook()
    dues = [
        Due(agreement=KOK, due_on=date(2023, 7, 22), last=None),
        Due(agreement=replace(KOK, id="undated"), due_on=None, last=None),
    ]

    found = reviews([playbook], dues)

    assert [(one.id, one.day, one.roles) for one in found] == [
        (f"review/{KOK.id}", date(2023, 7, 22), ()),
        ("review/pb", playbook.review_by, ("OB-L",)),
    ]
    assert found[1].title == Words(
        de="Prüfung des Ablaufplans: Lage", en="Review of the playbook: Incident"
    )
