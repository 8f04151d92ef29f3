"""A run with steps that carry bulletins, and issuing them."""

from datetime import datetime, timedelta

from crisis.core import issuing
from crisis.core.bulletin import BulletinClass, BulletinRule
from crisis.core.event import Event
from crisis.core.form import Answers
from crisis.core.issuing import Issuing
from crisis.core.playbook import Step
from crisis.core.words import Words
from tests.builders import a_directory, a_partner, a_playbook, a_step
from tests.core.playing import a_timeline
from tests.core.timelines import Timeline

DAY = timedelta(days=1)
# T0 is 18 December 2026, 19:20 in Germany.
ON_ROADS: Answers = {
    "about": "country-of-origin",
    "countries": ["RO", "BG"],
    "valid_until": "2026-12-31",
    "text": "Anwerbung läuft über Fahrdienste.",
}


def a_carrying_step(name: str = "B04", **changes: object) -> Step:
    classes = (BulletinClass.COUNTRY, BulletinClass.COUNSELLORS, BulletinClass.GENERAL)
    message = Words(de="Neuer Hinweis: {bulletin}.", en="New bulletin: {bulletin}.")
    rule = BulletinRule(classes=classes, by=("WR",))
    return a_step(name, **{"bulletin": rule, "message": message, **changes})


def a_run(*steps: Step) -> Timeline:
    directory = a_directory(
        a_partner("ohs"), a_partner("wr", role="WR"), a_partner("far", role="WR", regions=("05",))
    )
    return a_timeline(a_playbook(*(steps or (a_carrying_step(),))), directory=directory)


def issued(
    timeline: Timeline,
    answers: Answers | None = None,
    *,
    step: str = "B04",
    partner: str = "",
    number: str = "",
    happened_at: datetime | None = None,
) -> tuple[Event, ...]:
    return issuing.issue(
        timeline.incident,
        Issuing(
            step=step,
            partner=partner,
            contact=partner,
            number=number,
            happened_at=happened_at or timeline.now,
        ),
        ON_ROADS if answers is None else answers,
        now=timeline.now,
    )
