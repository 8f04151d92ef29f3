"""Forms find their fields."""

import pytest

from tests.builders import ANSWER_FORM


def test_form_finds_its_field() -> None:
    assert ANSWER_FORM.field("deaths") is ANSWER_FORM.fields[1]


def test_form_has_no_field_it_does_not_ask() -> None:
    with pytest.raises(KeyError, match="names"):
        ANSWER_FORM.field("names")
