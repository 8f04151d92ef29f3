"""What a page with one form shows again, and what it does not."""

from collections.abc import Mapping

import pytest
from starlette.requests import Request

from crisis.core.form import Answers, Field, FieldKind, Form, Option
from crisis.core.words import Words
from crisis.errors import PersonalDataError, UsageError
from crisis.web.act_page import Entry, carry_out
from crisis.web.desk_act import DeskAct
from tests.web.staged import staged

POSTED = {
    "action": "say",
    "f-how": "quiet",
    "f-many": "7",
    "f-text": "Weiter so",
    "f-list": "pl\ncs",
}


def refused(error: Exception, posted: Mapping[str, str] = POSTED) -> str:
    """Return the page after the house has refused what was typed."""

    def do(_answers: Answers) -> None:
        raise error

    words = Words(de="Frage")
    form = Form(
        id="said",
        title=words,
        fields=(
            Field(
                id="how",
                kind=FieldKind.CHOICE,
                label=words,
                options=(Option(value="quiet", label=Words(de="still")),),
            ),
            Field(id="many", kind=FieldKind.COUNT, label=words),
            Field(id="text", kind=FieldKind.TEXT, label=words),
            Field(id="list", kind=FieldKind.LIST, label=words),
        ),
    )
    act = DeskAct(title="Sagen", form=form, button="Sagen", action="say", do=do)
    stage = staged()
    request = Request(
        {"type": "http", "method": "POST", "path": "/x", "headers": [], "query_string": b""}
    )
    entry = Entry(
        request=request, incident=stage.desk.incidents.current("i1"), act=act, home="/x", who="ada"
    )
    answer = carry_out(entry, posted)
    assert answer.status_code == 422
    return bytes(answer.body).decode()


@pytest.mark.parametrize(
    ("error", "again"), [(PersonalDataError("so nicht"), False), (UsageError("so nicht"), True)]
)
def test_free_text_that_may_name_a_person_is_not_shown_again(
    error: Exception, *, again: bool
) -> None:
    page = refused(error)

    assert "so nicht" in page
    assert 'value="quiet" checked' in page
    assert 'value="7"' in page
    assert ("Weiter so" in page, "pl\ncs" in page) == (again, again)


def test_field_that_names_a_person_comes_back_empty_and_the_others_stay() -> None:
    page = refused(UsageError("nie"), {**POSTED, "f-text": "Frau Muster"})

    assert "Muster" not in page
    assert "pl\ncs" in page
