"""Runs by chance: the house itself, given the same answers, asks the same and at the same time."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from crisis.core.answer_time import AnswerTime, AnswerTimes
from crisis.core.availability import Hours, Office
from crisis.core.condition import Decided, Is
from crisis.core.contact import ChannelKind
from crisis.core.forecast import Forecaster, Meeting, Setting
from crisis.core.incident import Incident
from crisis.core.obligation import Obligation
from crisis.core.playbook import Completion, ExpectDecision, ExpectReport, Playbook, Start
from crisis.simulated.stage import make_stage
from crisis.usecases.rehearse import Cue, Simulation, simulate
from tests.builders import (
    REGION,
    T0,
    OneShelf,
    a_channel,
    a_contact,
    a_decision_step,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    a_telling_step,
    minutes,
)

TIMES = AnswerTimes(rules=(), otherwise=AnswerTime(never=0.4, median=minutes(7), spread=2.5))
PLAYBOOK = a_playbook(
    a_decision_step("A04"),
    a_step("A10", start=Start(after=("A04",)), when=Decided(step="A04", options=("unclear",))),
    a_step("A11", roles=("WR",), start=Start(after=("A04",), latest=minutes(20))),
    a_step("A12", roles=("WR",), start=Start(after=("A10", "A11"), offset=minutes(5))),
    a_step("A13", start=Start(after=("A10", "A11"), mode="any", latest=minutes(70))),
    a_step("A14", roles=(), reached_in=("A10", "A11"), start=Start(offset=minutes(45))),
    a_step("A15", roles=(), asked_in=("A10", "A11"), start=Start(offset=minutes(50))),
    a_step("A16", roles=("WR", "OHS"), completion=Completion.ANY),
    a_step("A17", roles=("KRS",), start=Start(offset=minutes(3))),
    a_step("A18", hold_while=Is(attribute="dangerous", values=("yes",))),
    a_step("A19", when=Is(attribute="kind_of_event", values=("terror",))),
    a_step("A20", start=Start(after=("A17",)), waits=True),
    a_step("A21", expect=ExpectReport(), start=Start(after=("A19",))),
    a_telling_step("N01", roles=("WR", "OHS"), start=Start(offset=minutes(4))),
    a_step("A22", start=Start(after=("N01",), offset=minutes(2))),
    a_step("A23", roles=(), asked_in=("N01",), start=Start(offset=minutes(9))),
    a_telling_step("N02", roles=("NOBODY",)),
    a_step("A24", start=Start(after=("N02",))),
)


def a_setting(playbook: Playbook = PLAYBOOK, **changes: object) -> Setting:
    contacts = (
        a_contact("wr", kinds=(ChannelKind.SMS, ChannelKind.PHONE_BY_HAND), deputy="wr-dep"),
    )
    setting = Setting(
        playbook=playbook,
        directory=a_directory(a_partner("ohs"), a_partner("wr", role="WR"), contacts=contacts),
        region=REGION,
        at=T0,
        until=T0 + timedelta(days=1),
        times=TIMES,
        attributes={"dangerous": "unknown"},
    )
    return replace(setting, **changes)  # type: ignore[arg-type]  # -- replace checks the names


@pytest.mark.parametrize("number", range(25))
@pytest.mark.parametrize("out", [(), ("sms",)])
def test_house_does_the_same_when_it_is_given_the_same_answers(
    number: int, out: tuple[str, ...]
) -> None:
    setting = a_setting(out=out)
    met = Forecaster(setting).run(1, number)

    cues = [cue for one in met for cue in _cues(setting, one)]
    stage = make_stage(OneShelf(setting.playbook, setting.directory), at=T0, out=frozenset(out))
    incident = simulate(
        stage,
        Simulation(
            playbook="pb",
            region=REGION,
            at=T0,
            attributes=setting.attributes,
            cues=tuple(cues),
            until=setting.until,
        ),
    ).incident

    by_key = {(one.step, one.partner): one for one in met}
    # Where enough others have answered, a run leaves out who was not needed any more.
    told = {
        key: (obligation.started_at, _reached_at(incident, obligation))
        for key, obligation in incident.obligations.items()
        if key in by_key or obligation.obsolete_reason != "completed"
    }
    assert {key: (one.asked_at, one.reached_at) for key, one in by_key.items()} == told


def _reached_at(incident: Incident, obligation: Obligation) -> datetime | None:
    decided = incident.run_of(obligation.step).decided
    if decided is None:
        return obligation.reached_at
    return None if decided.by_default else decided.happened_at


def _cues(setting: Setting, met: Meeting) -> list[Cue]:
    if met.reached_at is None:
        return []
    step = next(step for step in setting.playbook.steps if step.id == met.step)
    if isinstance(step.expect, ExpectDecision):
        return [Cue(doing="decide", step=step.id, at=met.reached_at, value=step.expect.default)]
    return [Cue(doing="acknowledge", step=step.id, partner=met.partner, at=met.reached_at)]


@pytest.mark.parametrize(
    ("kind", "first_seen"),
    [
        # Friday evening: a mail lies there until Monday, a call is over, a page rings nobody.
        (ChannelKind.EMAIL, datetime(2026, 12, 21, 6, 30, tzinfo=UTC)),
        (ChannelKind.PHONE_BY_HAND, None),
        (ChannelKind.PORTAL, None),
    ],
)
def test_message_is_answered_once_somebody_can_see_it(
    kind: ChannelKind, first_seen: datetime | None
) -> None:
    channel = a_channel("ohs-c", kind, hours=Office(land="14"))
    contact = replace(a_contact("ohs"), channels=(channel,))
    setting = a_setting(
        a_playbook(),
        directory=a_directory(a_partner("ohs"), contacts=(contact,)),
        times=AnswerTimes(rules=(), otherwise=AnswerTime(never=0, median=minutes(2), spread=1)),
        until=T0 + timedelta(days=4),
    )

    (met,) = Forecaster(setting).run(1, 1)

    assert met.reached_at == (None if first_seen is None else first_seen + minutes(2))


def test_message_that_nobody_sees_for_a_week_counts_as_overlooked() -> None:
    channel = a_channel("ohs-c", hours=Hours(weekdays=(), opens=time(8), closes=time(9)))
    contact = replace(a_contact("ohs"), channels=(channel,))
    directory = a_directory(a_partner("ohs"), contacts=(contact,))

    (met,) = Forecaster(a_setting(a_playbook(), directory=directory)).run(1, 1)

    assert met.reached_at is None


def test_answer_after_the_end_counts_as_none() -> None:
    setting = a_setting(a_playbook(), until=T0 + minutes(1))

    assert {run[0].reached_at for run in (Forecaster(setting).run(1, n) for n in range(40))} <= {
        None,
        T0 + minutes(1),
    }


def test_decision_that_comes_too_late_is_taken_by_default() -> None:
    hour = AnswerTimes(rules=(), otherwise=AnswerTime(never=0, median=minutes(60), spread=1))
    playbook = a_playbook(a_decision_step("A04"), a_step("A10", start=Start(after=("A04",))))

    late, asked = Forecaster(a_setting(playbook, times=hour)).run(1, 1)

    assert (late.step, late.reached_at) == ("A04", None)
    assert (asked.step, asked.asked_at) == ("A10", T0 + minutes(40))
