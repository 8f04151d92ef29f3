"""YAML with places; the many ways to write it badly are in `cases/`."""

import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.loading.located import Place, read_yaml
from crisis.loading.playbook_loader import load_playbook
from crisis.loading.problem import has_errors, render


def test_read_yaml_keeps_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "no: yes\n"
        "time: 1:30\n"
        "region: 012\n"
        "octal: 0o14\n"
        "date: 2026-11-22\n"
        'quoted: "14"\n'
        "number: -14\n"
        "fraction: 1.5\n"
        "huge: 1234567890123456789012345\n"
        "truth: true\n"
        "nothing: ~\n"
        "empty:\n"
        "block: |\n"
        "  two\n"
        "  lines\n",
        encoding="utf-8",
    )

    document, problems = read_yaml(path, shown_as="a.yaml")

    assert problems == ()
    assert document is not None
    assert document.data == {
        "no": "yes",
        "time": "1:30",
        "region": "012",
        "octal": "0o14",
        "date": "2026-11-22",
        "quoted": "14",
        "number": -14,
        "fraction": 1.5,
        "huge": "1234567890123456789012345",
        "truth": True,
        "nothing": None,
        "empty": None,
        "block": "two\nlines\n",
    }


def test_read_yaml_remembers_every_place(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("lead:\n  role: OB-L\nsteps:\n  - {id: Ä01, in: [a, b]}\n", encoding="utf-8")

    document, _ = read_yaml(path, shown_as="a.yaml")

    assert document is not None
    assert document.values == {
        (): Place(1, 1),
        ("lead",): Place(2, 3),
        ("lead", "role"): Place(2, 9),
        ("steps",): Place(4, 3),
        ("steps", 0): Place(4, 5),
        ("steps", 0, "id"): Place(4, 10),
        ("steps", 0, "in"): Place(4, 19),
        ("steps", 0, "in", 0): Place(4, 20),
        ("steps", 0, "in", 1): Place(4, 23),
    }
    assert document.place(("steps", 0, "in"), of_key=True) == Place(4, 15)
    assert document.place(("lead", "deputy")) == Place(2, 3)


def test_read_yaml_tells_of_a_missing_file(tmp_path: Path) -> None:
    document, problems = read_yaml(tmp_path / "none.yaml", shown_as="none.yaml")

    assert document is None
    assert render(problems) == (
        "none.yaml:1:1: YA001 the file cannot be read: no such file or directory\n"
        "1 mistake in 1 file. `crisis playbook explain YA001` says more."
    )


def test_read_yaml_refuses_a_huge_file_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    path.write_text("# " + "x" * 2_000_000, encoding="utf-8")

    document, problems = read_yaml(path, shown_as="huge.yaml")

    assert document is None
    assert render(problems) == (
        "huge.yaml:1:1: YA002 the file is larger than 2 MB\n"
        "  = help: split it\n"
        "1 mistake in 1 file. `crisis playbook explain YA002` says more."
    )


@pytest.mark.parametrize(
    "text",
    ["{" * 3000, "[" * 3000, "- " * 3000 + "a", "? " * 3000, "a: {" * 60, "!!x &y *z", "%YAML 9"],
    ids=["mappings", "lists", "dashes", "keys", "mixed", "marks", "directive"],
)
def test_read_yaml_survives_what_tools_stumble_over(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")

    document, problems = read_yaml(path, shown_as="a.yaml")

    assert document is None
    assert problems != ()


@pytest.mark.parametrize(
    ("text", "count", "first"),
    [
        ("\x01" * 1000, 200, "YA004"),
        ("\t\n" * 1000, 200, "YA005"),
        ("a: 1\n" * 1000, 200, "YA011"),
        ("- &x 1\n" * 1000, 200, "YA007"),
        ("- !x 1\n" * 1000, 200, "YA008"),
        ("- 1\n" * 250_001, 1, "YA002"),
        ("a: 1\n" + "b: [\n" * 50_000, 1, "YA010"),
    ],
    ids=["control", "tabs", "keys", "anchors", "tags", "values", "large-and-broken"],
)
def test_read_yaml_stops_where_nobody_would_read_on(
    tmp_path: Path, text: str, count: int, first: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")

    document, problems = read_yaml(path, shown_as="a.yaml")

    assert document is None
    assert (len(problems), problems[0].code) == (count, first)


def test_read_yaml_names_the_mistake_in_a_large_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("# " + "x" * 300_000 + "\na: b: c\n", encoding="utf-8")

    _, problems = read_yaml(path, shown_as="a.yaml")

    assert [(one.line, one.column, one.code) for one in problems] == [(2, 5, "YA006")]


def test_read_yaml_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)

    document, problems = read_yaml(pipe, shown_as="pipe.yaml")

    assert document is None
    assert render(problems) == (
        "pipe.yaml:1:1: YA001 the file cannot be read: is a pipe\n"
        "1 mistake in 1 file. `crisis playbook explain YA001` says more."
    )


def test_read_yaml_reads_no_further_than_a_file_may_be() -> None:
    document, problems = read_yaml(Path("/dev/zero"), shown_as="/dev/zero")

    assert document is None
    assert [one.code for one in problems] == ["YA002"]


@given(st.text(st.sampled_from("ab:-[]{},&*!|>?#'\"%@ \t\n\x00ä1~"), max_size=60))
@settings(max_examples=200)
def test_read_yaml_answers_every_text(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_text(text, encoding="utf-8")

        document, problems = read_yaml(path, shown_as="a.yaml")

    assert (document is None) == has_errors(problems)


@given(st.binary(max_size=60))
@settings(max_examples=100)
def test_load_playbook_answers_every_file(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_bytes(content)

        loaded = load_playbook(path, shown_as="a.yaml", today=date(2026, 11, 22))

    assert loaded.playbook is None
    assert has_errors(loaded.problems)


_SHIPPED = (Path(__file__).parents[2] / "playbooks/templates/five-steps.yaml").read_text("utf-8")


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_load_playbook_answers_every_damaged_playbook(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(_SHIPPED)))
    end = data.draw(st.integers(start, min(start + 40, len(_SHIPPED))))
    put = data.draw(st.sampled_from(["", "~", "[]", "{}", "- ", ": ", "\n", "T0", "0", "{a: b}"]))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "five-steps.yaml"
        path.write_text(_SHIPPED[:start] + put + _SHIPPED[end:], encoding="utf-8")

        loaded = load_playbook(path, shown_as="a.yaml", today=date(2026, 11, 22))

    assert (loaded.playbook is None) == has_errors(loaded.problems)
