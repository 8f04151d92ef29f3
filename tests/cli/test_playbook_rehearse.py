"""Rehearsals at the command line."""

import json
from pathlib import Path
from textwrap import dedent

from tests.cli.desk import CommandLine

HEAD = 'playbook: alarm\nregion: "14612"\nat: 2026-12-18T19:20+01:00\nuntil: "19:30"\n'
GOOD = """\
expect:
  read_at: "19:24"
  asks:
    - {at: "19:20", step: S1, channel: http, level: 0}
"""
BAD = """\
expect:
  read_at: "19:24"
  asks:
    - {at: "19:21", step: S1}
"""


def write(folder: Path, name: str, text: str) -> None:
    file = folder / "playbooks" / f"alarm.{name}.rehearsal.yaml"
    file.write_text(HEAD + text, encoding="utf-8")


def test_rehearse_plays_all_and_says_what_differed(ada: CommandLine) -> None:
    write(ada.folder, "good", GOOD)
    write(ada.folder, "bad", BAD)
    write(ada.folder, "plain", "")
    write(ada.folder, "strange", 'cues:\n  - {at: "19:24", acknowledge: S77}\n')

    result = ada.run("playbook", "rehearse")

    assert result.exit_code == 1
    assert result.stdout == dedent("""\
        playbooks/alarm.bad.rehearsal.yaml: NOT as expected
          alarm.bad.rehearsal.yaml:8:7: missing: 2026-12-18 19:21:00 S1
          not expected: 2026-12-18 19:20:00 S1 desk at desk-duty over http, level 0
        playbooks/alarm.good.rehearsal.yaml: as expected
        playbooks/alarm.plain.rehearsal.yaml: as expected
        playbooks/alarm.strange.rehearsal.yaml: NOT as expected
          {strange}
        """).format(strange=result.stdout.splitlines()[-1].strip())
    assert "alarm.strange.rehearsal.yaml:6:5: acknowledge S77: there is no step" in result.stdout


def test_rehearse_of_one_that_comes_out_ends_well(ada: CommandLine) -> None:
    write(ada.folder, "good", GOOD)
    file = "playbooks/alarm.good.rehearsal.yaml"

    assert ada.screen("playbook", "rehearse", file) == f"{file}: as expected\n"
    assert ada.read("playbook", "rehearse", "playbooks") == [
        {"file": file, "ok": True, "differences": []}
    ]


def test_rehearse_tells_a_program_what_differed(ada: CommandLine) -> None:
    write(ada.folder, "bad", BAD)

    result = ada.run("playbook", "rehearse", "--json")

    (told,) = json.loads(result.stdout)
    assert (result.exit_code, told["ok"], len(told["differences"])) == (1, False, 2)


def test_rehearse_of_nothing_says_so(ada: CommandLine) -> None:
    none = ada.run("playbook", "rehearse")
    missing = ada.run("playbook", "rehearse", "nowhere.yaml")

    assert (none.exit_code, none.stderr) == (
        3,
        "playbooks holds no rehearsal (<id>.<name>.rehearsal.yaml)\n",
    )
    assert (missing.exit_code, missing.stderr) == (3, "there is no nowhere.yaml\n")
