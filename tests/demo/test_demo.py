"""The whole demo as a person runs it: one command, real processes, everything it promises."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from crisis.cli.main import crisis

DEMO_LIMIT = 900
WHAT_IS_SHOWN = (
    "incident",
    "messages",
    "partners",
    "ladders",
    "failures",
    "desk",
    "decision",
    "check-ins",
    "reports",
    "Prefect",
    "flows",
    "report",
    "log",
    "messages",
)


@pytest.mark.e2e
def test_demo_shows_everything_it_promises(tmp_path: Path) -> None:
    folder = tmp_path / "demo"

    done = subprocess.run(
        [sys.executable, "-m", "crisis", "demo", "--out", str(folder)],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        timeout=DEMO_LIMIT,
    )

    assert (done.returncode, done.stderr) == (0, "")
    facts = re.findall(r"^  ([A-Za-z-]+) +(.*)$", done.stdout, flags=re.MULTILINE)
    assert tuple(name for name, _ in facts) == WHAT_IS_SHOWN
    shown = dict(facts)
    assert "A12 ohs-geschaeftsstelle-email 550" in shown["failures"]
    assert "A15 kobe-dienst-telefon-1 wrong-number" in shown["failures"]
    # In A57 somebody may speak for a side before the other one on it does, who then need not.
    assert re.search(r"\b1 declined, 1 handed_to_person(, 1 obsolete)?;", shown["partners"])
    assert re.fullmatch(r"(\d+) of \1 attempts and reports by a flow \(100 %\)", shown["Prefect"])
    assert shown["reports"] == "draft on day 42, final on day 42"
    mails = sorted((folder / "sinks" / "mails").glob("*.eml"))
    assert f"{len(mails)} mails" in dict(facts[:2])["messages"]
    report = Path(shown["report"]).read_text(encoding="utf-8")
    assert "[ÜBUNG] Reflexionsbericht" in report


def test_demo_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "crisis", "demo", "--out", str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 4
    assert done.stderr == f"{tmp_path} is not empty; name another folder with --out\n"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_demo_says_what_to_do_where_its_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    folder = tmp_path / "file" / "demo"

    result = CliRunner().invoke(crisis, ["demo", "--out", str(folder)])

    assert (result.exit_code, result.stdout, result.stderr) == (
        5,
        "",
        (
            f"{folder} cannot be written to: Not a directory."
            " Give this user the right to, or name another folder with --out.\n"
        ),
    )


def test_demo_refuses_an_unknown_playbook_before_anything_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "demo"

    result = CliRunner().invoke(crisis, ["demo", "--playbook", "nope", "--out", str(folder)])

    assert (result.exit_code, result.stdout) == (3, "")
    assert re.fullmatch(
        r"there is no playbook `nope`; known: .*\bsn-mass-casualty\b.*\n", result.stderr
    )
    assert not folder.exists()
