"""Each finding of tools/check_files.py, once found and once passed over."""

from pathlib import Path

import pytest

from tools.check_files import findings

PYTHON = Path("a.py")


def test_findings_are_empty_for_a_clean_file() -> None:
    text = 'x = 1  # noqa: X123 -- the name is given from outside\ny = "# noqa"\n'

    assert list(findings(PYTHON, text)) == []


def test_findings_name_a_suppression_without_code_and_reason() -> None:
    text = "import a\nx = 1  # no" + "qa\n"

    assert list(findings(PYTHON, text)) == [
        "a.py:2 suppresses everything; name the code",
        "a.py:2 suppresses without a reason; add ` -- why` (type: ignore takes `  # -- why`)",
    ]


def test_findings_name_a_type_ignore_without_reason() -> None:
    text = "x = 1  # type: ignore" + "[misc]\n"

    assert list(findings(PYTHON, text)) == [
        "a.py:1 suppresses without a reason; add ` -- why` (type: ignore takes `  # -- why`)",
    ]


def test_findings_accept_a_type_ignore_with_reason() -> None:
    text = "x = 1  # type: ignore" + "[misc]  # -- the library has no types\n"

    assert list(findings(PYTHON, text)) == []


def test_findings_name_a_file_of_401_lines() -> None:
    assert list(findings(PYTHON, "x = 1\n" * 401)) == [
        "a.py:400 goes on to line 401; split it, 400 is the most"
    ]


def test_findings_pass_over_400_lines_and_long_data() -> None:
    assert list(findings(PYTHON, "x = 1\n" * 400)) == []
    assert list(findings(Path("a.yaml"), "x: 1\n" * 401)) == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("/" + "home/ada/crisis", "a path of one machine"),
        ("https://pypi" + ".org/simple", "the host of a package index"),
        ("--" + "index-url x", "the address of a package index"),
        ("TO" + "DO later", "unfinished work"),
    ],
    ids=["path", "host", "address", "unfinished"],
)
def test_findings_name_a_trace_in_any_file(line: str, what: str) -> None:
    assert list(findings(Path("a.md"), f"first\n{line}\n")) == [
        f"a.md:2 holds {what}; take it out"
    ]
