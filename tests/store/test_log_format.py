"""The program on the reference page is run as it stands there."""

import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from crisis.core.event import Event
from crisis.store.chain import Record, seal
from crisis.store.log import DatabaseEventLog
from tests.store.conftest import ROOT, Bench
from tests.store.happening import AT, a_note, an_attempt, an_opening

PAGE = (ROOT / "docs/reference/log-format.md").read_text()


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Write the page's only Python block into a file."""
    [block] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    file = tmp_path / "check.py"
    file.write_text(block)
    return file


def check(program: Path, url: str) -> tuple[int, str]:
    """Run the program in a Python without our packages and return its exit code and words."""
    command = [sys.executable, "-I", "-S", str(program), url.removeprefix("sqlite:///")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def fill(log: DatabaseEventLog) -> None:
    for incident in ("i1", "i2"):
        events: list[Event] = [
            an_opening(),
            a_note("Grüße 𝄞 \x00 \x7f \u2028 \"'\\"),
            an_attempt(),
            a_note(),
        ]
        log.append(incident, events, actor="Ä", at=AT, expected_version=0)


def test_program_is_short_enough_to_be_read(program: Path) -> None:
    lines = [line for line in program.read_text().splitlines() if line.strip()]
    assert len(lines) <= 30


def test_program_finds_a_whole_log_intact(program: Path, database_url: str) -> None:
    with DatabaseEventLog(database_url) as log:
        fill(log)
    assert check(program, database_url) == (0, "intact: 2 incidents\n")


def test_program_finds_what_verify_finds(program: Path, database_url: str) -> None:
    with DatabaseEventLog(database_url) as log:
        fill(log)
        bench = Bench(log, database_url)
        bench.alter("i1", 2)
        bench.remove("i2", 4)
        assert {(fault.incident, fault.version) for fault in log.verify()} == {
            ("i1", 2),
            ("i2", 3),
        }
    assert check(program, database_url) == (
        1,
        "i1 version 2 was altered\ni2 does not end as it was left\n",
    )


def test_example_on_the_page_is_an_entry() -> None:
    [example] = re.findall(r"```json\n(.*?)\n```", PAGE)
    record = Record(
        seq=1,
        incident="20261218-1920-k7m2",
        version=1,
        kind="note-added",
        at="2026-12-18T19:20:00.000000Z",
        actor="ada",
        data='{"text":"Lage übernommen"}',
        prev_hash="",
    )
    assert seal(record) == sha256(example.encode()).hexdigest()
