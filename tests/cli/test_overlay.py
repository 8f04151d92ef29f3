"""A district's layer at the command line: checked, simulated, opened, shown."""

import pytest

from tests.cli.desk import CommandLine

OVERLAY = """\
id: dresden
overlay_of: alarm
version: 2.0.0
title: {de: Stadt Dresden, en: City of Dresden}
region: "14612"
review_by: 2099-11-30
steps:
  - id: S1
    within: 20m in 06:00-19:00, else 30m
    reason:
      de: Der Dienst fährt nachts aus Pirna an.
      en: At night the duty desk comes from Pirna.
  - {id: S2, within: 15m}
"""


@pytest.fixture(autouse=True)
def _overlay(ada: CommandLine) -> None:
    folder = ada.folder / "playbooks" / "overlays"
    folder.mkdir()
    (folder / "dresden.yaml").write_text(OVERLAY, encoding="utf-8")


def test_check_reads_overlays_too(ada: CommandLine) -> None:
    result = ada.run("playbook", "check")

    assert result.exit_code == 0
    assert (
        "playbooks/overlays/dresden.yaml:9:13: L-OVERLAY-FRIST notice: dresden lengthens the"
        " deadline of S1 from 10m to 20m in 06:00-19:00, else 30m:"
        " Der Dienst fährt nachts aus Pirna an.\n"
    ) in result.stdout


def test_incident_in_the_region_goes_by_the_layer(ada: CommandLine) -> None:
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")

    shown = ada.read("incident", "show", "last")
    screen = ada.screen("incident", "show", "last")
    log = ada.screen("incident", "log", "last")

    assert shown["layers"] == ["alarm 1.0.0", "dresden 2.0.0 (14612)"]
    # It is 19:20, so the deadline of the night counts.
    assert {one["step"]: one["due_at"] for one in shown["obligations"]} == {
        "S1": "2026-12-18T18:50:00+00:00",
        "S2": "2026-12-18T18:35:00+00:00",
    }
    assert "Playbook  alarm 1.0.0 + dresden 2.0.0 (14612)\n" in screen
    assert (
        "Longer deadline in S1, 20 min (06:00-19:00), else 30 min instead of 10 min (dresden):"
        " At night the duty desk comes from Pirna.\n"
    ) in screen
    assert "exercise opened as AHORN 47, alarm + dresden 2.0.0 (14612) 14612" in log


def test_incident_elsewhere_goes_by_the_playbook(ada: CommandLine) -> None:
    ada.screen("incident", "open", "alarm", "--region", "Leipzig", "--exercise", "--accept-gaps")

    assert ada.read("incident", "show", "last")["layers"] == ["alarm 1.0.0"]


def test_simulation_plays_the_merged_playbook(ada: CommandLine) -> None:
    words = ("playbook", "simulate", "alarm", "--region", "Dresden", "--at", "2026-12-18 19:20")

    assert ada.screen(*words).startswith("alarm 1.0.0 + dresden 2.0.0 (14612) in 14612 Dresden\n")


def test_forecast_plays_the_merged_playbook_as_its_layer_binds_it(ada: CommandLine) -> None:
    contacts = ada.folder / "contacts" / "partners.yaml"
    text = contacts.read_text(encoding="utf-8")
    others = text[text.index("  - id: police\n") : text.index("functions:")]
    others += others.replace("id: police", "id: others")
    head, functions = text[: text.index("  - id: police\n")], text[text.index("functions:") :]
    contacts.write_text(head + others + functions, encoding="utf-8")
    (ada.folder / "times.yaml").write_text(
        "otherwise: {never: 0, median: 3m, spread: 1}\n", encoding="utf-8"
    )
    file = ada.folder / "playbooks" / "overlays" / "dresden.yaml"
    file.write_text(f"{OVERLAY}bind: {{POL-FLZ: police}}\n", encoding="utf-8")
    words = ("playbook", "simulate", "alarm", "--region", "Dresden", "--at", "2026-12-18 19:20")

    screen = ada.screen(*words, "--runs", "5", "--times", "times.yaml")

    assert screen.startswith("alarm 1.0.0 + dresden 2.0.0 (14612) in 14612 Dresden\n")
    assert "All partners  2  " in screen


def test_opening_in_the_region_is_refused_while_its_layer_holds_mistakes(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "overlays" / "dresden.yaml"
    file.write_text(OVERLAY.replace("within: 15m", "within: 25m"), encoding="utf-8")

    result = ada.run("incident", "open", "alarm", "--region", "Dresden", "--exercise")

    assert result.exit_code != 0
    assert "L-OVERLAY-SCHWAECHT dresden lengthens the deadline of S2" in result.stderr


def test_schema_of_overlays_is_there_for_editors(ada: CommandLine) -> None:
    assert '"title": "Crisis overlay"' in ada.screen("playbook", "schema", "--overlay")


def test_draft_of_the_district_is_refused_when_it_is_real(ada: CommandLine) -> None:
    path = ada.folder / "playbooks" / "overlays" / "dresden.yaml"
    path.write_text(OVERLAY.replace("review_by", "status: draft\nreview_by", 1), "utf-8")

    refused = ada.run("incident", "open", "alarm", "--region", "Dresden")
    practised = ada.run("incident", "open", "alarm", "--region", "Dresden", "--exercise")

    assert (refused.exit_code, refused.stderr) == (
        4,
        (
            "not released yet: dresden 2.0.0 (14612): draft. Write `status: released` once it was"
            " reviewed, move the file away, or open an exercise with --exercise\n"
        ),
    )
    assert practised.exit_code == 0
