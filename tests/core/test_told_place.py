"""The place that a message names: unknown, answered, answered anew, told by two."""

from dataclasses import replace

from crisis.core import event as ev
from crisis.core.event import Event
from crisis.core.message import step_message
from crisis.core.place import PlaceSource
from crisis.core.repeat import Repeat
from crisis.core.words import Words
from tests.builders import T0, a_directory, a_form_step, a_partner, a_playbook, a_step, minutes
from tests.core.playing import a_timeline
from tests.core.timelines import Timeline

WORDS = Words(de="Anlaufstelle: {place}.", en="Reception centre: {place}.")


def a_run(**opening: object) -> Timeline:
    repeat = Repeat(every=minutes(60), latest=minutes(600))
    asking = a_form_step("A21", roles=("KRS",), repeat=repeat)
    place = PlaceSource(step="A21", field="address")
    telling = a_step("A33", message=WORDS, place=place)
    directory = a_directory(
        a_partner("kit", role="KRS"), a_partner("krs", role="KRS"), a_partner("ohs")
    )
    return a_timeline(a_playbook(asking, telling), directory=directory, **opening)


def answered(partner: str, step: str = "A21", **answers: str) -> Event:
    return ev.Answered(
        step=step,
        partner=partner,
        contact=partner,
        via=ev.Via.PAGE,
        answers=answers,
        happened_at=T0,
    )


def told(timeline: Timeline, language: str = "de") -> str:
    step = timeline.incident.step_by_id["A33"]
    return step_message(timeline.incident, step, language, code="", link="")


def test_place_is_unknown_until_somebody_says_it() -> None:
    timeline = a_run()
    timeline.perform([])
    assert told(timeline) == "Anlaufstelle: noch nicht bekannt."
    assert told(timeline, "en") == "Reception centre: not known yet."

    timeline.append(answered("krs", signposted="yes"))
    assert told(timeline) == "Anlaufstelle: noch nicht bekannt."
    timeline.append(answered("krs", address="Sporthalle am Hafen"))
    assert told(timeline) == "Anlaufstelle: Sporthalle am Hafen."


def test_what_two_say_is_told_once_or_as_two() -> None:
    timeline = a_run()
    timeline.perform([])
    timeline.append(answered("kit", address="Sporthalle"), answered("krs", address="Sporthalle"))
    assert told(timeline) == "Anlaufstelle: Sporthalle."

    timeline.append(answered("krs", address="Rathaus"))
    assert told(timeline) == "Anlaufstelle: Sporthalle; Rathaus."


def test_last_round_that_was_answered_counts() -> None:
    timeline = a_run()
    timeline.perform([])
    timeline.append(answered("krs", address="Sporthalle"))
    timeline.now = T0 + minutes(60)
    timeline.perform([])
    assert told(timeline) == "Anlaufstelle: Sporthalle."

    timeline.append(answered("krs", step="A21.2", address="Rathaus"))
    assert told(timeline) == "Anlaufstelle: Rathaus."


def test_step_that_names_none_and_a_run_that_is_planned_tell_none() -> None:
    timeline = a_run(planned_for=T0 + minutes(90))
    assert told(timeline) == "Anlaufstelle: wird später mitgeteilt."

    plain = a_run()
    step = replace(plain.incident.step_by_id["A33"], place=None)
    assert step_message(plain.incident, step, "de", code="", link="") == (
        "Anlaufstelle: noch nicht bekannt."
    )
