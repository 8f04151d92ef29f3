"""What lies on the desk of a complaint is the complaint office's, and nobody else's."""

from dataclasses import replace

import pytest

from crisis.core.desk import open_tasks
from crisis.core.steer import Result
from crisis.errors import (
    RefusedError,
)
from crisis.usecases import steering
from crisis.usecases.complaining import (
    work_on_task,
)
from tests.complained import a_house, current, left_alone
from tests.web.staged import Stage


def do_task(stage: Stage, task: str, result: Result = "reached", *, partner: str = "bst") -> None:
    work_on_task(
        stage.desk,
        stage.incident,
        partner=partner,
        task=task,
        result=result,
        note="",
        by=partner,
    )


def test_office_works_what_lies_on_the_desk_of_a_complaint() -> None:
    stage = left_alone()
    assert [task.raised.task for task in open_tasks(current(stage))] == [
        "other-way/K1/cy",
        "other-way/K2/bst",
    ]

    do_task(stage, "other-way/K1/cy")
    do_task(stage, "other-way/K2/bst", "done")

    assert open_tasks(current(stage)) == ()
    assert current(stage).obligations["K1", "cy"].acknowledgement is not None
    assert stage.desk.incidents.entries(stage.incident)[-1].actor == "bst"


@pytest.mark.parametrize("partner", ["cy", "pol", "nobody"])
def test_nobody_else_works_it(partner: str) -> None:
    stage = left_alone()
    before = stage.desk.incidents.entries(stage.incident)

    with pytest.raises(RefusedError, match="only the complaint office"):
        do_task(stage, "other-way/K2/bst", partner=partner)
    with pytest.raises(RefusedError, match="only the complaint office"):
        steering.finish_task(
            stage.desk, stage.incident, task="other-way/K2/bst", result="done", by="eve"
        )

    assert stage.desk.incidents.entries(stage.incident) == before


def test_other_runs_have_no_office() -> None:
    stage = replace(a_house(), incident="i1")

    with pytest.raises(RefusedError, match="only the complaint office"):
        do_task(stage, "phone/A10/ring/1", "no-answer")
