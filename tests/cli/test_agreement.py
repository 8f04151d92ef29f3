"""What was agreed with whom, whether it still counts, and what is to be reviewed."""

import json
from textwrap import dedent

import pytest

from tests.cli.desk import CommandLine

DAY = ("--on", "2026-12-18")
ORGANISATIONS = """\
organisations:
  - {id: bundespolizei, name: {de: Bundespolizei, en: Federal Police}}
  - {id: kok, name: {de: KOK, en: KOK}}
  - {id: heimat, name: {de: Heimatministerium, en: Home ministry}, ended_on: 2022-06-29,
     successor: gleichstellung}
  - {id: gleichstellung, name: {de: Gleichstellung, en: Equality}}
"""
KOK = """\
id: bpol-kok
kind: agreement
title: {de: Bundespolizei mit KOK, en: Federal Police with KOK}
regions: ["00"]
subjects: [trafficking]
signed_on: 2022-07-22
in_force_from: 2022-07-22
place: Berlin
parties:
  - {organisation: bundespolizei, signatory: {de: Präsidium, en: Headquarters}, roles: [BPOL]}
  - {organisation: kok, signatory: {de: Geschäftsführung, en: Management}, roles: [KOK, FBS]}
supplements: [charter]
clauses:
  - {id: S5.3, text: {de: Früh einbinden., en: Involve early.}}
  - {id: S5.11, text: {de: Nach einem Jahr prüfen., en: Review after a year.}}
links: [https://www.kok.example/vereinbarung]
"""
CHARTER = """\
id: charter
kind: mandate
title: {de: Einrichtung der Stelle}
regions: ["14"]
subjects: [trafficking]
in_force_from: unknown
parties:
  - {organisation: heimat, signatory: {de: Abteilung, en: Department}, roles: [LKS, FBS]}
reviews:
  - {held_on: 2026-06-01, outcome: confirmed, reason: Aufgaben unverändert}
"""
OLD = """\
id: old
kind: agreement
title: {de: Alt}
regions: ["14"]
subjects: [trafficking]
in_force_from: 2012-04-05
parties:
  - {organisation: kok, signatory: {de: Vorsitz}, roles: [FBS]}
  - {organisation: gleichstellung, signatory: {de: Leitung}, roles: [LKS]}
"""


@pytest.fixture
def ada(ada: CommandLine) -> CommandLine:
    """Return Ada's house with a register."""
    folder = ada.folder / "contacts" / "agreements"
    folder.mkdir()
    (folder.parent / "organisations.yaml").write_text(ORGANISATIONS, encoding="utf-8")
    for name, text in {"bpol-kok": KOK, "charter": CHARTER, "old": OLD}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return ada


def test_list_says_what_counts_on_a_day(ada: CommandLine) -> None:
    undated = "in Kraft, seit wann unbekannt"
    assert ada.screen("agreement", "list", *DAY) == (
        f"agreement  {'standing':<29}  in force from  regions  parties              clauses\n"
        f"bpol-kok   {'in Kraft':<29}  2022-07-22     00       bundespolizei, kok   2\n"
        f"charter    {undated}                 14       gleichstellung       0\n"
        f"old        {'in Kraft':<29}  2012-04-05     14       kok, gleichstellung  0\n"
    )
    assert ada.screen(
        "agreement", "list", "--on", "2020-01-01", "--region", "05111", "--language", "en"
    ) == dedent("""\
        agreement  standing          in force from  regions  parties             clauses
        bpol-kok   not yet in force  2022-07-22     00       bundespolizei, kok  2
        """)


def test_list_of_clauses_says_what_a_step_can_cite(ada: CommandLine) -> None:
    assert ada.screen("agreement", "list", "--clauses", "--language", "en") == dedent("""\
        clause  agreement  content
        S5.3    bpol-kok   Involve early.
        S5.11   bpol-kok   Review after a year.
        """)


def test_list_of_an_empty_register_says_what_to_do(ada: CommandLine) -> None:
    for file in (ada.folder / "contacts" / "agreements").iterdir():
        file.unlink()

    assert ada.screen("agreement", "list") == (
        "The register holds no agreement here. Write one file for each into a folder"
        " `agreements` beside your contacts.\n"
    )
    result = ada.run("agreement", "check")
    assert (result.exit_code, result.stderr) == (
        3,
        "contacts holds no agreement (agreements/*.yaml); `crisis init DIR` brings some\n",
    )


