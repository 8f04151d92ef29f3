"""A playbook as it holds in a region: steps with their times, and a card for each partner."""

from textwrap import dedent

import pytest

from tests.cli.desk import CommandLine

SHOW = ("playbook", "show", "alarm", "--region", "Dresden")


def test_steps_are_shown_with_their_times_and_partners(ada: CommandLine) -> None:
    assert ada.screen(*SHOW, "--language", "en") == dedent("""\
        alarm 1.0.0 in 14612 Dresden

        step  title                  begins     by         asked here
        S1    Duty desk takes over   T0         T0+10 min  desk
        S2    Ask for the situation  T0         T0+20 min  police
        S3    Decide                 T0+20 min  T0+30 min  desk
        """)


def test_roles_that_nobody_holds_are_named(ada: CommandLine) -> None:
    screen = ada.screen("playbook", "show", "alarm", "--region", "Leipzig")

    assert "S2    Lage erfragen     T0         T0+20 min  nobody\n" in screen
    assert screen.endswith("Nobody holds POL-FLZ here; it is asked in S2.\n")


def test_card_of_a_role_has_its_tasks_only(ada: CommandLine) -> None:
    assert ada.screen(*SHOW, "--role", "POL-FLZ") == dedent("""\
        alarm 1.0.0 in 14612 Dresden

        partner  step  part      title          by
        police   S2    executes  Lage erfragen  20 min
        police   S9    informed  Entwarnung     1 h
        """)


def test_deadlines_of_a_card_are_told_in_the_language_of_the_terminal(ada: CommandLine) -> None:
    path = ada.folder / "playbooks" / "alarm.yaml"
    path.write_text(path.read_text().replace("within: 20m", "within: 2 working days", 1))

    assert ada.screen(*SHOW, "--role", "POL-FLZ").splitlines()[3] == (
        "police   S2    executes  Lage erfragen  2 working days"
    )


def test_page_is_written(ada: CommandLine) -> None:
    result = ada.run(*SHOW, "--role", "police", "--out", "cards/police.html")

    text = (ada.folder / "cards" / "police.html").read_text(encoding="utf-8")
    assert (result.exit_code, result.stderr) == (0, "cards/police.html: written\n")
    assert "<h1>Rollenkarte: Alarm</h1>" in text
    assert text.count("<article") == 1


def test_program_is_told_steps_and_cards(ada: CommandLine) -> None:
    told = ada.read(*SHOW, "--role", "POL-FLZ")

    assert told["steps"][1] == {
        "step": "S2",
        "phase": "alarm",
        "title": "Lage erfragen",
        "origin": "T0",
        "begins": 0.0,
        "due": 1200.0,
        "after": [],
        "mandatory": "always",
        "basis": ["S3.1"],
        "benefit": "Hilfe beginnt sofort.",
    }
    assert told["cards"] == [
        {
            "partner": "police",
            "name": "Polizei",
            "roles": ["POL-FLZ"],
            "contact": "police-duty",
            "deputy": "desk-head",
            "superior": "desk-head",
            "leads": False,
            "competences": ["lage.melden"],
            "must_not": [],
            "tasks": [
                {"step": "S2", "part": "executes", "hub": None},
                {"step": "S9", "part": "informed", "hub": None},
            ],
        }
    ]
    assert told["gaps"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "OHS"), "alarm asks no `OHS` here; known: OB-L, POL-FLZ\n"),
        (("--role", "polic"), "alarm asks no `polic` here; did you mean `police`?\n"),
    ],
)
def test_role_that_is_not_asked_is_refused(
    ada: CommandLine, words: tuple[str, ...], said: str
) -> None:
    result = ada.run(*SHOW, *words)

    assert (result.exit_code, result.stderr) == (3, said)
