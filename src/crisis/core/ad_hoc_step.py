"""An ask outside the playbook as the step it amounts to."""

from dataclasses import replace

from crisis.core.deadline import Within
from crisis.core.event import AdHocAsked
from crisis.core.playbook import (
    ExpectAcknowledgement,
    ExpectAnswer,
    Mandatory,
    Start,
    Step,
)
from crisis.core.words import Words


def ad_hoc_step(asked: AdHocAsked, *, like: Step) -> Step:
    """Return the step that an ask outside the playbook amounts to; carried like the stand-down."""
    return replace(
        like,
        id=asked.step,
        title=Words(de="Anfrage außerhalb des Ablaufplans", en="Ask outside the playbook"),
        roles=(),
        start=Start(),
        expect=ExpectAnswer(form=asked.form) if asked.form else ExpectAcknowledgement(),
        within=None if asked.within is None else Within(duration=asked.within),
        mandatory=Mandatory.OPTIONAL,
        message=Words(de=asked.text, en=asked.text),
        reached_in=(),
        asked_in=(),
    )
