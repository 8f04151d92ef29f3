"""When a partner may not be reached: intervals, and what is asked at every hour."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.core.contact import Directory
from crisis.core.exposure import Gap, Weakness, gaps, weaknesses
from crisis.core.playbook import Playbook
from tests.builders import a_contact, a_directory, a_partner, a_playbook
from tests.core.exposed import SINCE, a_view, directories, playbooks

UNTIL = SINCE + timedelta(days=5)


# Each example asks the planner a hundred times.
@settings(max_examples=400)
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


def test_a_partner_with_one_contact_cannot_bear_its_absence() -> None:
    directory = a_directory(a_partner("ohs"), contacts=(a_contact("ohs"),))
    playbook = a_playbook()

    found = gaps(a_view(playbook, directory), playbook.steps[0], "ohs", since=SINCE, until=UNTIL)

    assert found == (Gap(since=SINCE, until=UNTIL, weak=(Weakness(out="", left=("ohs",)),)),)
    assert not found[0].is_open


def _told(found: tuple[Gap, ...], moment: datetime) -> tuple[Weakness, ...]:
    return next((gap.weak for gap in found if gap.since <= moment < gap.until), ())
