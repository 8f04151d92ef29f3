"""An export is checked by the program on the how-to page, with Python and nothing else."""

import json
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisis.core.custody import ERASED_TEXT
from crisis.core.event import Erased, Event
from crisis.core.redaction import Redaction
from crisis.store.chain import canonical
from crisis.store.log import DatabaseEventLog
from tests.store.conftest import DATABASES, ROOT, Bench
from tests.store.happening import AT, LATER, a_note, an_attempt, an_opening

PROGRAM = ROOT / "docs/how-to/verify_export.py"
on_both = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


def fill(log: DatabaseEventLog) -> None:
    events: list[Event] = [
        an_opening(),
        a_note("Grüße 𝄞 \x00 \u2028 \"'\\"),
        an_attempt(),
        a_note("c"),
    ]
    log.append("i1", events, actor="Ä", at=AT, expected_version=0)


def export(log: DatabaseEventLog, file: Path) -> Path:
    file.write_bytes("".join(f"{line}\n" for line in log.export("i1", at=LATER)).encode())
    return file


def erase(log: DatabaseEventLog, *versions: int, expected_version: int) -> None:
    log.erase(
        "i1",
        [
            Redaction(
                version=n, event=a_note(ERASED_TEXT) if n == 2 else Erased(what="x"), actor="p"
            )
            for n in versions
        ],
        rule="people",
        days=730,
        actor="system",
        at=LATER,
        expected_version=expected_version,
    )


def check(file: Path) -> tuple[int, list[str]]:
    """Run the program in a Python without our packages; return its exit code and its lines."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(PROGRAM), str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_program_is_short_enough_to_be_read() -> None:
    lines = [line for line in PROGRAM.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= 30


@on_both
def test_good_export_is_intact(database_log: DatabaseEventLog, tmp_path: Path) -> None:
    fill(database_log)
    assert check(export(database_log, tmp_path / "i1.jsonl")) == (0, ["intact", "4 entries"])


@on_both
def test_export_after_erasure_is_intact_and_says_so(
    database_log: DatabaseEventLog, tmp_path: Path
) -> None:
    fill(database_log)
    erase(database_log, 2, expected_version=4)
    erase(database_log, 2, 3, expected_version=5)
    assert check(export(database_log, tmp_path / "i1.jsonl")) == (
        0,
        ["intact", "version 2: entries-erased", "version 3: entries-erased", "6 entries"],
    )


def test_export_of_an_accepted_break_is_intact_and_says_so(
    database_url: str, tmp_path: Path
) -> None:
    with DatabaseEventLog(database_url) as log:
        fill(log)
        bench = Bench(log, database_url)
        bench.alter("i1", 2)
        bench.remove("i1", 3)
        broken = check(export(log, tmp_path / "broken.jsonl"))
        log.accept_break("i1", reason="Platte", actor="ada", at=LATER)
        assert check(export(log, tmp_path / "i1.jsonl")) == (
            0,
            [
                "intact",
                "version 2: broken-chain-accepted",
                "version 4: broken-chain-accepted",
                "4 entries",
            ],
        )
    assert broken == (
        1,
        [
            "version 2 was altered or does not follow",
            "version 4 was altered or does not follow",
            "3 entries",
        ],
    )


def test_unreadable_entry_is_handed_over_as_it_stands(database_url: str, tmp_path: Path) -> None:
    with DatabaseEventLog(database_url) as log:
        fill(log)
        Bench(log, database_url).run("UPDATE log SET data = '{' WHERE version = 2")
        file = export(log, tmp_path / "i1.jsonl")
    assert json.loads(file.read_text(encoding="utf-8").splitlines()[2])["data"] == {
        "unreadable": "{"
    }
    assert check(file)[0] == 1


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the export of a log of which something was erased."""
    folder = tmp_path_factory.mktemp("export")
    with DatabaseEventLog(f"sqlite:///{folder / 'crisis.db'}") as log:
        notes = [a_note(text) for text in ("a", "b", "c", "d")]
        log.append("i1", notes, actor="ada", at=AT, expected_version=0)
        erase(log, 2, expected_version=4)
        yield export(log, folder / "i1.jsonl")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_of_an_export_is_found(
    exported: Path, tmp_path: Path, data: st.DataObject
) -> None:
    whole = bytearray(exported.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    # Changed within plain text, so that the line stays JSON more often than not.
    whole[place] = data.draw(
        st.sampled_from(b"0123456789abcdef~").filter(lambda b: b != whole[place])
    )
    changed = tmp_path / "changed.jsonl"
    changed.write_bytes(whole)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(PROGRAM), str(changed)],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("actor", "eve"),
        ("at", "2026-12-18T19:21:00.000000Z"),
        ("kind", "note-addee"),
        ("version", 9),
        ("incident", "i2"),
        ("prev_hash", "00"),
        ("hash", "00"),
        ("data", {"text": "x"}),
    ],
)
@pytest.mark.parametrize("line", [1, 2, 3])
def test_changed_entry_is_found_even_if_the_file_is_sealed_anew(
    exported: Path, tmp_path: Path, line: int, name: str, value: object
) -> None:
    *lines, _ = exported.read_text(encoding="utf-8").splitlines()
    entry = {**json.loads(lines[line]), name: value}
    lines[line] = canonical(entry)
    text = "".join(f"{one}\n" for one in lines)
    seal = canonical({"sha256": sha256(text.encode()).hexdigest()})
    changed = tmp_path / "changed.jsonl"
    changed.write_text(f"{text}{seal}\n", encoding="utf-8")
    code, said = check(changed)
    assert code == 1
    assert "was altered or does not follow" in said[0]
