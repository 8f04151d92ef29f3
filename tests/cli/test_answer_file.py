"""Answers from a file, as texts until the field's kind is known."""

from pathlib import Path

import pytest

from crisis.cli.answer_file import read_answer_file
from crisis.core.form import Field, FieldKind, Form
from crisis.core.words import Words
from crisis.errors import NotFoundError

NAME = Words(de="Frage", en="Question")
FORM = Form(
    id="F3",
    title=NAME,
    fields=(
        Field(id="open", kind=FieldKind.TRISTATE, label=NAME),
        Field(id="number", kind=FieldKind.COUNT, label=NAME),
        Field(id="tongues", kind=FieldKind.LIST, label=NAME),
        Field(id="needs", kind=FieldKind.NEEDS, label=NAME),
    ),
)


def test_read_answer_file_keeps_words_and_builds_lists_and_rows(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(
        "open: no\nnumber: 012\ntongues: [de, pl]\n"
        "needs:\n  - {group: support, band: 5-19}\n  - broken\n",
        encoding="utf-8",
    )

    assert read_answer_file(file, FORM) == {
        "open": "no",
        "number": 12,
        "tongues": ["de", "pl"],
        "needs": [{"group": "support", "band": "5-19"}, {"": "broken"}],
    }


def test_read_answer_file_refuses_other_encodings(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_bytes("open: jä".encode("latin-1"))

    with pytest.raises(NotFoundError) as refused:
        read_answer_file(file, FORM)

    assert str(refused.value) == f"{file} cannot be read: it is not UTF-8"
