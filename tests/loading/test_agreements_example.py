"""The agreements that are shipped: those of the five seeds and what the playbooks name."""

from datetime import UTC, date, datetime
from pathlib import Path

from crisis.core.register import due
from crisis.loading.contact_directory import load_contacts

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 12, 18, 18, 41, tzinfo=UTC)
LOADED = load_contacts(ROOT / "contacts" / "example", around=NOW)
REGISTER = LOADED.register


def test_only_the_renamed_ministry_is_noticed() -> None:
    assert [(each.code, each.strength) for each in LOADED.register_problems] == [
        ("AG105", "notice")
    ]
    assert REGISTER.by_id["nw-landeskoordinierung-2018"].parties[0].signed_as == (
        "heimatministerium-nw"
    )


def test_every_clause_of_the_seeds_can_be_cited() -> None:
    wanted = {
        *(f"S1.{n}" for n in range(1, 21)),
        *(f"S2.{n}" for n in range(1, 17)),
        *(f"S3.{n}" for n in range(1, 16)),
        *(f"S4.{n}" for n in range(1, 13)),
        *(f"S5.P{n}" for n in range(1, 11)),
        *(f"S5.{n}" for n in range(1, 12) if n != 9),
        *("S5.9a", "S5.9b", "S5.9c"),
    }

    assert set(REGISTER.by_clause) == wanted


def test_federal_agreement_was_due_a_year_after_it_was_signed() -> None:
    assert due(REGISTER.by_id["bpol-kok-2022-07-22"]).due_on == date(2023, 7, 22)


def test_two_branches_of_one_organisation_share_a_land() -> None:
    agreement = REGISTER.by_id["nw-justiz-weisser-ring-2024-01-19"]

    assert len(agreement.parties) == 3
    assert {
        region: [party.organisation for party in agreement.parties_in(region)]
        for region in ("05111", "05515")
    } == {
        "05111": ["justiz-nw", "weisser-ring-rheinland"],
        "05515": ["justiz-nw", "weisser-ring-westfalen-lippe"],
    }
    branches = [set(party.regions) for party in agreement.parties[1:]]
    assert branches[0] & branches[1] == set()
    # All 53 districts of North Rhine-Westphalia.
    assert len(branches[0] | branches[1]) == 53


def test_agreement_of_2013_leads_to_its_successor() -> None:
    newer = REGISTER.successor("nw-justiz-weisser-ring-2013", on=NOW.date())

    assert newer is not None
    assert newer.id == "nw-justiz-weisser-ring-2024-01-19"


def test_saxon_and_federal_agreement_on_trafficking_overlap_in_saxony() -> None:
    found = REGISTER.overlaps("14", on=NOW.date())

    pairs = {tuple(each.id for each in overlap.agreements) for overlap in found}
    assert ("polizei-kobranet-2012-04-05", "bpol-kok-2022-07-22") in pairs
    assert [overlap for overlap in found if overlap.rule is None] == []
    assert REGISTER.overlaps("05", on=NOW.date()) == ()


def test_no_signatory_is_a_person_and_every_text_is_in_both_languages() -> None:
    texts = [
        *(each.title for each in REGISTER.agreements),
        *(party.signatory for each in REGISTER.agreements for party in each.parties),
        *(clause.text for each in REGISTER.agreements for clause in each.clauses),
    ]

    assert [words for words in texts if not (words.de and words.en)] == []
