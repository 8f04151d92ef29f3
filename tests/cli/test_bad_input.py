"""What is no playbook at all is answered soon, and without filling the memory."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# Of the whole process, its start included; on a busy machine the wall clock says nothing.
MOST_CPU_S, MOST_MB = 2.0, 200
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
    "an-open-list": (lambda: b"".join(b"k%d: v\n" % n for n in range(150_000)) + b"x: [", "YA006"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_answered_in_two_seconds_and_two_hundred_megabytes(
    name: str, tmp_path: Path
) -> None:
    make, code = BAD[name]
    file, told = tmp_path / f"{name}.yaml", tmp_path / "told"
    file.write_bytes(make())
    command = (Path(sys.executable).with_name("crisis"), "playbook", "check", file)
    with told.open("wb") as answer:
        process = subprocess.Popen(command, stdout=answer, stderr=answer, cwd=tmp_path)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)

    assert process.returncode == 1, told.read_text()
    assert f" {code} " in told.read_text().splitlines()[0]
    assert "Traceback" not in told.read_text()
    assert used.ru_utime + used.ru_stime <= MOST_CPU_S
    assert used.ru_maxrss / 1024 <= MOST_MB
