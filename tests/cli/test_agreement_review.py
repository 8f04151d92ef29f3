"""An agreement is reviewed: what was said of it, its parties, and how it ended."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.desk import CommandLine

ROOT = Path(__file__).parents[2]
NAME = "ob-opferhilfe-sachsen-2020-07-17"
AGREEMENT = f"""\
id: {NAME}
kind: agreement
title: {{de: Land mit Polizei, en: State with police}}
regions: ["14"]
subjects: [mass-casualty]
in_force_from: 2020-07-17
parties:
  - {{organisation: land, signatory: {{de: Leitung}}, roles: [OB-L]}}
  - {{organisation: polizei, signatory: {{de: Präsidium}}, roles: [POL-FLZ]}}
clauses:
  - {{id: S2.4, text: {{de: Gilt nach großen Schadensfällen.}}}}
  - {{id: S3.1, text: {{de: Arbeitet enger zusammen.}}}}
"""


@pytest.fixture
def ada(ada: CommandLine) -> CommandLine:
    """Return Ada's house with an agreement between her desk and the police."""
    folder = ada.folder / "contacts" / "agreements"
    folder.mkdir()
    (folder / f"{NAME}.yaml").write_text(AGREEMENT, encoding="utf-8")
    contacts = ada.folder / "contacts" / "partners.yaml"
    text = contacts.read_text(encoding="utf-8")
    text = text.replace("units:", "  - {id: polizei, name: {de: Polizei, en: Police}}\nunits:", 1)
    before, _, after = text.partition("- id: police\n    organisation: land")
    contacts.write_text(f"{before}- id: police\n    organisation: polizei{after}", "utf-8")
    shutil.copy(ROOT / "playbooks" / "agreement-review.yaml", ada.folder / "playbooks")
    return ada


def last_id(ada: CommandLine) -> str:
    """Return the id of the run that was opened last."""
    return str(ada.read("incident", "show", "last")["id"])


def test_review_asks_the_parties_and_ends_with_a_decision(ada: CommandLine) -> None:
    assert ada.run("agreement", "due").exit_code == 1
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    ada.screen("incident", "decline", "last", "S2", "--reason", "nicht zuständig")
    ada.clock.advance(hours=1)

    assert [row["kind"] for row in ada.read("agreement", "dossier", NAME)["voices"]] == [
        "finding",
        "declined",
    ]
    opened = ada.screen("agreement", "review", NAME, "--occasion", "Anschlag im Nachbarland")
    review = last_id(ada)
    assert opened.splitlines()[0] == f"PRÜFUNG {NAME} is open: {review}"
    ada.clock.advance(days=3)
    # Without an engine the next command does what is due.
    ada.screen("incident", "note", review, "Montag")
    log = ada.screen("incident", "log", review)
    assert (
        "Prüfung der Vereinbarung ob-opferhilfe-sachsen-2020-07-17, fällig 2021-07-17."
        " Anlass: Anschlag im Nachbarland. Seit der letzten Prüfung: 1 Läufe, 1 Feststellungen,"
        " 0 offene Maßnahmen, 0 abweichende Sichten, 0 Anmerkungen,"
        " 1 Zuständigkeitsvermerke, 0 Rückmeldungen."
    ) in log
    assert {o["partner"] for o in ada.read("incident", "show", review)["obligations"]} == {
        "desk",
        "police",
    }

    ada.clock.advance(days=28)
    ada.screen("incident", "note", review, "nach vier Wochen")
    ada.screen("incident", "decide", review, "R2", "adapted", "--reason", "Ziele erreicht")

    due = ada.read("agreement", "due", "--all")["reviews"]
    assert due == [
        {
            "agreement": NAME,
            "due_on": "2028-01-18",
            "overdue": False,
            "last_review": {
                "held_on": "2027-01-18",
                "outcome": "adapted",
                "reason": "Ziele erreicht",
                "incident": review,
            },
            "still_in_register": False,
        }
    ]
    assert ada.screen("agreement", "due") == "No review is overdue.\n"
    assert ada.screen("agreement", "dossier", NAME, "--language", "en").splitlines() == [
        "State with police",
        "due on 2028-01-18; runs read: 1",
        "",
        "No run has said anything of it.",
    ]


def test_dossier_is_a_table(ada: CommandLine) -> None:
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    ada.screen("incident", "decline", "last", "S2", "--reason", "nicht zuständig")
    run = last_id(ada)

    declined = "Polizei hat abgelehnt (S2); die Aufgabe ging an die Federführung zurück."
    lines = ada.screen("agreement", "dossier", NAME).splitlines()
    assert [" ".join(line.split()) for line in lines] == [
        "Land mit Polizei",
        "überfällig seit 17.07.2021; runs read: 1",
        "",
        "kind run step partner said entries",
        f"Feststellung {run} (AHORN 47) [ÜBUNG] S2 police {declined} 8",
        f"Zuständigkeitsvermerk {run} (AHORN 47) [ÜBUNG] S2 police nicht zuständig 8",
    ]


def test_one_review_of_an_agreement_is_open_at_a_time(ada: CommandLine) -> None:
    ada.screen("agreement", "review", NAME, "--exercise")
    assert ada.run("agreement", "due").exit_code == 1
    ada.clock.advance(minutes=1)

    result = ada.run("agreement", "review", NAME)

    assert (result.exit_code, result.stderr) == (
        4,
        f"a review of {NAME} is open already: {last_id(ada)}\n",
    )


