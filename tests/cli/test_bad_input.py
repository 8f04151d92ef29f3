"""What is no playbook at all is answered soon, and without filling the memory."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# Of the whole process, its start included; on a busy machine the wall clock says nothing.
MOST_CPU_S, MOST_MB = 2.0, 200
# A process counts the memory of the one that began it as its own: a small one goes between.
MEASURED = """
import os, subprocess, sys
begun = subprocess.Popen(sys.argv[1:], stderr=subprocess.STDOUT)
_, status, used = os.wait4(begun.pid, 0)
cpu_s = used.ru_utime + used.ru_stime
print(os.waitstatus_to_exitcode(status), cpu_s, used.ru_maxrss, file=sys.stderr)
"""
FIRST = "id: a\n"
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "duplicate-keys": (lambda: FIRST.encode() * 300_000, "YA011"),
    "anchors": (lambda: b"a: &a [x]\n" + b"b: *a\n" * 100_000, "YA007"),
    "tags": (lambda: b"a: !!python/object:os.system x\n" * 60_000, "YA008"),
    "tabs": (lambda: b"a:\n" + b"\tb: 1\n" * 300_000, "YA005"),
    "byte-order-mark": (lambda: b"\xef\xbb\xbf" + FIRST.encode(), "YA003"),
    "latin-1": (lambda: "title: Zuständig\n".encode("latin-1") * 100_000, "YA003"),
    "fifty-megabytes": (lambda: b"a: 1\n" * 10_000_000, "YA002"),
    "nested-lists": (lambda: b"a: " + b"[" * 10_000 + b"]" * 10_000, "YA010"),
    "unknown-keys": (lambda: b"".join(b"k%d: v\n" % n for n in range(150_000)), "YA002"),
    "empty-steps": (lambda: b"phases: [{steps: [" + b"{}," * 240_000 + b"]}]", "YA002"),
    "unknown-keys-as-many-as-may-be": (
        lambda: b"".join(b"k%d: v\n" % n for n in range(10_000)),
        "SH001",
    ),
    "empty-steps-as-many-as-may-be": (
        lambda: b"phases: [{steps: [" + b"{}," * 10_000 + b"]}]",
        "SH002",
    ),
    "an-open-list": (
        lambda: b"".join(b"k%d: [%s]\n" % (n, b"v, " * 15) for n in range(9_000)) + b"x: [",
        "YA006",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_answered_in_two_seconds_and_two_hundred_megabytes(
    name: str, tmp_path: Path
) -> None:
    make, code = BAD[name]
    file = tmp_path / f"{name}.yaml"
    file.write_bytes(make())
    crisis = Path(sys.executable).with_name("crisis")
    done = subprocess.run(
        (sys.executable, "-c", MEASURED, crisis, "playbook", "check", file),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    told, (code_given, cpu_s, kilobytes) = done.stdout, map(float, done.stderr.split())

    assert code_given == 1, told
    assert f" {code} " in told.splitlines()[0]
    assert "Traceback" not in told
    assert cpu_s <= MOST_CPU_S
    assert kilobytes / 1024 <= MOST_MB
