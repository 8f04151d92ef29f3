"""Problems as people read them."""

from dataclasses import replace

import pytest

from crisis.errors import FindingsError
from crisis.loading.problem import (
    InvalidFilesError,
    Problem,
    Strength,
    in_order,
    raise_for_errors,
    render,
)


def a_problem(
    *,
    line: int = 1,
    path: str = "playbooks/flood.yaml",
    hint: str = "",
    strength: Strength = Strength.ERROR,
) -> Problem:
    return Problem(
        path=path,
        line=line,
        column=5,
        code="PB101",
        message="unknown step key `notifiy`",
        hint=hint,
        strength=strength,
    )


def test_render_lists_problems_in_order_with_a_count() -> None:
    problems = [
        a_problem(line=12, strength=Strength.WARNING),
        a_problem(line=4, hint="did you mean `notify`?"),
        a_problem(path="contacts/a.yaml", strength=Strength.NOTICE),
    ]

    assert render(problems) == (
        "contacts/a.yaml:1:5: PB101 notice: unknown step key `notifiy`\n"
        "playbooks/flood.yaml:4:5: PB101 unknown step key `notifiy`\n"
        "  = help: did you mean `notify`?\n"
        "playbooks/flood.yaml:12:5: PB101 warning: unknown step key `notifiy`\n"
        "1 mistake, 1 warning, 1 notice in 2 files. `crisis playbook explain PB101` says more."
    )


def test_render_of_nothing_says_so() -> None:
    assert render([]) == "No mistakes."


def test_in_order_keeps_equal_problems_once() -> None:
    assert in_order([a_problem(), a_problem()]) == (a_problem(),)


def test_raise_for_errors_lets_warnings_pass() -> None:
    raise_for_errors([a_problem(strength=Strength.WARNING)])


def test_raise_for_errors_tells_warnings_beside_errors() -> None:
    problems = (a_problem(line=2), a_problem(strength=Strength.WARNING))

    with pytest.raises(InvalidFilesError) as caught:
        raise_for_errors(problems)

    assert isinstance(caught.value, FindingsError)
    assert str(caught.value) == render(problems)
    assert caught.value.problems == in_order(problems)


def test_file_writes_nothing_but_its_mistakes_on_the_screen() -> None:
    hostile = replace(
        a_problem(hint="\x1b[2Jall is well\u202e"), message=f"not a date: `a\nb{'x' * 5000}`"
    )

    assert (hostile.hint, hostile.message[:20]) == (
        "\\x1b[2Jall is well\\u202e",
        "not a date: `a\\nbxxx",
    )
    assert len(hostile.message) < 1010
    assert hostile.message.endswith("xxx`")