def test_show_tells_all_of_one(ada: CommandLine) -> None:
    screen = ada.screen("agreement", "show", "bpol-kok", *DAY)

    digest = ada.read("agreement", "show", "bpol-kok", *DAY)["sha256"]
    assert screen == dedent(f"""\
        Bundespolizei mit KOK

        id             bpol-kok
        standing       in Kraft
        signed         2022-07-22, Berlin
        in force from  2022-07-22
        regions        00
        subjects       trafficking
        supplements    charter
        links          https://www.kok.example/vereinbarung
        content        SHA-256 {digest}

        party          name           signatory         roles     signed as
        bundespolizei  Bundespolizei  Präsidium         BPOL      bundespolizei
        kok            KOK            Geschäftsführung  KOK, FBS  kok

        clause  content
        S5.3    Früh einbinden.
        S5.11   Nach einem Jahr prüfen.
        """)


def test_show_follows_the_successor_of_a_renamed_ministry(ada: CommandLine) -> None:
    shown = ada.read("agreement", "show", "charter", *DAY)

    assert shown["parties"] == [
        {
            "organisation": "gleichstellung",
            "name": "Gleichstellung",
            "signatory": "Abteilung",
            "roles": ["LKS", "FBS"],
            "regions": [],
            "signed_as": "heimat",
        }
    ]
    assert (shown["in_force_from"], shown["standing"]) == (None, "undated")


def test_show_of_what_is_not_there_lists_what_is(ada: CommandLine) -> None:
    result = ada.run("agreement", "show", "bpol")

    assert (result.exit_code, result.stderr) == (
        3,
        "there is no agreement `bpol`; there are: bpol-kok, charter, old\n",
    )


def test_due_says_since_when_a_review_is_overdue(ada: CommandLine) -> None:
    result = ada.run("agreement", "due", *DAY)

    assert (result.exit_code, result.stdout) == (
        1,
        dedent("""\
            agreement  review                      last review  outcome
            bpol-kok   überfällig seit 22.07.2023
            old        überfällig seit 05.04.2013
            """),
    )


def test_due_lists_all_on_request(ada: CommandLine) -> None:
    (ada.folder / "contacts" / "agreements" / "old.yaml").unlink()

    assert ada.run(
        "agreement", "due", "--on", "2023-07-22", "--all", "--language", "en"
    ).stdout == dedent("""\
        agreement  review             last review  outcome
        bpol-kok   due on 2023-07-22
        charter    due on 2027-06-01  2026-06-01   confirmed
        """)
    assert ada.screen("agreement", "due", "--on", "2023-07-22") == "No review is overdue.\n"


def test_due_says_when_the_register_still_holds_what_ended(ada: CommandLine) -> None:
    file = ada.folder / "contacts" / "agreements" / "charter.yaml"
    file.write_text(CHARTER.replace("outcome: confirmed", "outcome: ended"), encoding="utf-8")

    result = ada.run("agreement", "due", "--all", "--json", *DAY)

    assert json.loads(result.stdout)["reviews"][1] == {
        "agreement": "charter",
        "due_on": "2027-06-01",
        "overdue": False,
        "last_review": {
            "held_on": "2026-06-01",
            "outcome": "ended",
            "reason": "Aufgaben unverändert",
            "incident": None,
        },
        "still_in_register": True,
    }
    assert "beendet, steht aber noch im Verzeichnis" in (
        ada.run("agreement", "due", "--all", *DAY).stdout
    )


def test_due_asks_since_when_it_holds(ada: CommandLine) -> None:
    file = ada.folder / "contacts" / "agreements" / "charter.yaml"
    file.write_text(CHARTER.partition("reviews:")[0], encoding="utf-8")

    assert "charter    überfällig: seit wann sie gilt, ist unbekannt" in (
        ada.run("agreement", "due", *DAY).stdout
    )


def test_overlap_that_nobody_settled_ends_with_one(ada: CommandLine) -> None:
    result = ada.run("agreement", "overlaps", "--region", "Görlitz", *DAY)

    assert (result.exit_code, result.stdout) == (
        1,
        dedent("""\
            Agreements beside each other in 14626 Landkreis Görlitz on 2026-12-18

            older  newer     subjects     in common                 which is followed
            old    bpol-kok  trafficking  FBS, kok                  nicht geregelt
            old    charter   trafficking  FBS, LKS, gleichstellung  nicht geregelt
            """),
    )


