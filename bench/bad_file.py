"""Files that are no playbook at all, and what the command takes to say so."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.figure import Figure
from crisis.errors import UsageError

MOST_S, MOST_MB = 2.0, 200.0
# A process counts the memory of the one that began it as its own: a small one goes between.
_MEASURED = """
import os, subprocess, sys
begun = subprocess.Popen(sys.argv[1:], stderr=subprocess.STDOUT)
_, status, used = os.wait4(begun.pid, 0)
cpu_s = used.ru_utime + used.ru_stime
print(os.waitstatus_to_exitcode(status), cpu_s, used.ru_maxrss, file=sys.stderr)
"""
_FIRST = "id: a\n"
_KB_IN_MB = 1024
_SOUND = """\
id: steps-in-a-circle
version: 1.0.0
kind: response
title: {de: A, en: A}
region: "14"
review_by: 2999-01-01
lead: {role: OB-L, deputies: [A], handover: {de: A, en: A}}
agreements: [a]
ladders: {A: [{after: 1m, then: lead}]}
profiles: {K: {title: {de: A, en: A}, order: [http]}}
stand_down:
  {id: A95, title: {de: A, en: A}, via: K, escalate: A, basis: [L], benefit: {de: A, en: A},
   message: {de: A, en: A}}
phases:
  - id: a
    title: {de: A, en: A}
    benefit: {de: A, en: A}
    steps:
"""
_STEP = """\
      - {{id: B{0:04}, title: {{de: A, en: A}}, mandatory: always, who: OHS,
         start: after B{1:04}, via: K, expect: acknowledgement, within: 1m, escalate: A,
         basis: [L], message: {{de: A, en: A}}}}
"""


def _circle(steps: int) -> bytes:
    """Return a playbook in which each step waits for the next one, and the last for the first."""
    found = (_STEP.format(n, n % steps + 1) for n in range(1, steps + 1))
    return (_SOUND + "".join(found)).encode()


# What makes each file, and the rule that it is answered with first.
BAD: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "duplicate-keys": (lambda: _FIRST.encode() * 300_000, "YA011"),
    "anchors": (lambda: b"a: &a [x]\n" + b"b: *a\n" * 100_000, "YA007"),
    "tags": (lambda: b"a: !!python/object:os.system x\n" * 60_000, "YA008"),
    "tabs": (lambda: b"a:\n" + b"\tb: 1\n" * 300_000, "YA005"),
    "byte-order-mark": (lambda: b"\xef\xbb\xbf" + _FIRST.encode(), "YA003"),
    "latin-1": (lambda: "title: Zuständig\n".encode("latin-1") * 100_000, "YA003"),
    "fifty-megabytes": (lambda: b"a: 1\n" * 10_000_000, "YA002"),
    "nested-lists": (lambda: b"a: " + b"[" * 10_000 + b"]" * 10_000, "YA010"),
    "unknown-keys": (lambda: b"".join(b"k%d: v\n" % n for n in range(150_000)), "YA002"),
    "empty-steps": (lambda: b"phases: [{steps: [" + b"{}," * 240_000 + b"]}]", "YA002"),
    "empty-steps-in-many-lists": (
        lambda: b"phases: [" + (b"{steps: [" + b"{}," * 9_900 + b"]},") * 25 + b"]",
        "YA002",
    ),
    "numbers-for-steps": (
        lambda: b"phases: [" + (b"{steps: [" + b"1," * 9_900 + b"]},") * 10 + b"]",
        "SH002",
    ),
    # Nobody holds any role: there are no contacts beside it.
    "steps-in-a-circle": (lambda: _circle(4_000), "PB402"),
    "nested-mappings": (lambda: b"a: " + b"{a: " * 10_000 + b"}" * 10_000, "YA010"),
    "billion-laughs": (
        lambda: (
            b"a: &a [x]\n"
            + b"".join(b"%c: &%c [%s]\n" % (n, n, b"*%c," % (n - 1) * 9) for n in range(98, 122))
        ),
        "YA007",
    ),
    "one-text": (lambda: b"id: " + b"x" * 1_900_000, "SH002"),
    "one-word-of-few": (lambda: b"kind: " + b"respons" * 270_000, "SH002"),
    "nul": (lambda: b"id: a" + b"\0" * 1_900_000, "YA004"),
    "utf-16": (lambda: "id: a\n".encode("utf-16") * 100_000, "YA003"),
    "unknown-keys-as-many-as-may-be": (
        lambda: b"".join(b"k%d: v\n" % n for n in range(10_000)),
        "SH001",
    ),
    "empty-steps-as-many-as-may-be": (
        lambda: b"phases: [{steps: [" + b"{}," * 10_000 + b"]}]",
        "SH002",
    ),
    "an-open-list": (
        lambda: b"".join(b"k%d: [%s]\n" % (n, b"v, " * 15) for n in range(5_500)) + b"x: [",
        "YA006",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What `crisis playbook check` said of a file, and what its process took, start included."""

    exit_code: int
    told: str
    cpu_s: float
    mb: float


def answered(name: str, folder: Path) -> Answered:
    """Have one of the bad files checked by the command, in a process of its own."""
    make, _ = BAD[name]
    file = folder / f"{name}.yaml"
    file.write_bytes(make())
    crisis = Path(sys.executable).with_name("crisis")
    done = subprocess.run(
        (sys.executable, "-c", _MEASURED, crisis, "playbook", "check", file),
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    file.unlink()
    exit_code, cpu_s, kilobytes = map(float, done.stderr.split())
    return Answered(
        exit_code=int(exit_code), told=done.stdout, cpu_s=cpu_s, mb=kilobytes / _KB_IN_MB
    )


def bad_files(folder: Path, *, most: int) -> Iterator[Figure]:
    """Yield what the slowest and the largest of the answers to so many bad files took."""
    found = {name: answered(name, folder) for name in islice(BAD, most)}
    if good := [name for name, one in found.items() if one.exit_code != 1]:
        raise UsageError(f"no mistake was found in {', '.join(good)}")
    slowest = max(found, key=lambda name: found[name].cpu_s)
    largest = max(found, key=lambda name: found[name].mb)
    yield Figure(
        key="bad_file_s",
        value=round(found[slowest].cpu_s, 2),
        unit="s",
        target=MOST_S,
        note=f"processor time of the command, its start included; the slowest: {slowest}",
    )
    yield Figure(
        key="bad_file_mb",
        value=round(found[largest].mb),
        unit="MB",
        target=MOST_MB,
        note=f"memory of the command at its peak; the largest: {largest}",
    )
