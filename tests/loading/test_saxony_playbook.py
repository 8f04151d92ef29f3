"""The Saxony playbook against its source, which `saxony_table` holds a second time."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from crisis.core.condition import Is
from crisis.core.contact import ChannelKind, Tlp
from crisis.core.form import FieldKind
from crisis.core.playbook import (
    ExpectAcknowledgement,
    ExpectAnswer,
    ExpectBothConfirm,
    ExpectDecision,
    ExpectReport,
    ExpectSignOff,
    Playbook,
    RungAction,
    Step,
)
from crisis.core.repeat import Repeat
from crisis.loading.durations import written
from crisis.loading.placeholders import placeholders_in
from crisis.loading.playbook_loader import load_playbook
from crisis.loading.problem import render
from tests.loading.saxony_table import COMPETENCES, CONDITIONS, FORMS, TABLE

PATH = Path(__file__).parents[2] / "playbooks" / "sn-mass-casualty.yaml"


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    loaded = load_playbook(PATH, shown_as="sn.yaml", today=date(2026, 11, 22))
    assert loaded.playbook is not None, render(loaded.problems)
    return loaded.playbook


def test_head_is_that_of_the_table(playbook: Playbook) -> None:
    head = (playbook.id, playbook.version, playbook.region, playbook.lead.role)

    assert head == ("sn-mass-casualty", "1.0.0", "14", "OB-L")
    assert len(playbook.agreements) == 4


def test_steps_are_those_of_the_table(playbook: Playbook) -> None:
    rows = [" | ".join(_row(step)) for step in playbook.steps]

    assert rows == [
        " | ".join(cell.strip() for cell in line.split("|")) for line in TABLE.strip().split("\n")
    ]


def _row(step: Step) -> tuple[str, ...]:
    who = " ".join(step.roles) or ("reached" if step.reached_in else "asked")
    return (
        step.id,
        who,
        _start(step),
        _within(step),
        step.ladder or "-",
        step.profile,
        step.mandatory.value,
    )


def _start(step: Step) -> str:
    if step.start.occasion:
        return step.start.occasion
    if not step.start.after:
        return _moment(step.start.offset)
    latest = "" if step.start.latest is None else f" latest {_moment(step.start.latest)}"
    return f"{step.start.mode} {' '.join(step.start.after)}{latest}"


def _within(step: Step) -> str:
    if step.within is None:
        return "-"
    duration = step.within.duration
    return _moment(duration) if step.within.absolute else written(duration)


def _moment(offset: timedelta) -> str:
    return "T0" if not offset else f"T0+{written(offset)}"


def test_conditions_are_those_of_the_table(playbook: Playbook) -> None:
    found = {step.id: step.when for step in playbook.steps if step.when is not None}

    assert found == CONDITIONS


def test_forms_are_those_of_the_table(playbook: Playbook) -> None:
    found = {s.id: s.expect.form for s in playbook.steps if isinstance(s.expect, ExpectAnswer)}

    assert found == FORMS


def test_competences_are_those_of_the_table(playbook: Playbook) -> None:
    found = {step.id: " ".join(step.competences) for step in playbook.steps if step.competences}

    assert found == COMPETENCES


def test_ladders_are_those_of_the_conventions(playbook: Playbook) -> None:
    actions = tuple(RungAction)
    clock = {
        ladder.id: tuple(rung.after and written(rung.after) for rung in ladder.rungs)
        for ladder in playbook.ladders
    }

    assert clock == {
        "A": ("5m", "10m", "15m", "20m"),
        "B": ("15m", "30m", "45m", "1h"),
        "C": ("2h", "4h", "8h", "12h"),
        "D": (None, None, None, None),
    }
    assert all(
        tuple(rung.action for rung in ladder.rungs) == actions for ladder in playbook.ladders
    )
    assert [rung.working_days for rung in playbook.ladders[3].rungs] == [1, 2, 3, 4]


def test_decision_falls_to_unclear_and_no_stands_down(playbook: Playbook) -> None:
    expect = _step(playbook, "A04").expect

    assert isinstance(expect, ExpectDecision)
    assert (expect.default, expect.default_at) == ("unclear", timedelta(minutes=40))
    assert {o.id: o.stands_down for o in expect.options} == {
        "yes": False,
        "no": True,
        "unclear": False,
    }


def test_death_notifications_stay_oral_and_yes_or_no(playbook: Playbook) -> None:
    oral = {step.id: step.tlp for step in playbook.steps if step.profile == "ORAL"}
    profile = next(one for one in playbook.profiles if one.id == "ORAL")
    form = next(one for one in playbook.forms if one.id == "F4")

    assert oral == {"A25": Tlp.RED, "A25b": Tlp.RED}
    assert (profile.oral, profile.kinds) == (True, (ChannelKind.PHONE_BY_HAND,))
    assert {field.kind for field in form.fields} == {FieldKind.TRISTATE}
    assert {field.visible_to for field in form.fields} == {("OB-L", "POL-B", "PSNV-L")}


def test_only_asks_that_bring_people_to_the_site_are_held(playbook: Playbook) -> None:
    danger = Is(attribute="dangerous", values=("yes",))
    held = {step.id: step.hold_while for step in playbook.steps if step.hold_while is not None}

    assert held == {"A24": danger, "A26": danger}


def test_first_coordination_is_with_those_reached_in_wave_1(playbook: Playbook) -> None:
    assert _step(playbook, "A20").reached_in == tuple(f"A{number}" for number in range(10, 18))


def test_check_ins_are_held_tightly(playbook: Playbook) -> None:
    found = {step.id: step.tlp for step in playbook.steps if step.check_in}

    assert found == dict.fromkeys(["A40", "A56", "A64", "A65", "A74"], Tlp.AMBER_STRICT)


def test_consents_are_asked_daily_and_ceremonies_each_time(playbook: Playbook) -> None:
    found = {step.id: step.repeat for step in playbook.steps if step.repeat is not None}

    assert found == {
        "A41": Repeat(every=timedelta(days=1), until="A60"),
        "A42": Repeat(changes="ceremonies"),
    }


def test_who_waits_for_office_hours(playbook: Playbook) -> None:
    waits = {step.id for step in playbook.steps if step.waits}

    assert waits == {"A50", "A51", "A52", "A53"}


def test_care_is_handed_over_by_both_sides(playbook: Playbook) -> None:
    assert _step(playbook, "A57").expect == ExpectBothConfirm(sides=(("PSNV-L",), ("OHS", "WR")))


def test_nothing_public_goes_out_before_all_have_signed(playbook: Playbook) -> None:
    found = {
        step.id: step.expect.what.de if step.expect.what else step.expect.publishes
        for step in playbook.steps
        if isinstance(step.expect, ExpectSignOff)
    }

    assert found == {
        "A35": "Erste öffentliche Information",
        "A58": "Gemeinsames Anschreiben",
        "A58b": "Anschreiben des Landes",
        "A62": "Aufruf an unbekannte Betroffene",
        "A72": "final",
        "A90": "",
    }


def test_guards_against_second_harm_turn_every_no_into_a_task(playbook: Playbook) -> None:
    forms = {form.id: form for form in playbook.forms}
    unguarded = {
        form: [
            field.id
            for field in forms[form].fields
            if field.kind is FieldKind.TRISTATE and not field.guard
        ]
        for form in ("F3", "F4", "F6", "F7")
    }

    assert unguarded == {"F3": [], "F4": [], "F6": [], "F7": []}


def test_report_is_drafted_then_signed(playbook: Playbook) -> None:
    assert _step(playbook, "A70").expect == ExpectReport()
    assert _step(playbook, "A72").expect == ExpectSignOff(publishes="final")


def test_stand_down_asks_everyone_to_acknowledge(playbook: Playbook) -> None:
    step = playbook.stand_down

    assert (step.id, step.expect, step.roles) == ("A95", ExpectAcknowledgement(), ())
    assert step.message.de == "{code_word}: Entwarnung. Keine weiteren Schritte. Danke."


def test_police_never_read_what_counselling_reports(playbook: Playbook) -> None:
    form = next(one for one in playbook.forms if one.id == "F5")
    readers = {field.id: field.visible_to for field in form.fields if field.visible_to}

    assert set(readers) == {
        "needs",
        "referrals_offered",
        "referrals_accepted",
        "referrals_begun",
        "obstacles",
        "strain_on_helpers",
    }
    assert not any(role.startswith("POL") for roles in readers.values() for role in roles)


def test_every_text_is_there_in_both_languages(playbook: Playbook) -> None:
    texts = [
        words
        for step in (*playbook.steps, playbook.stand_down)
        for words in (step.title, step.message, step.benefit)
    ]

    assert [words.de for words in texts if not (words.de and words.en)] == []


def test_languages_carry_the_same_placeholders(playbook: Playbook) -> None:
    differing = [
        step.id
        for step in playbook.steps
        if set(placeholders_in(step.message.de)) != set(placeholders_in(step.message.en))
    ]

    assert differing == []


def _step(playbook: Playbook, step_id: str) -> Step:
    return next(step for step in playbook.steps if step.id == step_id)


def test_referrals_and_hints_add_up_as_numbers_and_key_words(playbook: Playbook) -> None:
    form = next(one for one in playbook.forms if one.id == "F5")
    asked = {step.id for step in playbook.steps if step.expect == ExpectAnswer(form="F5")}

    assert {field.id: field.kind.value for field in form.fields if field.total} == {
        "referrals_offered": "count",
        "referrals_accepted": "count",
        "referrals_begun": "count",
        "hints_given": "count",
        "hint_languages": "list",
        "hint_material": "list",
    }
    assert asked == {"A40", "A56", "A64", "A65", "A74"}


def test_thanks_have_their_own_line_in_the_report(playbook: Playbook) -> None:
    form = next(one for one in playbook.forms if one.id == "F8")

    assert [field.id for field in form.fields if field.total] == ["went_well", "thanks"]
