"""What answers add up to: numbers as sums, words by how often they were named, never names."""

from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core.form import Answer, Field, FieldKind, Form, Option
from crisis.core.total import Share, Total, totals_for_all, totals_for_lead
from crisis.core.words import Words
from tests.builders import a_directory, a_form_step, a_partner, a_playbook, a_step
from tests.core.playing import a_timeline
from tests.core.timelines import Timeline

GIVEN = Words(de="Hinweise erteilt", en="Hints given")
LANGUAGES = Words(de="Sprachen", en="Languages")
LEAFLET = Words(de="Broschüre", en="Leaflet")


def a_run(*, visible_to: tuple[str, ...] = ()) -> Timeline:
    form = Form(
        id="F1",
        title=Words(de="Hinweise"),
        fields=(
            Field(
                id="given",
                kind=FieldKind.COUNT,
                label=GIVEN,
                total=True,
                visible_to=visible_to,
            ),
            Field(
                id="languages",
                kind=FieldKind.LIST,
                label=LANGUAGES,
                total=True,
                visible_to=visible_to,
            ),
            Field(
                id="material",
                kind=FieldKind.CHOICE,
                label=Words(de="Material"),
                options=(Option(value="leaflet", label=LEAFLET),),
                total=True,
            ),
            Field(id="remark", kind=FieldKind.TEXT, label=Words(de="Bemerkung")),
        ),
    )
    steps = (
        a_step("A11"),
        a_form_step("A40", roles=("OHS", "WR"), ladder=None, within=None),
        a_form_step("A56", roles=("OHS", "WR"), ladder=None, within=None),
    )
    playbook = replace(a_playbook(*steps), forms=(form,))
    directory = a_directory(a_partner("ohs"), a_partner("wr", role="WR"))
    timeline = a_timeline(playbook, directory=directory)
    timeline.perform([])
    return timeline


def answer(timeline: Timeline, partner: str, step: str = "A40", **answers: Answer) -> None:
    timeline.append(
        ev.Answered(
            step=step,
            partner=partner,
            contact=partner,
            via=ev.Via.PAGE,
            answers=answers,
            happened_at=timeline.now,
        )
    )


def test_answers_add_up_over_partners_and_steps() -> None:
    timeline = a_run()
    answer(timeline, "ohs", given=3, languages=["de", "uk"], material="leaflet")
    answer(timeline, "wr", given=2, languages=["DE"], remark="nichts")
    answer(timeline, "ohs", step="A56", given=4)

    expected = (
        Total(
            form="F1",
            field="given",
            label=GIVEN,
            value=9,
            shares=(),
            answers=3,
            keys=(("A40", "ohs"), ("A40", "wr"), ("A56", "ohs")),
        ),
        Total(
            form="F1",
            field="languages",
            label=LANGUAGES,
            value=None,
            shares=(Share(word=Words(de="de"), count=2), Share(word=Words(de="uk"), count=1)),
            answers=2,
            keys=(("A40", "ohs"), ("A40", "wr")),
        ),
        Total(
            form="F1",
            field="material",
            label=Words(de="Material"),
            value=None,
            shares=(Share(word=LEAFLET, count=1),),
            answers=1,
            keys=(("A40", "ohs"),),
        ),
    )
    assert totals_for_lead(timeline.incident) == expected
    assert totals_for_all(timeline.incident) == expected


def test_corrected_answer_is_counted_once() -> None:
    timeline = a_run()
    answer(timeline, "ohs", given=3)
    answer(timeline, "ohs", given=5)

    [total] = totals_for_lead(timeline.incident)

    assert (total.value, total.answers) == (5, 1)


def test_nothing_answered_has_no_total() -> None:
    assert totals_for_lead(a_run().incident) == ()


@pytest.mark.parametrize(
    ("given", "told"),
    [({"ohs": 3, "wr": 2}, 5), ({"ohs": 3, "wr": 1}, None), ({"ohs": 9}, None)],
)
def test_report_tells_only_large_shared_sums_of_restricted_fields(
    given: dict[str, int], told: int | None
) -> None:
    timeline = a_run(visible_to=("OB-L", "OHS"))
    for partner, number in given.items():
        answer(timeline, partner, given=number, languages=["uk"])

    [total] = totals_for_all(timeline.incident)

    assert (total.field, total.value, total.withheld) == ("given", told, told is None)
    by_field = {one.field: one.value for one in totals_for_lead(timeline.incident)}
    assert by_field == {"given": sum(given.values()), "languages": None}


def test_lead_reads_no_total_of_what_it_may_not_read() -> None:
    timeline = a_run(visible_to=("OHS", "WR"))
    answer(timeline, "ohs", given=3, material="leaflet")

    assert [total.field for total in totals_for_lead(timeline.incident)] == ["material"]
