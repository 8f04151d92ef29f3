"""A YAML or JSON file with a partner's answers to a form."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import yaml

from crisis.cli.assignment import field_answer, read_answers
from crisis.core.form import Answer, Field, FieldKind, Form
from crisis.errors import FindingsError, NotFoundError, UsageError


def read_given(
    assignments: Sequence[str], file: Path | None, form: Form, *, now: datetime
) -> dict[str, Answer]:
    """Return the answers of `--file` and of `--set`, which outranks it; raises as both do."""
    read = {} if file is None else read_answer_file(file, form, now=now)
    return {**read, **read_answers(assignments, form, now=now)}


def read_answer_file(file: Path, form: Form, *, now: datetime) -> dict[str, Answer]:
    """
    Return the answers of a file, by the kinds of the form's fields.

    Whether a value is allowed is judged by the core, beside every other answer. `now`
    (UTC) says which day is today.

    Raises:
        NotFoundError: the file cannot be read, or it names unknown fields.
        FindingsError: it is no YAML.
        UsageError: it holds something else than answers, or moments that are none.
    """
    held = _plain(file)
    known = {field.id: field for field in form.fields}
    listed = ", ".join(known)
    if not isinstance(held, Mapping):
        raise UsageError(
            f"{file}: write one `field: value` line for each answer; there are: {listed}"
        )
    strange = [str(name) for name in held if name not in known]
    if strange:
        raise NotFoundError(
            "\n".join(
                f"{file}: form `{form.id}` has no field `{name}`; there are: {listed}"
                for name in strange
            )
        )
    answers: dict[str, Answer] = {}
    mistakes: list[str] = []
    for name, value in held.items():
        try:
            answers[str(name)] = _answer(known[str(name)], value, now=now)
        except UsageError as error:
            mistakes.append(f"{file}: `{name}`: {error}")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return answers


def _plain(file: Path) -> object:
    """Return what a file holds, every scalar as the text that was written: `no` stays `no`."""
    try:
        text = file.read_text(encoding="utf-8")
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- it builds texts, lists and mappings only
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise NotFoundError(f"{file} cannot be read: {reason}") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = "" if mark is None else f":{mark.line + 1}:{mark.column + 1}"
        raise FindingsError(f"{file}{place}: this is no YAML: {error.problem}") from None


def _answer(field: Field, value: object, *, now: datetime) -> Answer:
    if not isinstance(value, list):
        return field_answer(field, str(value), now=now)
    if field.kind is FieldKind.NEEDS:
        return [dict(row) if isinstance(row, Mapping) else {"": str(row)} for row in value]
    return [str(item) for item in value]
