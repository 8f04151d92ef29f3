"""Finding services, and the districts in which nobody holds a role."""

import json
from textwrap import dedent

import pytest

from tests.cli.desk import CommandLine

SERVICES = """
services:
  - id: men
    unit: police
    kind: shelter
    name: {de: Männerschutzwohnung, en: Shelter for men}
    needs: [shelter]
    people: [men]
    ages: 18-120
    regions: ["14"]
    languages: [de]
  - id: court
    unit: police
    kind: court-support
    name: {de: Prozessbegleitung Dresden, en: Support in court Dresden}
    needs: [court-support]
    people: [everyone]
    languages: [de, pl]
    interpreters: true
    access: [step-free]
    line: "+49 30 23125 301"
    standards: [{name: Mindeststandards, link: "https://standards.example/"}]
"""


@pytest.fixture
def house(ada: CommandLine) -> CommandLine:
    (ada.folder / "contacts" / "services.yaml").write_text(SERVICES, encoding="utf-8")
    return ada


def test_services_are_found_by_the_name_of_the_need_and_the_region(house: CommandLine) -> None:
    screen = house.screen(
        "contacts", "services", "--need", "Prozessbegleitung", "--region", "Dresden"
    )

    assert screen == dedent("""\
        service  name                       for       ages  regions  languages             \
access     line
        court    Prozessbegleitung Dresden  everyone        14612    de, pl, interpreters  \
step-free  +49 30 23125 301
        """)


def test_services_for_men_are_found_and_not_for_women(house: CommandLine) -> None:
    asked = ("contacts", "services", "--need", "shelter", "--region", "14626", "--for")

    men = house.read(*asked, "men", "--age", "30")
    women = house.run(*asked, "women")

    assert men == [
        {
            "service": "men",
            "unit": "police",
            "kind": "shelter",
            "name": "Männerschutzwohnung",
            "needs": ["shelter"],
            "groups": ["protection"],
            "people": ["men"],
            "ages": [18, 120],
            "regions": ["14"],
            "languages": ["de"],
            "interpreters": False,
            "access": [],
            "line": "",
            "address": "",
            "standards": [],
        }
    ]
    assert (women.exit_code, women.stdout) == (1, "None fits.\n")


def test_services_are_found_by_language_and_access_with_their_standards(
    house: CommandLine,
) -> None:
    found = house.read("contacts", "services", "--speaks", "cs", "--access", "step-free")

    assert isinstance(found, list)
    assert [(one["service"], one["standards"]) for one in found] == [
        ("court", [{"name": "Mindeststandards", "link": "https://standards.example/"}])
    ]


def test_unknown_need_lists_what_there_is(house: CommandLine) -> None:
    result = house.run("contacts", "services", "--need", "magic")

    assert result.exit_code == 3
    assert result.stderr.startswith(
        "there is no need `magic`; there are: rights (Information über Rechte),"
    )


def test_gaps_are_the_districts_in_which_nobody_holds_a_role(house: CommandLine) -> None:
    alone = house.run("contacts", "gaps", "POL-FLZ", "--region", "14")
    here = house.screen("contacts", "gaps", "POL-FLZ", "--region", "Dresden")

    assert alone.exit_code == 1
    assert alone.stdout.splitlines()[:4] == [
        "POL-FLZ in 14 Sachsen: nobody holds it in 12 of 13 districts.",
        "",
        "district  name",
        "14511     Chemnitz",
    ]
    assert here == "POL-FLZ in 14612 Dresden: held in all 1 districts.\n"


def test_gaps_for_a_program_and_for_a_land_that_is_not_known(house: CommandLine) -> None:
    found = house.run("contacts", "gaps", "POL-FLZ", "--region", "14626", "--json")
    unknown = house.run("contacts", "gaps", "POL-FLZ", "--region", "06")
    nobody = house.run("contacts", "gaps", "STA", "--region", "14")

    assert (found.exit_code, json.loads(found.stdout)) == (
        1,
        {"role": "POL-FLZ", "region": "14626", "districts": 1, "gaps": ["14626"]},
    )
    assert (unknown.exit_code, unknown.stderr) == (
        3,
        "the districts of 06 Hessen are not known here; those of 05 and 14 are\n",
    )
    assert nobody.exit_code == 3


MATERIAL = """
materials:
  - id: leaflet
    title: {de: Merkblatt, en: Leaflet}
    about: [rights]
    languages: [de, de-LS, pl]
    version: "2026-06"
    valid_until: VALID
    laid_out: [police]
    link: https://material.example/rights
"""


def test_materials_are_listed_with_their_last_day(house: CommandLine) -> None:
    file = house.folder / "contacts" / "materials.yaml"
    file.write_text(MATERIAL.replace("VALID", "2099-12-31"), encoding="utf-8")

    assert house.screen("contacts", "materials", "--language", "en") == (
        "material  title    languages      version  until       laid out at\n"
        "leaflet   Leaflet  de, de-LS, pl  2026-06  2099-12-31  police\n"
    )


def test_material_that_has_run_out_ends_with_one(house: CommandLine) -> None:
    file = house.folder / "contacts" / "materials.yaml"
    file.write_text(MATERIAL.replace("VALID", "2020-12-31"), encoding="utf-8")

    read = house.run("contacts", "materials", "--json")
    shown = house.run("contacts", "materials")

    assert (read.exit_code, json.loads(read.stdout)) == (
        1,
        [
            {
                "material": "leaflet",
                "title": "Merkblatt",
                "about": ["rights"],
                "languages": ["de", "de-LS", "pl"],
                "version": "2026-06",
                "valid_until": "2020-12-31",
                "expired": True,
                "laid_out": ["police"],
                "link": "https://material.example/rights",
            }
        ],
    )
    assert (shown.exit_code, "2020-12-31 (has run out)" in shown.stdout) == (1, True)