def test_review_of_what_is_not_there_lists_what_is(ada: CommandLine) -> None:
    result = ada.run("agreement", "review", "handshake")

    assert (result.exit_code, result.stderr) == (
        3,
        f"there is no agreement `handshake`; there are: {NAME}\n",
    )


def test_party_that_nobody_stands_for_must_be_accepted(ada: CommandLine) -> None:
    file = ada.folder / "contacts" / "agreements" / f"{NAME}.yaml"
    file.write_text(AGREEMENT.replace("[POL-FLZ]", "[POL-OS]"), encoding="utf-8")

    refused = ada.run("agreement", "review", NAME)
    accepted = ada.run("agreement", "review", NAME, "--accept-gaps", "--json")

    assert (refused.exit_code, refused.stderr) == (
        4,
        (
            "nobody in the contacts stands for polizei: let a unit of it hold one of the party's"
            " roles, or open with --accept-gaps and ask it another way\n"
        ),
    )
    assert json.loads(accepted.stdout)["playbook"] == "agreement-review"
    assert "Auf anderem Weg zu fragen: polizei." in ada.screen("incident", "log", "last")


def test_review_without_anybody_to_ask_is_refused(ada: CommandLine) -> None:
    file = ada.folder / "contacts" / "agreements" / f"{NAME}.yaml"
    text = AGREEMENT.replace("[POL-FLZ]", "[POL-OS]").replace("[OB-L]", "[BOB]")
    file.write_text(text, encoding="utf-8")

    result = ada.run("agreement", "review", NAME, "--accept-gaps")

    assert (result.exit_code, result.stderr) == (
        4,
        f"nobody in the contacts stands for a party of {NAME}: land, polizei\n",
    )


def test_live_review_is_refused_while_the_clock_is_sped_up(ada: CommandLine) -> None:
    result = ada.run("agreement", "review", NAME, CRISIS_CLOCK_SCALE="60")

    assert (result.exit_code, result.stderr) == (
        4,
        "the clock is sped up or was moved, so only exercises may be opened\n",
    )


def test_occasion_names_nobody(ada: CommandLine) -> None:
    result = ada.run("agreement", "review", NAME, "--occasion", "Anruf von 0171 1234567")

    assert result.exit_code == 4
    assert "PRÜFUNG" not in ada.screen("incident", "list")


def test_playbook_of_reviews_cannot_be_opened_by_itself(ada: CommandLine) -> None:
    result = ada.run("incident", "open", "agreement-review", "--region", "14", "--exercise")

    assert result.exit_code == 4
    assert "R1 needs PARTY" in result.stderr


def test_open_measures_and_themes_are_shown_until_a_review_no_longer_names_them(
    ada: CommandLine,
) -> None:
    path = ada.folder / "playbooks" / "alarm.yaml"
    fields = """\
      todo: {kind: list, label: {de: Maßnahmen, en: Measures}, measure: true}
      hints: {kind: count, label: {de: Hinweise, en: Hints}, total: true}
      remark:
"""
    path.write_text(path.read_text().replace("      remark:\n", fields, 1))
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    ada.screen(
        *("incident", "answer", "last", "S2", "--set", "todo=Plan bis Mai,Raum bis Juni"),
        *("--set", "hints=7"),
    )
    before = ada.screen("agreement", "dossier", NAME, "--language", "en").splitlines()
    ada.clock.advance(minutes=1)
    ada.screen("agreement", "review", NAME)
    ada.clock.advance(days=3)
    # Without an engine the next command does what is due.
    ada.screen("incident", "note", "last", "weiter")
    for partner in ("desk", "police"):
        ada.screen(
            *("incident", "answer", "last", "R1", "--partner", partner),
            *("--set", "goals_reached=yes", "--set", "proposal=confirmed"),
            *("--set", "measures=Raum bis Juni"),
        )
    ada.screen("incident", "note", "last", "weiter")
    ada.clock.advance(days=28)
    ada.screen("incident", "note", "last", "weiter")
    ada.screen("incident", "decide", "last", "R2", "confirmed", "--reason", "Ziele erreicht")

    after = ada.read("agreement", "dossier", NAME)

    assert [line.split()[0:2] for line in before if "bis" in line] == [
        ["open", "measure"],
        ["open", "measure"],
    ]
    assert before[-2:] == ["question  total  runs", "Hints     7      1"]
    assert [(voice["kind"], voice["said"], voice["partner"]) for voice in after["voices"]] == [
        ("measure", "Raum bis Juni", "desk"),
        ("measure", "Raum bis Juni", "police"),
    ]
    assert after["themes"] == [{"question": "Hinweise", "value": 7, "shares": [], "runs": 1}]


def test_run_lists_the_agreement_that_founds_each_step(ada: CommandLine) -> None:
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    ada.screen("report", "build", "last", "--format", "md", "--out", str(ada.folder))

    [file] = ada.folder.glob("*.md")
    steps = ada.read("incident", "show", "last")["steps"]

    assert [(one["step"], one["basis"], one["agreements"]) for one in steps] == [
        ("S1", ["S2.4"], [NAME]),
        ("S2", ["S3.1"], [NAME]),
    ]
    lines = file.read_text("utf-8").splitlines()
    planned = [line for line in lines if line.startswith("| S1 |")]
    assert r"| S2.4 \[1\] |" in planned[0]
    assert [line for line in lines if "Land mit Polizei" in line] == ["1. Land mit Polizei"]
