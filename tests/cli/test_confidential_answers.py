"""What a form keeps from the lead is in no log that the lead prints, and on no screen."""

import pytest

from crisis.core.event import IncidentClosed
from tests.cli.desk import CommandLine

TOLD = "Zwei brauchen Schutz"


@pytest.fixture
def answered(ada: CommandLine) -> CommandLine:
    """Return an exercise in which a partner answered a question that is not for the lead."""
    path = ada.folder / "playbooks" / "alarm.yaml"
    plain = "label: {de: Hinweis, en: Remark}\n"
    path.write_text(path.read_text().replace(plain, f"{plain}        visible_to: [FBS]\n", 1))
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    ada.screen("incident", "answer", "last", "S2", "--set", f"remark={TOLD}")
    return ada


@pytest.mark.parametrize(
    "words",
    [
        ("incident", "log", "last"),
        ("incident", "log", "last", "--json"),
        ("incident", "show", "last"),
        ("incident", "show", "last", "--json"),
        ("incident", "tasks", "last"),
    ],
)
def test_lead_is_told_nothing_of_it(answered: CommandLine, words: tuple[str, ...]) -> None:
    assert TOLD not in answered.screen(*words)


def test_log_says_that_there_is_an_answer_it_does_not_show(answered: CommandLine) -> None:
    assert "remark=[confidential]" in answered.screen("incident", "log", "last")


def test_followed_log_keeps_it_too(answered: CommandLine) -> None:
    with answered.world() as world:
        [incident] = world.log.incidents()
        closed = IncidentClosed(reason="Ende")
        now = world.desk.house.clock.now()
        world.log.append(incident, [closed], actor="ada", at=now, expected_version=None)

    followed = answered.screen("incident", "log", "last", "--follow")

    assert "remark=[confidential]" in followed
    assert TOLD not in followed


@pytest.mark.parametrize("form", ["html", "json", "md"])
def test_report_does_not_hold_it(answered: CommandLine, form: str) -> None:
    folder = answered.folder / "reports"
    answered.screen("report", "build", "last", "--format", form, "--out", str(folder))

    assert all(TOLD not in file.read_text() for file in folder.rglob("*") if file.is_file())


def test_simulation_keeps_it_too(answered: CommandLine) -> None:
    file = answered.folder / "answers.yaml"
    file.write_text(
        "playbook: alarm\nregion: '14612'\nat: 2026-12-18T19:20+01:00\ncues:\n"
        f'  - {{at: "19:24", answer: S2, answers: {{remark: "{TOLD}"}}}}\n',
        encoding="utf-8",
    )
    words = ("playbook", "simulate", "alarm", "--answers", str(file))

    shown = [answered.screen(*words), answered.screen(*words, "--json")]

    assert ["[confidential]" in one for one in shown] == [True, True]
    assert [TOLD in one for one in shown] == [False, False]


def test_export_says_that_it_holds_it(answered: CommandLine) -> None:
    done = answered.run("log", "export", "last")

    assert TOLD in done.stdout
    assert done.stderr == (
        "1 answer in it is for others than the lead. Hand it to nobody but those who check the"
        " log, over a way that keeps a secret.\n"
    )
