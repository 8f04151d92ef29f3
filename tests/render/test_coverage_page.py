"""The proof of coverage as a page: readable without colour, in both languages."""

import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from crisis.core.availability import Office
from crisis.core.coverage import Coverage, coverage
from crisis.core.playbook import Mandatory
from crisis.render.coverage_page import coverage_page
from crisis.render.wording import Language
from tests.builders import (
    REGION,
    T0,
    a_channel,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
)


@pytest.fixture
def proof() -> Coverage:
    playbook = a_playbook(
        a_step("A10"),
        a_step("A11", roles=("WR",), mandatory=Mandatory.IF_TRUE),
        a_step("A12", roles=("KRS",)),
        a_step("A13", roles=("RAA",)),
        a_step("A14", roles=("JA",)),
    )
    office = (a_channel("mail", hours=Office(land="14")),)
    contacts = (
        replace(a_contact("wr", superior="wr-sup"), channels=office),
        replace(a_contact("raa"), channels=office),
        replace(a_contact("ja", deputy="ja-dep"), channels=office),
        replace(a_contact("ja-dep"), channels=(a_channel("sms"),)),
    )
    directory = a_directory(
        a_partner("ohs"),
        a_partner("wr", role="WR"),
        a_partner("raa", role="RAA"),
        a_partner("ja", role="JA"),
        contacts=contacts,
        holidays=((T0 + timedelta(days=7)).date(),),
    )
    return coverage(playbook, directory, region=REGION, since=T0, until=T0 + timedelta(days=20))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ("Deckung: Lage", "✓ gedeckt", "✗ unbesetzt", "auch ohne Ausfall niemand")),
        ("en", ("Coverage: Incident", "✓ covered", "✗ nobody", "nobody even without an outage")),
    ],
)
def test_page_tells_in_words_what_it_shows_in_colour(
    proof: Coverage, language: Language, words: tuple[str, ...]
) -> None:
    page = coverage_page(proof, language=language)

    assert f'<html lang="{language}">' in page
    assert [word for word in words if word not in page] == []
    assert "url(#coverage-weak)" in page
    assert "url(#coverage-open)" in page


def test_page_lists_shares_by_kind_of_hour_and_every_cause(proof: Coverage) -> None:
    only_above, only_beside = "Only reached: Duty wr-sup", "Only reached: Duty ja-dep"
    nobody, unheld = "Nobody is reached", "Nobody holds this role here"
    with_out = "Without email there is only: Duty wr-sup"
    none_left, only_itself = "Without email nobody is reached", "Only reached: Duty raa"
    assert _tables(coverage_page(proof, language="en")) == [
        [
            ["A10", "Step A10", "always", "✓ 100 %", "✓ 100 %", "✓ 100 %", "✓ 100 %"],
            ["A11", "Step A11", "if its condition holds", "✗ 0 %", "✗ 0 %", "✗ 0 %", "✗ 0 %"],
            ["A12", "Step A12", "always", "✗ 0 %", "✗ 0 %", "✗ 0 %", "✗ 0 %"],
            ["A13", "Step A13", "always", "✗ 0 %", "✗ 0 %", "✗ 0 %", "✗ 0 %"],
            ["A14", "Step A14", "always", "✗ 0 %", "✗ 0 %", "✗ 0 %", "✗ 0 %"],
        ],
        [
            ["18 Dec 19:20", "21 Dec 07:10", "14\u00d7", "365 h", "Office wr", only_above, "A11"],
            ["18 Dec 19:20", "21 Dec 07:20", "14\u00d7", "367 h", "Office raa", nobody, "A13"],
            ["18 Dec 19:20", "21 Dec 07:15", "14\u00d7", "366 h", "Office ja", only_beside, "A14"],
            ["18 Dec 19:20", "7 Jan 19:20", "1\u00d7", "480 h", "KRS", unheld, "A12"],
            ["21 Dec 07:10", "21 Dec 16:00", "13\u00d7", "115 h", "Office wr", with_out, "A11"],
            ["21 Dec 07:15", "21 Dec 16:00", "13\u00d7", "114 h", "Office ja", none_left, "A14"],
            [
                "21 Dec 07:20",
                "21 Dec 16:00",
                "13\u00d7",
                "113 h",
                "Office raa",
                only_itself,
                "A13",
            ],
        ],
    ]


def test_page_needs_nothing_else_and_its_picture_is_announced(proof: Coverage) -> None:
    page = coverage_page(proof)

    assert not re.search(r"<script|<link|@import|(src|href)=.?https?:", page)
    picture = ET.fromstring(page[page.index("<svg") : page.index("</svg>") + len("</svg>")])  # noqa: S314 -- our own page
    assert picture.attrib["role"] == "img"
    title, description = picture[0], picture[1]
    assert picture.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
    assert (description.text or "").startswith("A10: ✓ gedeckt. A11: ✗ 100\u00a0% offen.")


def _tables(page: str) -> list[list[list[str]]]:
    return [
        [
            [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
            for row in re.findall(r"<tr><th scope=\"row\".*?</tr>", table)
        ]
        for table in re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL)
    ]
