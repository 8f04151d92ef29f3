"""Whom each level turns to, and when it is reached."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crisis.core import event as ev
from crisis.core.availability import Rota, Shift
from crisis.core.contact import ChannelKind
from crisis.core.delivery import OutcomeKind
from crisis.core.incident import fold
from crisis.core.ladder import rung_moment
from crisis.core.obligation import ObligationState
from crisis.core.outlook import outlook
from crisis.core.playbook import Ladder, Playbook, Rung, RungAction, Step
from tests.builders import (
    T0,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)
from tests.core.timelines import Timeline

BERLIN = ZoneInfo("Europe/Berlin")


def a_timeline(*steps: Step, playbook: Playbook | None = None, **kwargs: object) -> Timeline:
    entries = entries_of(playbook=playbook or a_playbook(*steps), **kwargs)  # type: ignore[arg-type]  # -- passed on
    return Timeline(entries=list(entries))


def asked(timeline: Timeline) -> list[tuple[str, int]]:
    return [(ask.channel, ask.level) for ask in timeline.perform([])]


def with_ladder(*rungs: Rung) -> Playbook:
    return replace(a_playbook(), ladders=(Ladder(id="A", rungs=rungs),))


@pytest.mark.parametrize(
    ("rung", "reached"),
    [
        (Rung(action=RungAction.DEPUTY, after=minutes(10)), T0 + minutes(10)),
        (Rung(action=RungAction.DEPUTY), T0),
        (
            Rung(action=RungAction.DEPUTY, working_days=2),
            datetime(2026, 12, 23, 19, 20, tzinfo=BERLIN),
        ),
    ],
)
def test_rung_is_reached_after_time_or_working_days(rung: Rung, reached: datetime) -> None:
    holiday = datetime(2026, 12, 22, tzinfo=BERLIN).date()
    directory = a_directory(a_partner("ohs"), holidays=(holiday,))
    view = outlook(fold(entries_of(directory=directory)), now=T0)

    assert rung_moment(view, rung, asked_at=T0) == reached


def test_contact_that_is_its_own_deputy_and_superior_does_not_keep_the_ladder_turning() -> None:
    alone = a_contact("ohs", kinds=(ChannelKind.EMAIL,), deputy="ohs", superior="ohs")
    timeline = a_timeline(directory=a_directory(a_partner("ohs"), contacts=(alone,)))
    seen = asked(timeline)

    for _ in range(6):
        timeline.now += minutes(5)
        seen += asked(timeline)

    assert seen == [
        ("ohs-email", 0),
        ("ohs-email", 1),
        ("ohs-email", 2),
        ("ohs-email", 3),
        ("lead-http", 4),
    ]


def test_nobody_to_turn_to_at_any_level_goes_to_the_lead_at_once() -> None:
    nobody = a_contact("ohs", kinds=())
    timeline = a_timeline(directory=a_directory(a_partner("ohs"), contacts=(nobody,)))

    assert asked(timeline) == [("lead-http", 4)]
    assert timeline.incident.obligations["A10", "ohs"].state is ObligationState.HANDED_TO_PERSON


def test_lead_that_does_not_answer_itself_leaves_a_task_on_its_desk() -> None:
    timeline = a_timeline(a_step(roles=("OB-L",)))
    seen = asked(timeline)
    for _ in range(5):
        timeline.now += minutes(5)
        seen += asked(timeline)

    assert [channel for channel, level in seen if level == 4] == []
    assert list(timeline.incident.tasks) == ["other-way/A10/lead"]


@pytest.mark.parametrize("outcome", [OutcomeKind.ACCEPTED, OutcomeKind.REJECTED])
def test_ladder_that_ends_below_the_lead_goes_to_the_lead_at_the_deadline_or_when_spent(
    outcome: OutcomeKind,
) -> None:
    playbook = with_ladder(Rung(action=RungAction.NEXT_CHANNEL, after=minutes(5)))
    timeline = a_timeline(playbook=playbook)
    timeline.perform([outcome] * 3)
    handed = []
    for minute in (0, 5, 14, 15):
        timeline.now = T0 + minutes(minute)
        timeline.perform([])
        handed.append(timeline.incident.obligations["A10", "ohs"].handed_at)

    at_once = outcome is OutcomeKind.REJECTED
    assert handed == ([T0] * 4 if at_once else [None, None, None, T0 + minutes(15)])


def test_step_without_a_ladder_whose_messages_all_fail_goes_to_the_lead_at_once() -> None:
    timeline = a_timeline(a_step(ladder=None, within=None))

    timeline.perform([OutcomeKind.REJECTED] * 3)

    assert list(timeline.incident.tasks) == ["other-way/A10/ohs"]


def rota(*shifts: tuple[float, float, str]) -> Rota:
    return Rota(
        shifts=tuple(
            Shift(start=T0 + minutes(start), end=T0 + minutes(end), holder=holder)
            for start, end, holder in shifts
        )
    )


def test_gap_in_a_rota_ends_with_a_wake_up_and_an_ask() -> None:
    duty = a_contact("ohs", availability=rota((30, 90, "night"), (120, 180, "night")))
    directory = a_directory(a_partner("ohs"), contacts=(duty, a_contact("night")))
    timeline = a_timeline(a_step(ladder=None), directory=directory)

    assert asked(timeline) == []
    wakes = [timeline.planned().wake_at]
    timeline.now = T0 + minutes(15)
    timeline.perform([])
    wakes.append(timeline.planned().wake_at)

    assert wakes == [T0 + minutes(15), T0 + minutes(30)]
    timeline.now = T0 + minutes(30)
    assert asked(timeline) == [("night-http", 0)]


def test_gaps_of_deputies_superiors_and_leads_end_with_a_wake_up_too() -> None:
    contacts = (
        a_contact("ohs", kinds=(), deputy="ohs-dep", superior="ohs-sup"),
        a_contact("ohs-dep", availability=rota((60, 300, "dep"))),
        a_contact("ohs-sup", availability=rota((90, 300, "sup"))),
        a_contact("lead", availability=rota((120, 300, "chief"))),
        *(a_contact(name, kinds=(ChannelKind.SMS,)) for name in ("dep", "sup", "chief")),
    )
    directory = a_directory(a_partner("ohs"), contacts=contacts)
    timeline = a_timeline(a_step(within=None), directory=directory)
    seen = [(0.0, asked(timeline))]

    for _ in range(3):
        timeline.now = timeline.planned().wake_at or timeline.now
        seen.append(((timeline.now - T0) / timedelta(minutes=1), asked(timeline)))

    assert seen == [
        (0, []),
        (60, [("dep-sms", 2)]),
        (90, [("sup-sms", 3)]),
        (120, [("chief-sms", 4)]),
    ]


def test_contact_without_deputy_or_superior_waits_for_no_rota() -> None:
    duty = a_contact("ohs", availability=rota())
    directory = a_directory(a_partner("ohs"), contacts=(duty,))
    timeline = a_timeline(a_step(within=None), directory=directory)

    timeline.perform([])

    assert timeline.planned().wake_at == T0 + timedelta(hours=12)


def test_change_of_shift_asks_the_new_holder_at_the_next_level() -> None:
    duty = a_contact("ohs", availability=rota((0, 3, "day"), (3, 600, "night")))
    directory = a_directory(
        a_partner("ohs"), contacts=(duty, a_contact("day"), a_contact("night"))
    )
    timeline = a_timeline(directory=directory)

    first = asked(timeline)
    timeline.now += minutes(5)

    assert (first, asked(timeline)) == ([("day-http", 0)], [("night-http", 1)])


def test_task_for_the_lead_rings_nobody_unless_there_is_no_other_way() -> None:
    kinds = (ChannelKind.PHONE_BY_HAND, ChannelKind.PORTAL)
    silent = a_directory(a_partner("ohs"), contacts=(a_contact("lead", kinds=kinds),))
    loud = a_directory(
        a_partner("ohs"), contacts=(a_contact("lead", kinds=(*kinds, ChannelKind.EMAIL)),)
    )

    def told(timeline: Timeline) -> list[str]:
        timeline.perform([])
        timeline.now += minutes(20)
        return [channel for channel, level in asked(timeline) if level == 4]

    assert told(a_timeline(directory=loud)) == ["lead-email"]
    assert told(a_timeline(directory=silent)) == ["lead-phone-by-hand"]


def test_ladder_stops_at_a_refusal_and_goes_on_to_nobody() -> None:
    timeline = a_timeline()
    timeline.perform([])
    timeline.append(
        ev.Declined(
            step="A10", partner="ohs", contact="ohs", via=ev.Via.PAGE, reason="x", happened_at=T0
        )
    )

    timeline.now += minutes(30)

    assert timeline.planned().due == ()


def test_every_channel_of_the_deputy_is_pursued_on_its_own() -> None:
    timeline = a_timeline()
    timeline.perform([])
    timeline.now += minutes(5)
    timeline.perform([])
    timeline.now += minutes(5)

    sent = timeline.perform([OutcomeKind.UNKNOWN])

    assert [(ask.channel, ask.possible_repeat) for ask in sent] == [
        ("ohs-dep-http", False),
        ("ohs-dep-sms", False),
        ("ohs-dep-email", False),
        ("ohs-dep-http", True),
    ]
