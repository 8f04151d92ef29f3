"""Who is trained for what, as Ada reads it."""

import json
from textwrap import dedent

import pytest

from tests.cli.desk import CommandLine

NEEDED = """
training:
  - {role: OB-L, competences: [lage.entscheiden]}
"""


def train(ada: CommandLine, *, head: str) -> CommandLine:
    file = ada.folder / "contacts" / "partners.yaml"
    text = file.read_text(encoding="utf-8") + NEEDED
    for function, competence, until in (
        ("desk-duty", "lage.entscheiden", "2099-06-30"),
        ("desk-head", "lage.entscheiden", head),
        ("police-duty", "schulung", "2020-01-31"),
    ):
        name = f"  - id: {function}\n"
        text = text.replace(
            name, f"{name}    trained: [{{competence: {competence}, until: {until}}}]\n"
        )
    file.write_text(text, encoding="utf-8")
    return ada


@pytest.fixture
def house(ada: CommandLine) -> CommandLine:
    return train(ada, head="2099-12-31")


def test_register_says_who_is_trained_for_what_until_when(house: CommandLine) -> None:
    screen = house.screen("contacts", "training")

    assert screen == dedent("""\
        role  partner  function     competence        until       standing
        OB-L  desk     desk-duty    lage.entscheiden  2099-06-30  holds
        OB-L  desk     desk-head    lage.entscheiden  2099-12-31  holds
                       police-duty  schulung          2020-01-31  ended
        """)


def test_training_that_a_role_needs_and_that_has_ended_ends_with_one(ada: CommandLine) -> None:
    train(ada, head="2020-12-31")

    shown = ada.run("contacts", "training")
    read = ada.run("contacts", "training", "--role", "OB-L", "--json")
    other = ada.screen("contacts", "training", "--role", "POL-FLZ")

    assert shown.exit_code == 1
    assert (read.exit_code, json.loads(read.stdout)) == (
        1,
        [
            {
                "role": "OB-L",
                "partner": "desk",
                "function": function,
                "competence": "lage.entscheiden",
                "until": until,
                "standing": standing,
            }
            for function, until, standing in (
                ("desk-duty", "2099-06-30", "holds"),
                ("desk-head", "2020-12-31", "ended"),
            )
        ],
    )
    assert other == "There is no training.\n"


def test_role_holder_without_training_is_listed_and_warned_of(house: CommandLine) -> None:
    file = house.folder / "contacts" / "partners.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("    trained: [{competence: lage.entscheiden, until: 2099-12-31}]\n", ""),
        encoding="utf-8",
    )

    shown = house.run("contacts", "training", "--role", "OB-L")
    checked = house.run("contacts", "check")

    assert (shown.exit_code, shown.stdout) == (
        1,
        dedent("""\
            role  partner  function   competence        until       standing
            OB-L  desk     desk-duty  lage.entscheiden  2099-06-30  holds
            OB-L  desk     desk-head  lage.entscheiden              missing
            """),
    )
    assert checked.exit_code == 0
    assert (
        "CT041 warning: `desk-head` answers for OB-L without training for `lage.entscheiden`\n"
        "  = help: have it trained, and write "
        "`trained: [{competence: lage.entscheiden, until: …}]`\n"
    ) in checked.stdout


def test_training_that_no_role_needs_is_listed_without_one(house: CommandLine) -> None:
    assert house.read("contacts", "training")[-1] == {
        "role": None,
        "partner": None,
        "function": "police-duty",
        "competence": "schulung",
        "until": "2020-01-31",
        "standing": "ended",
    }


def test_register_of_a_house_without_training_and_of_a_role_without_holder(
    ada: CommandLine,
) -> None:
    unknown = ada.run("contacts", "training", "--role", "STA")

    assert ada.screen("contacts", "training") == "There is no training.\n"
    assert (unknown.exit_code, unknown.stderr) == (
        3,
        "nobody holds a role `STA`; there are: OB-L, POL-FLZ\n",
    )
