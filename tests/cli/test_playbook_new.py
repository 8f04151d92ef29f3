"""A new playbook from a template or another playbook: sound at once, and never over another."""

from textwrap import dedent

import pytest

from tests.cli.desk import CommandLine
from tests.cli.terminal import PATIENCE, at_terminal

REHEARSAL = """\
playbook: alarm
region: "14612"
at: 2026-12-18T19:20+01:00
until: "19:30"
cues:
  - {at: "19:23", acknowledge: S1}
expect:
  read_at: "19:24"
  steps: [S1]
  asks:
    - {at: "19:20", step: S1, partner: desk, level: 0}
"""
NEW = ("playbook", "new", "school-bus", "--from", "alarm", "--title-de", "Schulbus")


def test_playbook_of_another_one_is_sound(ada: CommandLine) -> None:
    rehearsal = ada.folder / "playbooks" / "alarm.evening.rehearsal.yaml"
    rehearsal.write_text(REHEARSAL, encoding="utf-8")

    screen = ada.screen(*NEW, "--title-en", 'The "bus" # 1', "--region", "Dresden")

    assert screen == dedent("""\
        playbooks/school-bus.yaml: written
        playbooks/school-bus.evening.rehearsal.yaml: written
        No mistakes.
        Next:
          crisis playbook check playbooks/school-bus.yaml --watch
        """)
    old = (ada.folder / "playbooks" / "alarm.yaml").read_text(encoding="utf-8")
    new = (ada.folder / "playbooks" / "school-bus.yaml").read_text(encoding="utf-8")
    differing = [
        (before, after)
        for before, after in zip(old.splitlines(), new.splitlines(), strict=True)
        if before != after
    ]
    assert [after for _, after in differing if "review_by" not in after] == [
        "id: school-bus",
        "version: 0.1.0",
        'title: {de: "Schulbus", en: "The \\"bus\\" # 1"}',
        'region: "14612"',
    ]
    assert ada.screen("playbook", "rehearse", "playbooks/school-bus.evening.rehearsal.yaml") == (
        "playbooks/school-bus.evening.rehearsal.yaml: as expected\n"
    )


def test_template_that_came_with_the_program_is_found(ada: CommandLine) -> None:
    result = ada.run("playbook", "new", "mine", "--from", "five-steps", "--title-de", "Meins")

    # Nobody in this small house holds OHS, so it would not pass: nothing is left of it.
    assert result.exit_code == 1
    assert result.stderr.startswith("nothing was left, because it would not pass:\n")
    assert sorted(file.name for file in (ada.folder / "playbooks").iterdir()) == ["alarm.yaml"]


def test_rehearsal_of_another_region_is_left_out(ada: CommandLine) -> None:
    rehearsal = ada.folder / "playbooks" / "alarm.evening.rehearsal.yaml"
    rehearsal.write_text(REHEARSAL.replace("14612", "14713"), encoding="utf-8")

    screen = ada.screen(*NEW, "--region", "14612")

    assert (
        "playbooks/alarm.evening.rehearsal.yaml: left out, because it is about another region\n"
    ) in screen


def test_nothing_is_ever_overwritten(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "school-bus.yaml"
    file.write_text("mine\n", encoding="utf-8")

    result = ada.run(*NEW)

    assert (result.exit_code, result.stderr) == (
        4,
        (
            "nothing was written, because this exists: playbooks/school-bus.yaml;"
            " choose another id, or move it away\n"
        ),
    )
    assert file.read_text(encoding="utf-8") == "mine\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "say ID, --from, --title-de too; templates and playbooks: five-steps, alarm\n"),
        (
            ("Bus", "--from", "alarm", "--title-de", "Bus"),
            2,
            "`Bus` is no id: write small letters, digits and hyphens\n",
        ),
        (
            ("bus", "--from", "alrm", "--title-de", "Bus"),
            3,
            "there is no template and no playbook `alrm`; did you mean `alarm`?\n",
        ),
        (
            ("bus", "--from", "alarm", "--title-de", " "),
            2,
            "the title is empty; say what people call it\n",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    ada: CommandLine, words: tuple[str, ...], code: int, said: str
) -> None:
    result = ada.run("playbook", "new", *words)

    assert (result.exit_code, result.stderr) == (code, said)


def test_on_a_terminal_it_asks_until_it_can_be_done(ada: CommandLine) -> None:
    with at_terminal(ada, "playbook", "new") as terminal:
        terminal.until("Id of the new playbook: ")
        terminal.type("School Bus")
        terminal.until("is no id: write small letters, digits and hyphens")
        terminal.until("Id of the new playbook: ")
        terminal.type("school-bus")
        terminal.until("Begin as [five-steps]: ")
        terminal.type("alarm")
        terminal.until("Title in German: ")
        terminal.type("Schulbus")
        terminal.until("Title in English: ")
        terminal.type("")
        terminal.until("Region, or nothing: ")
        terminal.type("Dresden")
        said = terminal.until("--watch\n")
        ended = terminal.process.wait(PATIENCE)

    assert ended == 0
    assert "playbooks/school-bus.yaml: written\nNo mistakes.\n" in said
    text = (ada.folder / "playbooks" / "school-bus.yaml").read_text(encoding="utf-8")
    assert 'title: {de: "Schulbus"}\n' in text
    assert 'region: "14612"\n' in text
