"""The whole demo as a person runs it: one command, real processes, everything it promises."""

import re
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner

from crisis.cli.main import crisis
from crisis.cli.shipped import shipped_root
from crisis.demo.show import show
from crisis.demo.trafficking import trafficking

DEMO_LIMIT = 900
# Stands nowhere else, and names no person.
MARK = "Kranichzug-Siebenundsechzig-Nord"
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


SHOWN_OF_TRAFFICKING = {
    "consents": "E-01 refused; E-02 granted, told, taken back, who had it was told; "
    "E-03 granted and told",
    "by word": "5 messages of 3 steps, no content stored or sent",
    "help": "B23 answered, B27 answered, B41 answered",
    "published": "B31 after all had signed",
    "lead": "handed over 1 times, both confirmed",
    "check-ins": "B32 3 of 3, B33 2 of 2",
    "reports": "draft on day 42, final on day 42",
}


@pytest.mark.e2e
def test_eve_finds_what_counselling_confided_nowhere_but_with_its_own(tmp_path: Path) -> None:
    folder, mark, said = tmp_path / "demo", MARK, list[str]()

    # It refuses to end well if Eve finds the mark on a page, in a message or in a report.
    show(folder, shipped=shipped_root(), script=trafficking(mark), say=said.append)

    shown = {line[2:13].strip(): line[13:] for line in said if line.startswith("  ")}
    assert {name: shown.get(name) for name in SHOWN_OF_TRAFFICKING} == SHOWN_OF_TRAFFICKING
    assert re.fullmatch(r"(\d+) of \1 attempts and reports by a flow \(100 %\)", shown["Prefect"])
    # How often a call that nobody takes is overtaken by the ladder depends on the machine.
    assert re.fullmatch(r"level 1 \(next channel\) \d+ times, level 2 .*", shown["ladders"])
    assert re.fullmatch(r"1\d telephone calls by hand", shown["desk"])
    assert re.fullmatch(
        r"what counselling answered stands on [1-9]\d* pages of its own, "
        r"and on 0 of 1\d\d others that were looked at",
        shown["confided"],
    )
    holding = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and mark.encode() in path.read_bytes()
    }
    # The log holds it, nothing else that the house has written down.
    assert {path.partition("-")[0] for path in holding} == {"data/crisis.sqlite3"}
    mails = [
        message_from_bytes(path.read_bytes(), policy=default)
        for path in (folder / "sinks" / "mails").glob("*.eml")
    ]
    texts = [
        part.get_content() for mail in mails for part in mail.walk() if not part.is_multipart()
    ]
    assert len(texts) >= len(mails) > 0
    assert [text for text in texts if mark in text] == []


def test_demo_refuses_a_playbook_of_which_there_is_no_exercise(tmp_path: Path) -> None:
    folder = tmp_path / "demo"

    result = CliRunner().invoke(
        crisis, ["demo", "--playbook", "bpol-kok-standing", "--out", str(folder)]
    )

    assert (result.exit_code, result.stderr) == (
        3,
        (
            "there is no exercise of `bpol-kok-standing`; there are: sn-mass-casualty,"
            " bpol-kok-control\n"
        ),
    )
    assert not folder.exists()


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
