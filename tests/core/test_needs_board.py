"""The board of needs: each need once, with its sources, how it stands and what differs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.desk import open_tasks
from crisis.core.form import Field, FieldKind, Form
from crisis.core.need import Report
from crisis.core.needs_board import (
    BoardNeed,
    Conflict,
    NeedCount,
    NeedState,
    board_for_all,
    board_for_lead,
    counts,
)
from crisis.core.words import Words
from tests.builders import T0, a_directory, a_form_step, a_partner, a_playbook, minutes
from tests.core.playing import a_timeline
from tests.core.timelines import Timeline

ROW = {"group": "support", "code": "Dolmetschen", "region": "Dresden", "band": "5-19"}


def a_check_in(*, visible_to: tuple[str, ...] = ()) -> Timeline:
    needs = Field(
        id="needs", kind=FieldKind.NEEDS, label=Words(de="Bedarfe"), visible_to=visible_to
    )
    form = Form(id="F1", title=Words(de="Bedarfe"), fields=(needs,))
    steps = (
        a_form_step("A40", roles=("OHS", "WR"), ladder=None, within=None),
        a_form_step("A56", roles=("OHS", "WR"), ladder=None, within=None),
    )
    playbook = replace(a_playbook(*steps), forms=(form,))
    directory = a_directory(a_partner("ohs"), a_partner("wr", role="WR"))
    timeline = a_timeline(playbook, directory=directory)
    timeline.perform([])
    return timeline


def say(timeline: Timeline, partner: str, step: str = "A40", **words: str) -> None:
    """Report the need, a minute after what was said before."""
    timeline.now += minutes(1)
    timeline.append(
        ev.Answered(
            step=step,
            partner=partner,
            contact=partner,
            via=ev.Via.PAGE,
            answers={"needs": [{**ROW, **words}]},
            happened_at=timeline.now,
        )
    )


def test_need_of_two_partners_stands_once_with_both_sources() -> None:
    timeline = a_check_in()
    say(timeline, "ohs", urgency="now", language="uk ")
    say(timeline, "wr", code=" dolmetschen ")

    assert board_for_lead(timeline.incident) == (
        BoardNeed(
            group="support",
            code="Dolmetschen",
            region="Dresden",
            raised_at=T0 + minutes(1),
            state=NeedState.RAISED,
            reports=(
                Report(
                    step="A40",
                    partner="ohs",
                    owned=False,
                    field="needs",
                    at=T0 + minutes(1),
                    band="5-19",
                    urgency="now",
                    language="uk",
                ),
                Report(
                    step="A40",
                    partner="wr",
                    owned=False,
                    field="needs",
                    at=T0 + minutes(2),
                    band="5-19",
                ),
            ),
            promised_by=(),
            conflicts=(),
        ),
    )


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ([{}], NeedState.RAISED),
        ([{"status": "open"}], NeedState.RAISED),
        ([{"status": "promised"}], NeedState.ASSIGNED),
        ([{"promised_by": "RAA"}], NeedState.ASSIGNED),
        ([{"promised_by": "RAA"}, {}], NeedState.ASSIGNED),
        ([{}, {"status": "met"}], NeedState.MET),
        ([{}, {"status": "unmet"}], NeedState.UNMET),
        ([{"status": "duplicate"}], NeedState.DUPLICATE),
        ([{"status": "duplicate"}, {}], NeedState.RAISED),
        ([{"status": "met"}, {}], NeedState.RAISED),
        ([{"status": "met"}, {"promised_by": "RAA"}], NeedState.ASSIGNED),
    ],
)
def test_need_stands_as_the_last_words_say(words: list[dict[str, str]], state: NeedState) -> None:
    timeline = a_check_in()
    for partner, said in zip(("ohs", "wr"), words, strict=False):
        say(timeline, partner, **said)

    [need] = board_for_lead(timeline.incident)

    assert need.state is state


@pytest.mark.parametrize(
    ("first", "then", "conflicts"),
    [
        ({}, {}, ()),
        ({}, {"status": "met"}, ()),
        ({"status": "met"}, {"status": "met"}, ()),
        ({"status": "met"}, {"status": "duplicate"}, ()),
        ({"status": "met"}, {}, (Conflict.STATUS,)),
        ({"status": "unmet"}, {"status": "met"}, (Conflict.STATUS,)),
        ({"promised_by": "RAA"}, {"promised_by": "raa"}, ()),
        ({"promised_by": "RAA"}, {"promised_by": "WR"}, (Conflict.PROMISE,)),
        ({"band": "5-19"}, {"band": "100+"}, (Conflict.BAND,)),
        (
            {"status": "met", "promised_by": "RAA", "band": "1-4"},
            {"status": "open", "promised_by": "WR", "band": "20-99"},
            (Conflict.STATUS, Conflict.PROMISE, Conflict.BAND),
        ),
    ],
)
def test_conflicts_are_what_partners_differ_in(
    first: dict[str, str], then: dict[str, str], conflicts: tuple[Conflict, ...]
) -> None:
    timeline = a_check_in()
    say(timeline, "ohs", **first)
    say(timeline, "wr", **then)

    [need] = board_for_lead(timeline.incident)

    assert need.conflicts == conflicts


def test_later_check_in_of_a_partner_replaces_its_earlier_one() -> None:
    timeline = a_check_in()
    say(timeline, "ohs", promised_by="RAA")

    say(timeline, "ohs", step="A56", status="met")

    [need] = board_for_lead(timeline.incident)
    assert (need.state, need.promised_by, need.conflicts) == (NeedState.MET, (), ())
    assert [(one.step, one.status) for one in need.reports] == [("A56", "met")]


def test_what_only_some_may_read_is_counted_and_not_told() -> None:
    timeline = a_check_in(visible_to=("OB-L", "OHS", "WR"))
    say(timeline, "ohs", status="unmet")

    assert [need.code for need in board_for_lead(timeline.incident)] == ["Dolmetschen"]
    assert board_for_all(timeline.incident) == ()
    assert counts(timeline.incident) == (
        NeedCount(group="support", state=NeedState.UNMET, count=1),
    )


def test_what_the_lead_may_not_read_is_on_no_board_and_no_desk() -> None:
    timeline = a_check_in(visible_to=("OHS", "WR"))
    say(timeline, "ohs")
    # Not after four hours: only the question about what is safety-relevant comes.
    assert timeline.planned().wake_at == T0 + timedelta(hours=12)
    timeline.now += timedelta(hours=4)

    timeline.perform([])

    assert board_for_lead(timeline.incident) == ()
    assert open_tasks(timeline.incident) == ()
