"""The report as files: the same bytes on every machine and every day."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crisis.core.report import ReflectionReport, reflection_report
from crisis.core.report_record import report_digest
from crisis.render.report_file import FILE_KINDS, report_file
from tests.render.long_run import six_weeks

ROOT = Path(__file__).parents[2]
PRINT_DIGESTS = """
from hashlib import sha256
from crisis.core.report import reflection_report
from crisis.render.report_file import FILE_KINDS, report_file
from tests.render.long_run import six_weeks
report = reflection_report(six_weeks().log(), log_to=10_000)
for kind in FILE_KINDS:
    for language in ("de", "en"):
        print(kind, language, sha256(report_file(report, kind, language=language)).hexdigest())
"""


@pytest.fixture(scope="module")
def report() -> ReflectionReport:
    return reflection_report(six_weeks().log(), log_to=10_000)


def _digests_elsewhere(*, seed: str, zone: str) -> str:
    """Return the digests as another process prints them, with another hash seed and zone."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT_DIGESTS],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        },
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    return done.stdout


def test_report_file_is_the_same_bytes_in_every_process() -> None:
    first = _digests_elsewhere(seed="1", zone="Europe/Berlin")
    assert first.count("\n") == 2 * len(FILE_KINDS)
    assert first == _digests_elsewhere(seed="4711", zone="America/New_York")


def test_report_file_as_json_has_the_digest_that_the_log_holds(report: ReflectionReport) -> None:
    content = report_file(report, "json")
    assert hashlib.sha256(content).hexdigest() == report_digest(report)


def test_report_file_as_json_gives_seconds_and_moments_with_offset(
    report: ReflectionReport,
) -> None:
    read = json.loads(report_file(report, "json"))
    m1 = next(figure for figure in read["figures"] if figure["definition"]["id"] == "M1")
    assert m1["stats"] == [{"key": "duration", "value": 1080}]
    assert read["cover"]["opened_at"] == "2026-12-18T18:20:00+00:00"
    assert read["cover"]["tlp"] == "amber"
    assert read["cover"]["mode"] == "exercise"


def test_report_file_does_not_change_with_what_is_written_later() -> None:
    log = six_weeks().log()
    early = reflection_report(log[:120], log_to=120)
    assert report_file(reflection_report(log, log_to=120), "json") == report_file(early, "json")
