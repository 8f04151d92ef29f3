"""The example contacts answer for two places in Saxony and for towns of Nordrhein-Westfalen."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisis.core.contact import (
    ChannelKind,
    Directory,
    Tlp,
    holders,
    on_duty,
)
from crisis.loading.address_book import Addressbook
from crisis.loading.contact_directory import load_directory
from crisis.usecases.contacts import Reach, who

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "contacts" / "example"
FRIDAY_EVENING = datetime(2026, 12, 18, 18, 41, tzinfo=UTC)


@pytest.fixture(scope="module")
def example() -> tuple[Directory, Addressbook]:
    directory, book, problems = load_directory(EXAMPLE, around=FRIDAY_EVENING)
    assert problems == ()
    return directory, book


def test_no_address_is_in_the_directory(example: tuple[Directory, Addressbook]) -> None:
    directory, book = example
    written = repr(directory) + repr(book)
    addresses = {
        book.address(channel.id)
        for contact in directory.contacts.values()
        for channel in contact.channels
    } - {""}

    assert len(addresses) > 100
    assert [address for address in addresses if address is None or address in written] == []


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        (
            "14612",
            {
                "OB-L": "ob-l-sachsen",
                "POL-FLZ": "pol-flz-dresden",
                "IRLS": "irls-dresden",
                "PSNV-LZ": "psnv-lz-sachsen",
                "PSNV-L": "psnv-dresden",
                "POL-OS": "pol-os-dresden",
                "POL-B": "pol-b-dresden",
                "OHS": "ohs-sachsen",
                "OHS-B": "ohs-beratung-dresden",
                "WR": "wr-sachsen",
                "WR-A": "wr-aussenstelle-dresden",
                "BOB": "bob-bund",
                "KoBe": "kobe-bka",
                "KRS": "krs-dresden",
                "STA": "sta-dresden",
                "PASt": "past-sachsen",
                "DOL": "dol-sachsen",
                "REL": "rel-dresden",
                "RAA": "raa-opferberatung",
                "JA": "ja-dresden",
                "SCH": "sch-dresden",
                "BfJ": "bfj-haerteleistungen",
                "TA": "ta-sachsen",
                "DGUV-Z": "dguv-ansprechstelle",
                "UK": "uk-sachsen",
                "KSV": "ksv-sachsen",
                "VOH": "voh-bund",
                "AA": "aa-krisenreaktion",
                "STK": "stk-protokoll",
                "KH": "kh-dresden",
                "PSNV-E": "psnv-e-dresden",
                "POL-P": "pol-p-dresden",
                "PPB": "ppb-sachsen",
                "BST": "bst-sachsen",
                "BPOL": "bpol-inspektion-dresden",
                "KOK": "kok-geschaeftsstelle",
                "FBS": "fbs-kobranet",
                "ABH": "abh-dresden",
                "LKA-MH": "lka-mh-sachsen",
                "FKS": "fks-dresden",
            },
        ),
        (
            "14626",
            {
                "OB-L": "ob-l-sachsen",
                "POL-FLZ": "pol-flz-goerlitz",
                "IRLS": "irls-ostsachsen",
                "PSNV-LZ": "psnv-lz-sachsen",
                "PSNV-L": "psnv-goerlitz",
                "POL-OS": "pol-os-goerlitz",
                "POL-B": "pol-b-goerlitz",
                "OHS": "ohs-sachsen",
                "OHS-B": "ohs-beratung-goerlitz",
                "WR": "wr-sachsen",
                "WR-A": "wr-aussenstelle-goerlitz",
                "BOB": "bob-bund",
                "KoBe": "kobe-bka",
                "KRS": "krs-goerlitz",
                "STA": "sta-goerlitz",
                "PASt": "past-sachsen",
                "DOL": "dol-sachsen",
                "REL": "rel-goerlitz",
                "RAA": "raa-opferberatung",
                "JA": "ja-goerlitz",
                "SCH": "sch-bautzen",
                "BfJ": "bfj-haerteleistungen",
                "TA": "ta-goerlitz",
                "PSNV-E": "psnv-e-ostsachsen",
                "POL-P": "pol-p-goerlitz",
                "FBS": "fbs-kobranet",
                "ABH": "abh-goerlitz",
            },
        ),
        (
            "05111",
            {
                "JM": "jm-nw",
                "LKS": "lks-nw",
                "WR": "wr-rheinland",
                "STA": "sta-duesseldorf",
                "GER": "ger-duesseldorf",
                "JVA": "jva-duesseldorf",
                "POL-FLZ": "pol-flz-duesseldorf",
                "POL-OS": "pol-os-duesseldorf",
                "BHG": "bhg-duesseldorf",
            },
        ),
        ("05515", {"JM": "jm-nw", "WR": "wr-westfalen-lippe"}),
    ],
    ids=["dresden", "goerlitz", "duesseldorf", "muenster"],
)
def test_example_has_one_partner_for_every_role(
    example: tuple[Directory, Addressbook], region: str, expected: dict[str, str]
) -> None:
    directory, _ = example

    found = {role: [p.id for p in holders(directory, role, region=region)] for role in expected}

    assert found == {role: [partner] for role, partner in expected.items()}


def test_offices_that_are_asked_beside_each_other(
    example: tuple[Directory, Addressbook],
) -> None:
    directory, _ = example
    asked = {
        (role, region): [partner.id for partner in holders(directory, role, region=region)]
        for role, region in (("OB-X", "14612"), ("BPOL", "14626"), ("WR", "05"))
    }

    assert asked == {
        ("OB-X", "14612"): ["ob-x-brandenburg", "ob-x-sachsen-anhalt", "ob-x-thueringen"],
        ("BPOL", "14626"): ["bpol-inspektion-ebersbach", "bpol-inspektion-ludwigsdorf"],
        # One Land, two branches of one organisation (S1.1).
        ("WR", "05"): ["wr-rheinland", "wr-westfalen-lippe"],
    }


def test_every_partner_of_the_example_answers_on_a_friday_evening(
    example: tuple[Directory, Addressbook],
) -> None:
    directory, _ = example
    silent = {
        answer.partner: answer.first.reach
        for region in ("14612", "14626", "05111", "05711")
        for role in {role for partner in directory.partners for role in partner.roles}
        for answer in who(directory, role, region=region, at=FRIDAY_EVENING)
        if not answer.first.reachable
    }

    # Hardship payments wait for the next working day; the deputy has a stand-by line.
    assert silent == {"bfj-haerteleistungen": Reach.CLOSED}


def test_rotas_of_the_example_know_christmas(example: tuple[Directory, Addressbook]) -> None:
    directory, _ = example
    moments = (FRIDAY_EVENING, datetime(2026, 12, 24, 18, 0, tzinfo=UTC))

    found = [
        holder and holder.id
        for contact in ("ob-l-dienst", "psnv-goerlitz-leitung")
        for holder in [on_duty(directory, contact, at=moment) for moment in moments]
    ]

    assert found == [
        "ob-l-bereitschaft-3",
        "ob-l-bereitschaft-2",
        "psnv-goerlitz-sued",
        "psnv-goerlitz-sued",
    ]


def test_mailboxes_without_encryption_carry_nothing_above_green(
    example: tuple[Directory, Addressbook],
) -> None:
    directory, _ = example
    plain = {
        contact.id: channel.max_tlp
        for contact in directory.contacts.values()
        for channel in contact.channels
        if channel.kind is ChannelKind.EMAIL and not channel.encrypted
    }

    # The commissioner's house and the police's prevention office (the footers of S2 and S3).
    assert plain == {
        "lka-praevention": Tlp.GREEN,
        "ob-l-bereitschaft-1": Tlp.GREEN,
        "ob-l-bereitschaft-2": Tlp.GREEN,
        "ob-l-bereitschaft-3": Tlp.GREEN,
        "ob-l-leitung": Tlp.GREEN,
    }


def test_wave_one_of_the_example_meets_every_kind_of_channel(
    example: tuple[Directory, Addressbook],
) -> None:
    directory, _ = example
    wave = ("PSNV-LZ", "POL-OS", "OHS", "WR", "BOB", "KoBe", "KRS", "STA")

    found = {
        role: [
            channel.kind.value
            for channel in answer.first.channels
            if channel.is_open and channel.kind is not ChannelKind.PORTAL
        ]
        for role in wave
        for answer in who(directory, role, region="14612", at=FRIDAY_EVENING)
    }

    assert found == {
        "PSNV-LZ": ["http", "phone-by-hand", "sms", "email"],
        "POL-OS": ["sms"],
        "OHS": ["sms"],
        "WR": ["http", "email"],
        "BOB": ["phone-by-hand", "sms"],
        "KoBe": ["phone-by-hand", "phone-by-hand", "email"],
        "KRS": ["http", "phone-by-hand", "sms", "email"],
        "STA": ["sms"],
    }
