"""The fuzz: what it does to files, what it finds, and that it finds nothing where all is well."""

import time
from pathlib import Path
from random import Random  # noqa: TID251 -- its seed is given

import pytest

from crisis.loading.problem import Problem
from tools.fuzz.__main__ import fuzz, main
from tools.fuzz.mutation import Tree, mutated, value_at, ways
from tools.fuzz.target import Target

SEED = 47
TREE: Tree = {"id": "a", "steps": [{"id": "A01", "who": ["OHS"]}, {"id": "A02"}]}


def a_problem(message: str, *, line: int = 1) -> Problem:
    """Return a problem in a file."""
    return Problem(path="a.yaml", line=line, column=1, code="YA001", message=message)


def fail(file: Path) -> tuple[Problem, ...]:
    """Read as a reader with a mistake does."""
    raise RecursionError(file.name)


def dawdle(_file: Path) -> tuple[Problem, ...]:
    """Take three seconds of the processor's time."""
    until = time.process_time() + 3
    while time.process_time() < until:
        pass
    return ()


def test_files_are_changed_by_chance_and_the_same_chance_gives_the_same_files() -> None:
    def row() -> list[Tree]:
        by = Random(SEED)  # noqa: S311 -- no secret
        return [mutated(TREE, TREE, by=by) for _ in range(300)]

    changed = row()

    assert changed == row()
    assert sum(one != TREE for one in changed) > 200
    assert TREE == {"id": "a", "steps": [{"id": "A01", "who": ["OHS"]}, {"id": "A02"}]}


def test_ways_lead_to_every_value() -> None:
    found = {way: value_at(TREE, way) for way in ways(TREE)}

    assert len(found) == 9
    assert found["steps", 0, "who", 0] == "OHS"


@pytest.mark.parametrize(
    ("read", "sign"),
    [
        (lambda _file: (), ""),
        (lambda _file: (a_problem("not a word"),), ""),
        (lambda _file: (a_problem(""),), "YA001 says nothing"),
        (lambda _file: (a_problem("x", line=0),), "YA001 has no place"),
        (dawdle, "it took more than two seconds"),
    ],
    ids=["sound", "sound words", "no words", "no place", "slow"],
)
def test_law_of_readers(read: object, sign: str, tmp_path: Path) -> None:
    target = Target(begins_with=("playbooks/complaint.yaml",), place="a.yaml", read=read)  # type: ignore[arg-type]  # -- one of those above
    row = fuzz(target, tmp_path, until=time.monotonic() + 30, by=Random(SEED))  # noqa: S311 -- no secret

    first = next(row)

    assert ("" if first is None else first.sign) == sign


def test_traceback_is_named_by_its_place(tmp_path: Path) -> None:
    target = Target(begins_with=("playbooks/complaint.yaml",), place="a.yaml", read=fail)
    row = fuzz(target, tmp_path, until=time.monotonic() + 30, by=Random(SEED))  # noqa: S311 -- no secret

    found = next(row)

    assert found is not None
    assert found.sign.startswith("RecursionError at test_fuzz.py:")


def test_every_kind_of_file_is_fuzzed_and_nothing_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = main(["--seconds", "4", "--seed", str(SEED)])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0, lines
    assert [line.split(":")[0] for line in lines] == [
        "playbook",
        "overlay",
        "contacts",
        "agreement",
        "consent",
        "rehearsal",
        "answer-times",
        "providers",
    ]


def test_unknown_kind_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["recipes"])

    assert "there is no kind recipes; there are: playbook, overlay" in capsys.readouterr().err
