"""The pages' words: each term of the house has some; a new one is missed here, not on a page."""

from enum import Enum
from typing import get_args, get_type_hints

import pytest

from crisis.core.asked import StepObsolete
from crisis.core.contact import ChannelKind
from crisis.core.event import Purpose, TaskKind, Via
from crisis.core.obligation import ObligationState
from crisis.web import labels


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        (labels.STATES, ObligationState),
        (labels.PURPOSES, Purpose),
        (labels.VIAS, Via),
        (labels.TASKS, TaskKind),
        (labels.CHANNELS, ChannelKind),
    ],
    ids=["states", "purposes", "vias", "tasks", "channels"],
)
def test_every_term_has_its_words(words: dict[Enum, object], terms: type[Enum]) -> None:
    assert set(words) == set(terms)


def test_no_state_is_left_out_of_the_boards_order() -> None:
    assert sorted(labels.URGENCY) == sorted(ObligationState)


def test_every_reason_of_the_house_has_its_words() -> None:
    assert set(labels.OBSOLETE) >= set(get_args(get_type_hints(StepObsolete)["reason"]))
