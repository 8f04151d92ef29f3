"""What partners do without an incident, as the shipped playbooks say it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crisis.core.availability import ZONE
from crisis.core.contact import holders
from crisis.core.deadline import Within
from crisis.core.playbook import (
    ExpectAnswer,
    ExpectBothConfirm,
    ExpectSignOff,
    MembersReach,
    Playbook,
    PlaybookKind,
    Step,
)
from crisis.core.words import Words
from crisis.loading.contact_directory import load_directory
from crisis.loading.library import FileLibrary
from crisis.simulated.clock import FakeClock

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def shipped(name: str) -> Playbook:
    """Return a playbook as it is shipped."""
    contacts = ROOT / "contacts" / "example"
    library = FileLibrary(playbooks=ROOT / "playbooks", contacts=contacts, clock=FakeClock(NOW))
    return library.playbook(name)


def a_step_of(name: str, step: str) -> Step:
    """Return one step of a shipped playbook."""
    return next(one for one in shipped(name).steps if one.id == step)


def dates(step: Step, count: int) -> list[date]:
    """Return the first dates of a standing duty."""
    assert step.repeat is not None
    return [moment.astimezone(ZONE).date() for moment in step.repeat.dates[:count]]


def test_action_day_is_held_by_both_every_two_years() -> None:
    step = a_step_of("nw-cooperation", "N02")

    assert (step.roles, step.basis) == (("JM", "WR"), ("S1.1", "S1.14"))
    assert dates(step, 3) == [date(2027, 5, 3), date(2029, 5, 3), date(2031, 5, 3)]


@pytest.mark.parametrize(
    ("step", "roles", "hub", "first", "second"),
    [
        ("N04", ("LKS", "JM"), False, date(2027, 3, 1), date(2027, 9, 1)),
        ("N04b", ("LKS", "JM", "WR"), False, date(2027, 4, 5), date(2027, 10, 5)),
        ("N04c", ("LKS",), True, date(2027, 5, 10), date(2028, 5, 10)),
        ("N04d", ("LKS", "JM", "WR", "EXP"), False, date(2027, 6, 14), date(2028, 6, 14)),
    ],
)
def test_exchange_has_a_list_for_each_circle(
    step: str, roles: tuple[str, ...], first: date, second: date, *, hub: bool
) -> None:
    found = a_step_of("nw-cooperation", step)

    assert (found.roles, found.hub) == (roles, hub)
    assert "S4.3" in found.basis
    assert found.expect == ExpectAnswer(form="EXCHANGE")
    assert dates(found, 2) == [first, second]


def test_experts_are_invited_to_the_widest_circle_only() -> None:
    directory, _, _ = load_directory(ROOT / "contacts" / "example", around=NOW)
    invited = [step.id for step in shipped("nw-cooperation").steps if "EXP" in step.roles]

    assert invited == ["N04d"]
    assert [one.id for one in holders(directory, "EXP", region="05")] == ["exp-opferforschung-nw"]


def test_every_house_of_the_judiciary_confirms_its_contact_once_a_year() -> None:
    step = a_step_of("nw-cooperation", "N01")

    assert (step.roles, step.hub, step.members) == (("JM",), True, MembersReach.EVERYWHERE)
    assert dates(step, 2) == [date(2027, 2, 1), date(2028, 2, 1)]


def test_counselling_comes_to_people_within_three_days_of_the_operation() -> None:
    playbook = shipped("nw-proactive-referral")
    step = a_step_of("nw-proactive-referral", "R03")

    assert [one.id for one in playbook.steps if "S4.5" in one.basis] == [
        "R01",
        "R02",
        "R03",
        "R05",
    ]
    assert (step.roles, step.within) == (
        ("BHG",),
        Within(duration=timedelta(days=3), absolute=True),
    )


def test_contact_drill_asks_station_and_centre_every_quarter() -> None:
    step = a_step_of("bpol-kok-stations", "B01")

    assert step.expect == ExpectBothConfirm(sides=(("BPOL",), ("FBS",)))
    assert dates(step, 3) == [date(2027, 1, 12), date(2027, 4, 12), date(2027, 7, 12)]


def test_feedback_to_the_police_is_owed_a_reply_within_three_weeks() -> None:
    said, reply = (a_step_of("sn-police-cooperation", step) for step in ("W04", "W05"))

    assert (said.roles, reply.roles) == (("WR",), ("POL-OS",))
    assert reply.expect == ExpectAnswer(form="REPLY", replies_to="W04")
    assert (reply.within, reply.ladder) == (Within(duration=timedelta(days=21)), "D")


def test_events_and_training_add_up() -> None:
    playbook = shipped("sn-police-cooperation")
    totals = {
        form.id: [field.id for field in form.fields if field.total] for form in playbook.forms
    }

    assert playbook.kind is PlaybookKind.STANDING
    assert {form: fields for form, fields in totals.items() if fields} == {
        "MATERIALS": ["languages", "hints_given", "hint_material"],
        "TRAINING": ["topics", "took_part"],
        "EVENT": ["kind", "events", "took_part"],
        "FEEDBACK": ["theme"],
    }


def test_programme_of_the_action_day_is_cleared_by_all() -> None:
    expect = a_step_of("nw-cooperation", "N03").expect

    assert isinstance(expect, ExpectSignOff)
    assert expect.what is not None


def test_campaign_is_prevention_and_needs_no_incident() -> None:
    playbook = shipped("nw-awareness")
    plan = next(form for form in playbook.forms if form.id == "PLAN")

    assert playbook.kind is PlaybookKind.PREVENTION
    assert [step.id for step in playbook.steps if "S1.15" in step.basis] == [
        *("P01", "P02", "P03", "P04", "P05"),
    ]
    assert plan.field("verifiable").guard
    assert a_step_of("nw-awareness", "P02").expect == ExpectSignOff(
        what=Words(de="Material der Kampagne", en="Material of the campaign")
    )


def test_those_harmed_on_the_road_have_a_playbook_of_their_own() -> None:
    playbook = shipped("sn-traffic-accident")
    kinds = next(one for one in playbook.attributes if one.id == "kind_of_event")

    assert (playbook.kind, kinds.values) == (PlaybookKind.RESPONSE, ("road", "rail", "other"))
    assert [step.id for step in playbook.steps if "S3.9" in step.basis] == [
        *("T01", "T02", "T10", "T11", "T12"),
    ]
    assert a_step_of("sn-traffic-accident", "T20").roles == ("VOH",)


def test_commissioner_and_victim_support_meet_twice_a_year_with_an_agenda() -> None:
    agenda, exchange = (a_step_of("sn-victim-support", step) for step in ("V01", "V02"))

    assert (agenda.roles, exchange.roles) == (("OB-L", "OHS"), ("OB-L", "OHS"))
    assert dates(agenda, 2) == [date(2027, 2, 15), date(2027, 8, 15)]
    assert dates(exchange, 2) == [date(2027, 3, 1), date(2027, 9, 1)]
