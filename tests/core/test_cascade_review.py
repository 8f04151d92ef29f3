"""What the report says of a hub and its members: who answered, and who entered it."""

from crisis.core.cascade_review import CascadeReview, MemberReview, cascade_reviews
from crisis.core.figure import RowState
from crisis.core.scope import read_scope
from tests.builders import T0, minutes
from tests.core.test_cascade import a_cascade, asks_at, said
from tests.core.timelines import Timeline


def reviewed(timeline: Timeline) -> tuple[CascadeReview, ...]:
    return cascade_reviews(read_scope(timeline.entries, at=timeline.now))


def test_members_are_told_apart_by_who_entered_their_answer_and_by_their_silence() -> None:
    timeline = a_cascade()
    timeline.now = T0 + minutes(1)
    said(timeline, "ohs")
    timeline.perform([])
    timeline.now = T0 + minutes(3)
    said(timeline, "dresden", by="ohs")
    answered = timeline.entries[-1].seq
    asks_at(timeline, 6)

    assert reviewed(timeline) == (
        CascadeReview(
            step="A18",
            hub="ohs",
            passed_on_at=T0 + minutes(1),
            answered=1,
            members=(
                MemberReview(
                    partner="dresden",
                    answered_at=T0 + minutes(3),
                    entered_by_hub=True,
                    level=0,
                    state=RowState.IN_TIME,
                    evidence=(answered,),
                ),
                MemberReview(
                    partner="goerlitz",
                    answered_at=None,
                    entered_by_hub=False,
                    level=1,
                    state=RowState.RUNNING,
                    evidence=(),
                ),
            ),
        ),
    )


def test_hub_that_has_not_taken_over_has_passed_nothing_on() -> None:
    [found] = reviewed(a_cascade())

    assert (found.passed_on_at, found.answered) == (None, 0)
    assert [one.answered_at for one in found.members] == [None, None]


def test_member_that_answered_on_its_own_page_was_not_entered_by_its_hub() -> None:
    timeline = a_cascade()
    said(timeline, "ohs")
    said(timeline, "goerlitz")

    [found] = reviewed(timeline)

    assert [(one.partner, one.entered_by_hub) for one in found.members] == [
        ("dresden", False),
        ("goerlitz", False),
    ]
    assert [one.answered_at for one in found.members] == [None, T0]
