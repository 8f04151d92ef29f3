"""When shares of the partners have been reached, over many runs."""

from dataclasses import replace
from datetime import timedelta

from crisis.core.answer_time import AnswerTime, AnswerTimes
from crisis.core.forecast import Meeting, Setting
from crisis.core.playbook import Phase
from crisis.core.reach_time import ReachTime, Wave, times_of, waves
from crisis.core.words import Words
from tests.builders import REGION, T0, a_directory, a_playbook, a_step, a_telling_step, minutes


def a_setting() -> Setting:
    playbook = a_playbook()
    phases = tuple(
        Phase(id=phase, title=Words(de=phase), steps=tuple(map(a_step, steps)))
        for phase, steps in (("P1", ("A10", "A11")), ("P2", ("A20",)), ("P3", ("A30",)))
    )
    return Setting(
        playbook=replace(playbook, phases=phases),
        directory=a_directory(),
        region=REGION,
        at=T0,
        until=T0 + timedelta(days=1),
        times=AnswerTimes(rules=(), otherwise=AnswerTime(never=0, median=minutes(1), spread=1)),
    )


def met(step: str, partner: str, reached: float | None) -> Meeting:
    return Meeting(
        step=step,
        partner=partner,
        asked_at=T0,
        reached_at=None if reached is None else T0 + minutes(reached),
    )


def test_partner_is_reached_with_its_first_answer_in_the_wave() -> None:
    run = (
        met("A10", "ohs", None),
        met("A10", "wr", 9),
        met("A11", "ohs", 4),
        met("A11", "wr", 30),
        met("A20", "ohs", 90),
        met("A20", "raa", None),
    )

    assert times_of(a_setting(), run) == {
        "": (3, (9 * 60, None, None)),
        "P1": (2, (4 * 60, 9 * 60, 9 * 60)),
        "P2": (2, (90 * 60, None, None)),
    }


def test_who_is_only_told_counts_neither_as_reached_nor_as_missed() -> None:
    setting = a_setting()
    first, *others = setting.playbook.phases
    steps = (*first.steps, a_telling_step("N01"))
    phases = (replace(first, steps=steps), *others)
    setting = replace(setting, playbook=replace(setting.playbook, phases=phases))

    run = (met("A10", "ohs", 4), met("N01", "raa", None), met("N01", "ohs", None))

    assert times_of(setting, run) == {"": (1, (240, 240, 240)), "P1": (1, (240, 240, 240))}


def test_runs_are_told_by_their_quick_tenth_their_middle_and_their_slow_tenth() -> None:
    setting = a_setting()
    runs = [
        times_of(setting, (met("A10", "ohs", number if number <= 8 else None),))
        for number in range(1, 11)
    ]

    whole, first = waves(setting.playbook, runs)

    time = ReachTime(share=50, early=minutes(1), middle=minutes(5), late=None, missed=1 - 8 / 10)
    assert first.times[0] == time
    assert [one.share for one in first.times] == [50, 90, 99]
    assert (first.phase, first.partners) == ("P1", 1)
    assert whole == Wave(
        phase="",
        title=Words(de="Alle Partner", en="All partners"),
        partners=1,
        times=first.times,
    )
