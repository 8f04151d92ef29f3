"""Answers from a file, as texts until the field's kind is known."""

from pathlib import Path

import pytest

from crisis.cli.answer_file import read_answer_file
from crisis.core.form import Field, FieldKind, Form
from crisis.core.words import Words
from crisis.errors import NotFoundError, UsageError
from tests.builders import T0

NAME = Words(de="Frage", en="Question")
FORM = Form(
    id="F3",
    title=NAME,
    fields=(
        Field(id="open", kind=FieldKind.TRISTATE, label=NAME),
        Field(id="number", kind=FieldKind.COUNT, label=NAME),
        Field(id="tongues", kind=FieldKind.LIST, label=NAME),
        Field(id="needs", kind=FieldKind.NEEDS, label=NAME),
        Field(id="at", kind=FieldKind.TIME, label=NAME),
        Field(id="until", kind=FieldKind.TIME, label=NAME),
    ),
)


def test_read_answer_file_keeps_words_and_builds_lists_and_rows(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(
        "open: no\nat: 18.12.2026 20:30\nnumber: 012\ntongues: [de, pl]\n"
        "needs:\n  - {group: support, band: 5-19}\n  - broken\n",
        encoding="utf-8",
    )

    assert read_answer_file(file, FORM, now=T0) == {
        "open": "no",
        "at": "2026-12-18T19:30:00+00:00",
        "number": 12,
        "tongues": ["de", "pl"],
        "needs": [{"group": "support", "band": "5-19"}, {"": "broken"}],
    }


def test_read_answer_file_refuses_other_encodings(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_bytes("open: jä".encode("latin-1"))

    with pytest.raises(NotFoundError) as refused:
        read_answer_file(file, FORM, now=T0)

    assert str(refused.value) == f"{file} cannot be read: it is not UTF-8"


def test_every_moment_of_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("at: bald\nopen: no\nuntil: 2026-03-29 02:30\n", encoding="utf-8")

    with pytest.raises(UsageError) as refused:
        read_answer_file(file, FORM, now=T0)

    assert [line.partition(". ")[0] for line in str(refused.value).splitlines()] == [
        f"{file}: `at`: `bald` is no moment",
        f"{file}: `until`: `2026-03-29 02:30` does not exist: the clocks change that night",
    ]
