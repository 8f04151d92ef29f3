"""What lies on the lead's desk."""

import pytest
from starlette.testclient import TestClient

from crisis.core.event import Via
from crisis.usecases import answering
from crisis.usecases.answering import Reply
from crisis.web.task_view import legible
from tests.web.reading import text_of
from tests.web.staged import Stage


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("+493023125100", "+49 30 23125100"),
        ("0152 28817386", "+49 1522 8817386"),
        ("", ""),
        ("Zimmer 12", "Zimmer 12"),
    ],
)
def test_number_is_read_in_groups(number: str, read: str) -> None:
    assert legible(number) == read


def test_call_falls_off_the_desk_when_its_partner_takes_over(
    stage: Stage, ada: TestClient
) -> None:
    before = text_of(ada.get("/").text).split("\n")[-2]
    reply = Reply(incident="i1", step="A10", partner="ring", by="ring", via=Via.PAGE)

    answering.acknowledge(stage.desk, reply)
    after = text_of(ada.get("/").text).split("\n")[-2]

    assert (before, after) == ("☎ Offene Aufgaben: 3", "☎ Offene Aufgaben: 2")
