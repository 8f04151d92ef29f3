"""Needs without an owner become the lead's after four hours."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.desk import open_tasks
from crisis.core.finding import FindingRule, findings
from crisis.core.form import Field, FieldKind
from crisis.core.need import Need, Report
from crisis.core.scope import read_scope
from crisis.core.words import Words
from tests.builders import T0, a_directory, a_form_step, a_partner, a_playbook, minutes
from tests.core.playing import a_timeline
from tests.core.timelines import Timeline

ROW = {"group": "support", "code": "Dolmetschen", "region": "Dresden", "band": "5-19"}
FOUR_HOURS = timedelta(hours=4)


def a_check_in() -> Timeline:
    playbook = a_playbook(a_form_step("A40", roles=("OHS", "WR"), ladder=None, within=None))
    directory = a_directory(a_partner("ohs"), a_partner("wr", role="WR"))
    timeline = a_timeline(playbook, directory=directory)
    timeline.perform([])
    return timeline


def report(timeline: Timeline, partner: str, *rows: dict[str, str]) -> None:
    timeline.append(
        ev.Answered(
            step="A40",
            partner=partner,
            contact=partner,
            via=ev.Via.PAGE,
            answers={"needs": list(rows), "room": "yes"},
            happened_at=timeline.now,
        )
    )
    timeline.perform([])


def on_the_desk(timeline: Timeline) -> list[tuple[str, str]]:
    return [(t.raised.task_kind.value, t.raised.subject) for t in open_tasks(timeline.incident)]


def test_same_need_of_two_partners_is_one() -> None:
    timeline = a_check_in()
    report(timeline, "ohs", ROW)
    timeline.now = T0 + minutes(20)

    report(timeline, "wr", {**ROW, "code": " dolmetschen"})

    [need] = timeline.incident.needs.values()
    assert need == Need(
        group="support",
        code="Dolmetschen",
        region="Dresden",
        raised_at=T0,
        reports=(
            Report(step="A40", partner="ohs", owned=False, field="needs", at=T0, band="5-19"),
            Report(
                step="A40",
                partner="wr",
                owned=False,
                field="needs",
                at=T0 + minutes(20),
                band="5-19",
            ),
        ),
    )


def test_need_without_an_owner_is_the_leads_after_four_hours() -> None:
    timeline = a_check_in()
    report(timeline, "ohs", ROW)
    assert timeline.planned().wake_at == T0 + FOUR_HOURS

    timeline.now = T0 + FOUR_HOURS - minutes(1)
    timeline.perform([])
    assert on_the_desk(timeline) == []
    timeline.now = T0 + FOUR_HOURS
    timeline.perform([])

    assert on_the_desk(timeline) == [("need", "support/Dolmetschen/Dresden")]


@pytest.mark.parametrize("word", [{"promised_by": "RAA"}, {"status": "met"}, {"status": "unmet"}])
def test_word_of_anybody_takes_it_off_the_desk(word: dict[str, str]) -> None:
    timeline = a_check_in()
    report(timeline, "ohs", ROW)
    timeline.now = T0 + FOUR_HOURS
    timeline.perform([])

    report(timeline, "wr", {**ROW, **word})

    assert on_the_desk(timeline) == []


def test_promise_that_is_taken_back_leaves_it_without_an_owner() -> None:
    timeline = a_check_in()
    report(timeline, "ohs", {**ROW, "promised_by": "RAA"})
    report(timeline, "ohs", ROW)
    timeline.now = T0 + FOUR_HOURS

    timeline.perform([])

    assert len(on_the_desk(timeline)) == 1


def test_need_that_is_reported_no_longer_is_gone() -> None:
    timeline = a_check_in()
    report(timeline, "ohs", ROW)

    report(timeline, "ohs")

    assert timeline.incident.needs == {}
    timeline.now = T0 + FOUR_HOURS
    timeline.perform([])
    assert on_the_desk(timeline) == []


def test_nobody_looks_for_owners_after_the_stand_down() -> None:
    timeline = a_check_in()
    report(timeline, "ohs", ROW)
    timeline.append(ev.StoodDown(reason="Ende", happened_at=timeline.now))
    timeline.perform([])
    timeline.now = T0 + FOUR_HOURS
    timeline.perform([])

    assert "need" not in [kind for kind, _ in on_the_desk(timeline)]


def test_report_finds_needs_that_stayed_without_an_owner() -> None:
    timeline = a_check_in()
    report(timeline, "ohs", ROW)
    timeline.now = T0 + FOUR_HOURS
    timeline.perform([])

    scope = read_scope(timeline.entries, at=timeline.now)
    [found] = [one for one in findings(scope) if one.rule is FindingRule.NEED_UNOWNED]

    assert found.observation.de == (
        "Ein gemeldeter Bedarf blieb ohne Zusage: Dolmetschen, Dresden (A40)."
    )


def test_need_that_the_lead_may_not_read_is_on_no_desk() -> None:
    needs = Field(id="needs", kind=FieldKind.NEEDS, label=Words(de="Bedarfe"), visible_to=("OHS",))
    plain = a_playbook(a_form_step("A40", roles=("OHS",), ladder=None, within=None))
    [form] = plain.forms
    playbook = replace(plain, forms=(replace(form, fields=(*form.fields, needs)),))
    timeline = a_timeline(playbook, directory=a_directory(a_partner("ohs")))
    timeline.perform([])
    report(timeline, "ohs", ROW)
    timeline.now = T0 + FOUR_HOURS

    timeline.perform([])

    assert on_the_desk(timeline) == []


def test_task_of_a_need_names_nobody_who_reported_it_in_confidence() -> None:
    own = Field(id="own", kind=FieldKind.NEEDS, label=Words(de="Bedarfe"), visible_to=("OHS",))
    open_to_all = replace(own, id="needs", visible_to=())
    plain = a_playbook(a_form_step("A40", roles=("OHS", "WR"), ladder=None, within=None))
    [form] = plain.forms
    fields = (*form.fields, own, open_to_all)
    playbook = replace(plain, forms=(replace(form, fields=fields),))
    directory = a_directory(a_partner("ohs"), a_partner("wr", role="WR"))
    timeline = a_timeline(playbook, directory=directory)
    timeline.perform([])
    for partner, field in (("ohs", "own"), ("wr", "needs")):
        timeline.append(
            ev.Answered(
                step="A40",
                partner=partner,
                contact=partner,
                via=ev.Via.PAGE,
                answers={field: [ROW]},
                happened_at=timeline.now,
            )
        )
    timeline.now = T0 + FOUR_HOURS

    timeline.perform([])

    [task] = open_tasks(timeline.incident)
    assert (task.raised.task_kind.value, task.raised.partner) == ("need", "wr")