def test_overlap_that_was_settled_names_the_rule(ada: CommandLine) -> None:
    file = ada.folder / "contacts" / "agreements" / "old.yaml"
    settled = "".join(
        f"  - {{agreement: {name}, rule: {{de: Die ältere gilt.}}}}\n"
        for name in ("bpol-kok", "charter")
    )
    file.write_text(f"{OLD}beside:\n{settled}", encoding="utf-8")

    found = ada.read("agreement", "overlaps", "--region", "14626", *DAY)

    assert found["overlaps"][0] == {
        "agreements": ["old", "bpol-kok"],
        "subjects": ["trafficking"],
        "roles": ["FBS"],
        "organisations": ["kok"],
        "rule": "Die ältere gilt.",
    }
    assert "Die ältere gilt." in ada.screen("agreement", "show", "old")
    assert "No two agreements overlap here." in (
        ada.screen("agreement", "overlaps", "--region", "05", *DAY)
    )


def test_check_lists_what_is_wrong(ada: CommandLine) -> None:
    assert ada.screen("agreement", "check") == dedent("""\
        contacts/agreements/charter.yaml:8:20: AG105 notice: `heimat` no longer exists; \
`gleichstellung` stands for it
          = help: the register follows the successor; nothing is to be done if it agreed to that
        1 notice in 1 file. `crisis playbook explain AG105` says more.
        """)
    assert "AG105" in ada.screen("contacts", "check")


def test_schema_is_for_agreements(ada: CommandLine) -> None:
    assert json.loads(ada.screen("agreement", "schema"))["title"] == "Crisis agreement"


def test_day_that_is_none_says_how_to_write_one(ada: CommandLine) -> None:
    result = ada.run("agreement", "list", "--on", "18.12.2026")

    assert (result.exit_code, result.stderr) == (2, "`18.12.2026` is no day. Write 2026-12-18.\n")


def test_moment_counts_as_its_local_day(ada: CommandLine) -> None:
    assert ada.read("agreement", "list", "--on", "2026-12-18T23:30+00:00")["on"] == "2026-12-19"


def test_attachments_are_shown_with_their_hash(ada: CommandLine) -> None:
    file = ada.folder / "contacts" / "agreements" / "old.yaml"
    (file.parent / "signed.txt").write_text("signed\n", encoding="utf-8")
    digest = "0" * 64
    attached = f"{{file: signed.txt, title: {{de: Vertrag}}, sha256: '{digest}'}}"
    file.write_text(f"{OLD}attachments:\n  - {attached}\n", encoding="utf-8")

    result = ada.run("agreement", "check")

    assert result.exit_code == 1
    right = result.stdout.partition("and write ")[2].split()[0]
    file.write_text(file.read_text(encoding="utf-8").replace(digest, right), encoding="utf-8")
    assert f"attachments    signed.txt (Vertrag), SHA-256 {right}\n" in (
        ada.screen("agreement", "show", "old")
    )


def test_diff_says_what_changed_between_two_versions(ada: CommandLine) -> None:
    newer = ada.folder / "bpol-kok-2.yaml"
    text = KOK.replace("Geschäftsführung, en: M", "Vorstand, en: M").replace("Früh", "Rasch")
    newer.write_text(text.replace("signed_on: 2022", "signed_on: 2027"), encoding="utf-8")

    result = ada.run("agreement", "diff", "bpol-kok", str(newer))
    same = ada.screen("agreement", "diff", "old", "old")
    unknown = ada.run("agreement", "diff", "old", "chartr")

    assert result.exit_code == 1
    assert result.stdout == dedent(f"""\
        bpol-kok -> bpol-kok ({newer})

        binding    where        what               before            after
                   agreement    signed on changed  2022-07-22        2027-07-22
                   party kok    signatory changed  Geschäftsführung  Vorstand
        ? read it  clause S5.3  clause reworded    Früh einbinden.   Rasch einbinden.

        3 differences: 1 unclear, 2 neutral.
        """)
    assert same == "old -> old\nThey say the same.\n"
    assert (unknown.exit_code, unknown.stderr) == (
        3,
        "there is no agreement `chartr`; did you mean `charter`?\n",
    )
