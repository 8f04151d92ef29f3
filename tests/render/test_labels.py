"""The report's words: whatever it may have to say has some in both languages."""

from typing import get_args, get_type_hints

from crisis.core.asked import TOO_LATE, StepObsolete
from crisis.core.chronicle import TURNING_POINTS
from crisis.core.contact import ChannelKind
from crisis.core.figure import RowState
from crisis.core.report import reflection_report
from crisis.render import labels
from crisis.render.names import Names
from crisis.render.wording import Wording
from tests.report_log import Pen, a_directory, a_partner, a_playbook


def test_every_turning_point_has_a_name() -> None:
    assert set(labels.KINDS) >= TURNING_POINTS


def test_every_reason_of_the_house_has_its_words() -> None:
    reasons = {*get_args(get_type_hints(StepObsolete)["reason"]), TOO_LATE}

    assert set(labels.DETAILS) >= reasons


def test_every_state_of_a_row_has_its_words() -> None:
    assert set(labels.STATES) == {state.value for state in RowState}


def test_every_kind_of_channel_has_its_words() -> None:
    assert set(labels.CHANNELS) == {kind.value for kind in ChannelKind}


def test_a_kind_of_complaint_of_the_houses_own_reads_as_written() -> None:
    pen = Pen(a_playbook(), a_directory(a_partner("bo")))
    pen.open(occurred_at=None)
    names = Names(reflection_report(pen.log(), log_to=1), Wording("de"))

    assert [names.complaint(one) for one in ("delay", "racism")] == ["Verzögerung", "racism"]
