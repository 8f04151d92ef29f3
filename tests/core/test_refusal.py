"""What every command asks first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.event import Event
from crisis.core.incident import Incident, fold
from crisis.core.refusal import (
    moment_of,
    obligation_of,
    require_moment,
    require_no_person,
    require_not_closed,
    require_running,
    require_text,
    step_of,
)
from crisis.errors import CrisisError, NotFoundError, PersonalDataError, RefusedError, UsageError
from tests.builders import T0, entries_of, minutes

STARTED = ev.StepStarted(step="A10", partners=("ohs",), planned_at=T0, due_at=None)
STOOD_DOWN = ev.StoodDown(reason="Fehlalarm", happened_at=T0)
CLOSED = ev.IncidentClosed(reason="Ende")


def an_incident(*events: Event) -> Incident:
    return fold(entries_of(STARTED, *events))


def test_what_is_there_is_found() -> None:
    incident = an_incident()

    assert step_of(incident, "A10") is incident.step_by_id["A10"]
    assert obligation_of(incident, "A10", "ohs") is incident.obligations["A10", "ohs"]


def test_what_is_not_there_lists_what_is() -> None:
    with pytest.raises(NotFoundError, match="no step 'A99'; there are: A10, A95"):
        step_of(an_incident(), "A99")
    with pytest.raises(NotFoundError, match="not asked of 'wr'; it was asked of: ohs"):
        obligation_of(an_incident(), "A10", "wr")
    with pytest.raises(NotFoundError, match=r"^A95 has not begun: nobody was asked yet$"):
        obligation_of(an_incident(), "A95", "ohs")


def test_record_takes_answers_until_it_is_closed_and_steering_until_the_stand_down() -> None:
    require_running(an_incident())
    require_not_closed(an_incident(STOOD_DOWN))

    with pytest.raises(RefusedError, match="incident i1 is stood-down; it is not steered any"):
        require_running(an_incident(STOOD_DOWN))
    with pytest.raises(RefusedError, match="incident i1 is closed; it is not steered any more"):
        require_running(an_incident(STOOD_DOWN, CLOSED))
    with pytest.raises(RefusedError, match="incident i1 is closed; its log takes no more"):
        require_not_closed(an_incident(CLOSED))


def test_moment_to_the_minute_of_the_opening_is_the_opening() -> None:
    t0 = T0 + timedelta(seconds=32)
    incident = fold(replace(entry, at=t0) for entry in entries_of(STARTED))
    now = t0 + minutes(3)

    assert moment_of(incident, T0, now=now) == t0
    assert moment_of(incident, None, now=now) == now
    for other in (T0 + timedelta(seconds=10), T0 - minutes(1), T0 + minutes(1)):
        assert moment_of(incident, other, now=now) == other


@pytest.mark.parametrize("minute", [0, 5, 10, 11])
def test_moment_between_the_opening_and_now_is_taken(minute: int) -> None:
    require_moment(an_incident(), T0 + minutes(minute), now=T0 + minutes(10))


@pytest.mark.parametrize(
    ("minute", "message"),
    [
        (
            -0.1,
            r"^2026-12-18 19:19:54 lies before the incident was opened \(2026-12-18 19:20:00\)$",
        ),
        (11.1, "lies in the future; it is 2026-12-18 19:30:00$"),
    ],
)
def test_moment_before_the_opening_or_in_the_future_is_refused(
    minute: float, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        require_moment(an_incident(), T0 + minutes(minute), now=T0 + minutes(10))


@pytest.mark.parametrize(
    ("text", "error"),
    [("", UsageError), ("  ", UsageError), ("Frau Müller", PersonalDataError)],
)
def test_text_must_be_there_and_name_nobody(text: str, error: type[CrisisError]) -> None:
    with pytest.raises(error):
        require_text("reason", text)


def test_text_that_may_be_empty_names_nobody_either() -> None:
    require_no_person("remark", "")

    with pytest.raises(PersonalDataError, match=r"^remark: "):
        require_no_person("remark", "Frau Müller")
