"""Where a value of a playbook comes from."""

from pathlib import Path

import pytest

from tests.cli.desk import CommandLine
from tests.cli.test_overlay import OVERLAY


@pytest.fixture(autouse=True)
def _overlay(ada: CommandLine) -> None:
    folder = ada.folder / "playbooks" / "overlays"
    folder.mkdir()
    (folder / "dresden.yaml").write_text(OVERLAY, encoding="utf-8")


def test_field_is_told_with_the_layers_it_came_from(ada: CommandLine) -> None:
    assert ada.screen("playbook", "explain", "S2.within", "--region", "Dresden") == (
        "15m (overlay 14612 over alarm 1.0.0: 20m)\n"
        "  playbooks/overlays/dresden.yaml:13:22  overlay 14612\n"
        "  playbooks/alarm.yaml:73:17  alarm 1.0.0\n"
    )


def test_field_without_a_region_is_told_for_each_that_differs(ada: CommandLine) -> None:
    assert ada.screen("playbook", "explain", "alarm.S2.frist") == (
        "20m (alarm 1.0.0)\n"
        "  playbooks/alarm.yaml:73:17  alarm 1.0.0\n"
        "In 14612 Dresden: 15m (overlay 14612 over alarm 1.0.0: 20m)\n"
        "  playbooks/overlays/dresden.yaml:13:22  overlay 14612\n"
        "  playbooks/alarm.yaml:73:17  alarm 1.0.0\n"
    )


def test_field_as_json_has_every_setting(ada: CommandLine) -> None:
    told = ada.read("playbook", "explain", "alarm.S2.within", "--region", "14612")

    assert (told["playbook"], told["region"], told["step"]) == ("alarm", "14612", "S2")
    assert told["values"] == [
        {
            "region": "14612",
            "subject": "S2.within",
            "settings": [
                {
                    "layer": "dresden",
                    "version": "2.0.0",
                    "region": "14612",
                    "value": "15m",
                    "path": "playbooks/overlays/dresden.yaml",
                    "line": 13,
                    "column": 22,
                },
                {
                    "layer": "alarm",
                    "version": "1.0.0",
                    "region": "",
                    "value": "20m",
                    "path": "playbooks/alarm.yaml",
                    "line": 73,
                    "column": 17,
                },
            ],
        }
    ]


def test_partner_is_told_with_whoever_bound_the_role(ada: CommandLine) -> None:
    before = ada.screen("playbook", "explain", "S2.partner", "--region", "Dresden")
    unit = ada.read("playbook", "explain", "S2.partner", "--region", "14612")["partners"][0]
    file = ada.folder / "playbooks" / "overlays" / "dresden.yaml"
    bind = f"bind: {{POL-FLZ: {unit['partners'][0]}}}\n"
    file.write_text(OVERLAY + bind, encoding="utf-8")

    after = ada.screen("playbook", "explain", "S2.partner", "--region", "Dresden")

    name = unit["names"][0]
    assert unit["layer"] is None
    assert before == f"{name} (contacts; role POL-FLZ of alarm 1.0.0)\n"
    assert after == f"{name} (overlay 14612; role POL-FLZ of alarm 1.0.0)\n"


def test_step_is_told_field_by_field(ada: CommandLine) -> None:
    screen = ada.screen("playbook", "explain", "S2", "--region", "Dresden")
    fields = [line.split()[0] for line in screen.splitlines()]

    assert fields == [
        *("field", "title", "mandatory", "who", "start", "via", "expect", "within", "escalate"),
        *("competence", "basis", "message"),
    ]
    assert "expect      {answer: SITUATION} (alarm 1.0.0)\n" in screen


def test_playbook_is_told_with_what_its_layers_set(ada: CommandLine) -> None:
    assert ada.screen("playbook", "explain", "alarm", "--region", "Dresden") == (
        "alarm 1.0.0 + dresden 2.0.0 (14612)\nstep  set by layers\nS1    within\nS2    within\n"
    )


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("alarm.S22.within", "alarm has no step `S22`; did you mean `S2`?"),
        ("S2.withn", "S2 does not set `withn`; did you mean `within`?"),
        ("S2.expect.answr", "S2.expect does not set `answr`; did you mean `answer`?"),
        ("alarm.S22.partner", "alarm has no step `S22`; did you mean `S2`?"),
        ("S7.within", "there is no playbook and no step `S7`; playbooks are: alarm"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(ada: CommandLine, what: str, said: str) -> None:
    result = ada.run("playbook", "explain", what)

    assert (result.exit_code, result.stderr) == (3, f"{said}\n")


def test_step_of_several_playbooks_must_be_said_in_full(ada: CommandLine) -> None:
    folder = ada.folder / "playbooks"
    text = (folder / "alarm.yaml").read_text(encoding="utf-8")
    Path(folder / "second.yaml").write_text(text.replace("id: alarm\n", "id: second\n", 1))

    result = ada.run("playbook", "explain", "S2.within")

    assert (result.exit_code, result.stderr) == (
        3,
        "several playbooks have a step S2; write one of alarm.S2.within, second.S2.within\n",
    )


def test_broken_playbook_is_explained_by_its_mistakes(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "alarm.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("within: 20m", "within: soon"))

    result = ada.run("playbook", "explain", "alarm.S2.within")

    assert result.exit_code != 0
    assert "PB104 not a duration: `soon`" in result.stderr


def test_step_is_known_although_a_layer_holds_mistakes(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "overlays" / "dresden.yaml"
    file.write_text(OVERLAY.replace("within: 15m", "wihtin: 15m"), encoding="utf-8")

    result = ada.run("playbook", "explain", "S2.within", "--region", "Dresden")

    assert result.exit_code == 1
    assert "unknown key `wihtin`\n  = help: did you mean `within`?\n" in result.stderr


def test_step_of_an_overlay_alone_is_named_with_its_region(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "overlays" / "dresden.yaml"
    added = (
        "added:\n  - id: C-1\n    phase: alarm\n    title: {de: Mehr, en: More}\n"
        "    mandatory: optional\n    who: POL-FLZ\n    start: T0\n    via: K24\n"
        "    expect: acknowledgement\n    within: 10m\n    basis: [S2.6]\n"
        "    message: {de: 'Bitte melden.', en: 'Please report.'}\n"
    )
    file.write_text(OVERLAY + added, encoding="utf-8")

    elsewhere = ada.run("playbook", "explain", "C-1.within")
    there = ada.run("playbook", "explain", "C-1.within", "--region", "14612")

    assert (elsewhere.exit_code, elsewhere.stderr) == (
        3,
        "no playbook has a step `C-1`, but an overlay adds it; say --region 14612\n",
    )
    assert there.stdout.startswith("10m (overlay 14612)\n"), there.stderr
