"""A complaint at the command line: sent on, counted, and read by nobody here."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.desk import CommandLine

ROOT = Path(__file__).parents[2]
OFFICE = """\
  - id: bst
    organisation: office
    name: {de: Beschwerdestelle, en: Complaint office}
    roles: [BST]
    regions: ["14"]
    competences: [beschwerde.annehmen]
    contact: bst-duty
functions:
  - id: bst-duty
    title: {de: Geschäftsstelle, en: Secretariat}
    deputy: bst-head
    superior: bst-head
    availability: round-the-clock
    channels:
      - kind: http
        address: "json://bst.example/alarm"
        provider: gateway
        verified_on: 2026-11-02
  - id: bst-head
    title: {de: Leitung, en: Head}
    availability: round-the-clock
    channels:
      - kind: http
        address: "json://head.example/alarm"
        provider: gateway
        verified_on: 2026-11-02
"""
COMPLAIN = ("incident", "complain", "last", "--about", "police", "--from", "desk")


@pytest.fixture
def ada(ada: CommandLine) -> CommandLine:
    """Return Ada's house with a complaint office, and a police that is no part of the Land."""
    contacts = ada.folder / "contacts" / "partners.yaml"
    text = contacts.read_text(encoding="utf-8")
    more = "\n".join(
        f"  - {{id: {name}, name: {{de: {name}, en: {name}}}}}" for name in ("polizei", "office")
    )
    text = text.replace("units:", f"{more}\nunits:", 1).replace("functions:\n", OFFICE, 1)
    before, _, after = text.partition("- id: police\n    organisation: land")
    text = f"{before}- id: police\n    organisation: polizei{after}"
    contacts.write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "playbooks" / "complaint.yaml", ada.folder / "playbooks")
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    ada.clock.advance(minutes=1)
    return ada


def complaint_of(ada: CommandLine) -> str:
    """Return the id of the complaint."""
    with ada.world() as world:
        return world.log.incidents()[-1]


def test_complaint_is_sent_on_and_counted(ada: CommandLine) -> None:
    assert (
        ada.screen("incident", "complaints", "last") == "Nobody has complained about this run.\n"
    )

    said = ada.run(*COMPLAIN, "--category", "delay")

    assert (said.exit_code, said.stdout) == (
        0,
        "The complaint about 20261218-1820-k7m2 is with the complaint office.\n",
    )
    assert ada.screen("incident", "complaints", "last").splitlines() == [
        "category  open  closed",
        "delay     1     0",
    ]
    assert ada.read("incident", "complaints", "last") == {
        "incident": "20261218-1820-k7m2",
        "complaints": [{"category": "delay", "open": 1, "closed": 0}],
    }


def test_complaint_as_json_tells_the_number(ada: CommandLine) -> None:
    said = ada.run(*COMPLAIN, "--category", "delay", "--json")

    assert json.loads(said.stdout) == {"incident": "20261218-1820-k7m2", "complaints": 1}


@pytest.mark.parametrize(
    "words",
    [
        ("show", "ID"),
        ("log", "ID"),
        ("tasks", "ID"),
        ("complaints", "ID"),
        ("note", "ID", "Unsinn", "--by", "eve"),
        ("close", "ID", "--reason", "Ende", "--by", "eve"),
        ("ack", "ID", "K2", "--by", "eve"),
        ("answer", "ID", "K3", "--set", "outcome=upheld", "--by", "bst-duty"),
        ("stand-down", "ID", "--reason", "Ende", "--by", "bst-duty"),
    ],
    ids=" ".join,
)
def test_no_command_reads_or_changes_it(ada: CommandLine, words: tuple[str, ...]) -> None:
    ada.screen(*COMPLAIN, "--category", "delay")
    name = complaint_of(ada)

    refused = ada.run("incident", *(name if word == "ID" else word for word in words))

    assert (refused.exit_code, refused.stdout, refused.stderr) == (
        3,
        "",
        f"{name} is a complaint: only the complaint office reads it\n",
    )


def test_list_and_last_pass_it_over(ada: CommandLine) -> None:
    ada.screen(*COMPLAIN, "--category", "delay")

    listed = ada.read("incident", "list")

    assert complaint_of(ada) not in {one["id"] for one in listed}
    assert ada.read("incident", "show", "last")["id"] == "20261218-1820-k7m2"


def test_report_counts_it(ada: CommandLine) -> None:
    ada.screen(*COMPLAIN, "--category", "delay")
    folder = ada.folder / "reports"

    ada.screen("report", "build", "last", "--format", "md", "--out", str(folder))

    [text] = [file.read_text(encoding="utf-8") for file in folder.rglob("*.md")]
    assert "Beschwerden, nur gezählt" in text
    assert "Verzögerung" in text
    assert complaint_of(ada) not in text


def test_playbook_of_complaints_opens_no_run_by_itself(ada: CommandLine) -> None:
    with ada.world() as world:
        before = world.log.incidents()

    refused = ada.run(
        "incident", "open", "complaint", "--region", "Dresden", "--exercise", "--accept-gaps"
    )

    assert (refused.exit_code, refused.stdout, refused.stderr) == (
        4,
        "",
        (
            "complaint is opened by a complaint about a run, never by itself: crisis incident"
            " complain ID --about PARTNER --from PARTNER --category WORD\n"
        ),
    )
    with ada.world() as world:
        assert world.log.incidents() == before


def test_playbook_of_complaints_can_be_tried_out(ada: CommandLine) -> None:
    simulated = ada.run(
        "playbook", "simulate", "complaint", "--region", "Dresden", "--at", "2027-01-04 10:00"
    )

    assert simulated.exit_code == 0
    assert "K2" in simulated.stdout
