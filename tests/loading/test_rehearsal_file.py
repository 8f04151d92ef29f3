"""Rehearsal files: what they become, and every mistake at once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crisis.loading.problem import InvalidFilesError
from crisis.loading.rehearsal_file import load_rehearsal
from crisis.usecases.rehearse import Cue, Simulation

T0 = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)
HEAD = """\
playbook: sn-mass-casualty
region: "14612"
at: 2026-12-18T19:20+01:00
"""


def a_file(folder: Path, text: str) -> Path:
    path = folder / "x.rehearsal.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_rehearsal_becomes_a_simulation(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
occurred: 2026-12-18T19:02+01:00
until: T0+2h
set: {kind_of_event: unclear, deaths: 2, languages: [pl, cs]}
cues:
  - {at: "19:24", acknowledge: A01}
  - {at: T0+10m, happened: T0+9m, decide: A04, option: yes, text: Lagebild}
  - {after: 5m, decline: A26, partner: rel, text: nicht zuständig}
  - {at: "19:30", set: deaths, value: 3, text: POL-FLZ}
  - {at: "19:31", call: A15, result: wrong-number}
  - {at: "19:32", answer: A03, by: deputy, answers: {alerted: yes}}
  - {at: "19:33", sign: A72, verdict: remark, text: mit Anmerkung}
  - {at: "19:34", stand_down: Fehlalarm}
"""
    )

    rehearsal = load_rehearsal(a_file(tmp_path, text))

    minute = timedelta(minutes=1)
    assert [cue.place for cue in rehearsal.simulation.cues[:2]] == [
        "x.rehearsal.yaml:8:5",
        "x.rehearsal.yaml:9:5",
    ]
    assert rehearsal.expected is None
    assert rehearsal.simulation == Simulation(
        playbook="sn-mass-casualty",
        region="14612",
        at=T0,
        occurred_at=T0 - 18 * minute,
        attributes={"kind_of_event": "unclear", "deaths": 2, "languages": ("pl", "cs")},
        until=T0 + 120 * minute,
        cues=(
            Cue(doing="acknowledge", step="A01", at=T0 + 4 * minute),
            Cue(
                doing="decide",
                step="A04",
                value="yes",
                text="Lagebild",
                at=T0 + 10 * minute,
                happened_at=T0 + 9 * minute,
            ),
            Cue(
                doing="decline",
                step="A26",
                partner="rel",
                text="nicht zuständig",
                after=5 * minute,
            ),
            Cue(doing="set", name="deaths", value=3, text="POL-FLZ", at=T0 + 10 * minute),
            Cue(doing="task", step="A15", value="wrong-number", at=T0 + 11 * minute),
            Cue(
                doing="answer",
                step="A03",
                who="deputy",
                answers={"alerted": "yes"},
                at=T0 + 12 * minute,
            ),
            Cue(
                doing="sign",
                step="A72",
                value="remark",
                text="mit Anmerkung",
                at=T0 + 13 * minute,
            ),
            Cue(doing="stand-down", text="Fehlalarm", at=T0 + 14 * minute),
        ),
    )


def test_every_mistake_in_the_timeline_is_reported_at_once(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
cues:
  - {at: "19:24"}
  - {at: quarter past, acknowledge: A01, decline: A02}
  - {acknowledge: A01}
  - {at: "0001-01-01T00:00+14:00", decline: A01}
  - {at: "19:99999999999", decline: A01}
"""
    )

    with pytest.raises(InvalidFilesError) as refused:
        load_rehearsal(a_file(tmp_path, text))

    assert str(refused.value) == (
        "x.rehearsal.yaml:5:5: RH101 a cue has one verb, this one has none\n"
        "x.rehearsal.yaml:6:5: RH101 a cue has one verb, this one has `acknowledge` and "
        "`decline`\n"
        "x.rehearsal.yaml:6:10: RH102 not a moment: `quarter past`\n"
        "  = help: write 19:24, T0+4m or 2026-12-18T19:24+01:00\n"
        "x.rehearsal.yaml:7:5: RH103 say either `at` or `after`\n"
        "x.rehearsal.yaml:8:10: RH102 not a moment: `0001-01-01T00:00+14:00`\n"
        "  = help: write 19:24, T0+4m or 2026-12-18T19:24+01:00\n"
        "x.rehearsal.yaml:9:10: RH102 not a moment: `19:99999999999`\n"
        "  = help: write 19:24, T0+4m or 2026-12-18T19:24+01:00\n"
        "6 mistakes in 1 file. `crisis playbook explain RH101` says more."
    )


@pytest.mark.parametrize("text", ["cues: [", "unknown: 1\n"])
def test_unreadable_or_shapeless_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidFilesError):
        load_rehearsal(a_file(tmp_path, text))
