"""When a partner may not be reached: intervals, and what is asked at every hour."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.core.availability import Rota, Shift
from crisis.core.contact import ChannelKind, Directory
from crisis.core.deadline import Within
from crisis.core.exposure import Gap, Rhythms, Weakness, gaps, weaknesses
from crisis.core.playbook import Ladder, Playbook, Rung, RungAction
from tests.builders import a_contact, a_directory, a_partner, a_playbook, a_step, a_telling_step
from tests.core.exposed import SINCE, a_view, directories, playbooks

UNTIL = SINCE + timedelta(days=5)


# Each example asks the planner a hundred times.
@settings(max_examples=40)
@given(
    playbooks(),
    directories(),
    st.lists(st.integers(0, 5 * 24 * 60 - 1), min_size=4, max_size=4),
)
def test_intervals_and_asking_at_each_moment_agree(
    playbook: Playbook, directory: Directory, others: list[int]
) -> None:
    view, (step,) = a_view(playbook, directory), playbook.steps

    found = gaps(view, step, "ohs", since=SINCE, until=UNTIL)

    hours = [SINCE + timedelta(hours=n) for n in range(0, 5 * 24, 7)]
    # Where it changes is where an interval could be wrong by a little.
    edges = [gap.since for gap in found[:6]]
    just_before = [edge - timedelta(seconds=1) for edge in edges if edge > SINCE]
    for moment in (*hours, *(SINCE + timedelta(minutes=n) for n in others), *edges, *just_before):
        assert _told(found, moment) == weaknesses(view, step, "ohs", at=moment), moment


@settings(max_examples=20)
@given(playbooks(), directories())
def test_partners_that_share_a_rhythm_are_found_as_each_alone(
    playbook: Playbook, directory: Directory
) -> None:
    twin = replace(directory.partner("ohs"), id="twin")
    both = replace(directory, partners=(*directory.partners, twin))
    view, (step,) = a_view(playbook, both), playbook.steps
    rhythms: Rhythms = {}

    shared = [
        gaps(view, step, name, since=SINCE, until=UNTIL, rhythms=rhythms)
        for name in ("ohs", "twin", "lead")
    ]

    assert shared == [
        gaps(view, step, name, since=SINCE, until=UNTIL) for name in ("ohs", "twin", "lead")
    ]


def test_a_partner_with_one_contact_cannot_bear_its_absence() -> None:
    directory = a_directory(a_partner("ohs"), contacts=(a_contact("ohs"),))
    playbook = a_playbook()

    found = gaps(a_view(playbook, directory), playbook.steps[0], "ohs", since=SINCE, until=UNTIL)

    assert found == (Gap(since=SINCE, until=UNTIL, weak=(Weakness(out="", left=("ohs",)),)),)
    assert not found[0].is_open


def test_who_is_only_told_needs_one_contact_whoever_is_away() -> None:
    one = a_contact("ohs", kinds=(ChannelKind.HTTP,))
    directory = a_directory(a_partner("ohs"), contacts=(one,))
    playbook = a_playbook(a_telling_step())

    found = gaps(a_view(playbook, directory), playbook.steps[0], "ohs", since=SINCE, until=UNTIL)

    assert found == (Gap(since=SINCE, until=UNTIL, weak=(Weakness(out="http", left=()),)),)
    two = replace(directory, contacts={**directory.contacts, "ohs": a_contact("ohs")})
    assert gaps(a_view(playbook, two), playbook.steps[0], "ohs", since=SINCE, until=UNTIL) == ()


def _told(found: tuple[Gap, ...], moment: datetime) -> tuple[Weakness, ...]:
    return next((gap.weak for gap in found if gap.since <= moment < gap.until), ())


def test_deadline_ends_a_spent_ladder_as_well() -> None:
    shifts = (
        Shift(start=SINCE, end=SINCE + timedelta(hours=2), holder="one"),
        Shift(start=SINCE + timedelta(hours=2), end=SINCE + timedelta(hours=3), holder="other"),
    )
    on_rota = a_contact("ohs", kinds=(), deputy="dep", superior="sup")
    directory = a_directory(
        a_partner("ohs"),
        contacts=(
            replace(on_rota, availability=Rota(shifts=shifts)),
            *(a_contact(name, kinds=()) for name in ("one", "dep")),
            *(a_contact(name, kinds=(ChannelKind.HTTP,)) for name in ("other", "sup")),
        ),
    )
    hours = zip(RungAction, (2, 4, 8, 12), strict=True)
    rungs = tuple(Rung(action=action, after=timedelta(hours=n)) for action, n in hours)
    step = a_step(within=Within(duration=timedelta(minutes=50)))
    playbook = replace(a_playbook(step), ladders=(Ladder(id="A", rungs=rungs),))
    view = a_view(playbook, directory)

    found = gaps(view, step, "ohs", since=SINCE, until=UNTIL)

    for minutes in range(0, 180, 5):
        moment = SINCE + timedelta(minutes=minutes)
        assert _told(found, moment) == weaknesses(view, step, "ohs", at=moment), moment
