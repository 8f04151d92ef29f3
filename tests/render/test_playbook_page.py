"""A playbook as a page: its course as a picture with words, its foundations, its role cards."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page

from crisis.core.condition import AtLeast
from crisis.core.playbook import Mandatory, Occasion, Phase, Playbook, Start
from crisis.core.role_card import role_cards, unheld
from crisis.core.words import Words
from crisis.render.playbook_page import playbook_page
from crisis.render.wording import Language
from tests.builders import (
    REGION,
    a_directory,
    a_form_step,
    a_partner,
    a_playbook,
    a_step,
    minutes,
)

SVG = "{http://www.w3.org/2000/svg}"


def playbook() -> Playbook:
    before = a_step("A00", start=Start(offset=timedelta(days=-14)), mandatory=Mandatory.OPTIONAL)
    late = a_step("A11", start=Start(after=("A10",), offset=timedelta(days=200)))
    then = a_step("B20", roles=("WR",), start=Start(occasion="V"), mandatory=Mandatory.IF_TRUE)
    joint = a_form_step("A12", roles=(), reached_in=("A00", "A10"), start=Start(offset=minutes(9)))
    sole = a_step("A13", roles=("KRS",), asked_in=("A10",), within=None)
    made = a_playbook(before, a_step(), late, joint, sole)
    more = Phase(id="P2", title=Words(de="Einsatz", en="Operation"), steps=(then,))
    return replace(
        made,
        phases=(*made.phases, more),
        occasions=(
            Occasion(
                id="V",
                title=Words(de="Verdacht", en="Suspicion"),
                when=AtLeast(attribute="deaths", number=1),
            ),
        ),
    )


def drawn(*, only: str = "", language: Language = "en") -> str:
    wr = replace(
        a_partner("wr", role="WR"),
        competences=("beratung.opferhilfe", "magic"),
        must_not=("therapie.trauma_akut",),
    )
    directory = a_directory(a_partner("ohs"), wr)
    return playbook_page(
        playbook(),
        role_cards(playbook(), directory, region=REGION),
        unheld(playbook(), directory, region=REGION),
        region=REGION,
        clauses={"S2.6": Words(de="Zügig.", en="Quickly.")},
        only=only,
        language=language,
    )


def pictures(text: str) -> list[ET.Element]:
    return [ET.fromstring(one) for one in re.findall(r"<svg.*?</svg>", text, re.DOTALL)]  # noqa: S314 -- our own page


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_course_is_told_beside_its_pictures() -> None:
    at_t0, at_v = pictures(drawn())

    assert at_t0.findtext(f"{SVG}desc") == (
        "Kontakt: A00 Step A00 begins T0\u221214 days, deadline 15 min. A10 Step A10 begins T0,"
        " deadline 15 min. A11 Step A11 begins 200 days after A10, deadline 15 min. A12 Step A12"
        " begins T0+9 min, deadline 15 min. A13 Step A13 begins T0."
    )
    assert at_v.findtext(f"{SVG}desc") == "Operation: B20 Step B20 begins V, deadline 15 min."
    assert [one.attrib["role"] for one in (at_t0, at_v)] == ["img", "img"]
    assert at_v.findtext(f"{SVG}title") == (
        "Course from V: phases, steps, what waits for what, and deadlines"
    )


def test_picture_has_an_arrow_for_each_step_that_waits() -> None:
    at_t0, at_v = pictures(drawn())

    def arrows(picture: ET.Element) -> int:
        return sum("z" in one.attrib["d"] for one in picture.findall(f"{SVG}path"))

    assert (arrows(at_t0), arrows(at_v)) == (1, 0)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "de",
            (
                "führt aus",
                "wird informiert",
                "Ablauf ab V: Verdacht",
                "Darf nicht",
                "Trauma-Akuttherapie",
                "KRS (A13)",
                "wer erreicht wurde in A00\u2013A10",
                "KRS, wer gefragt wurde in A10",
            ),
        ),
        (
            "en",
            (
                "executes",
                "supports",
                "is informed",
                "Course from V: Suspicion",
                "Must not",
                "Acute trauma therapy",
                "whoever was reached in A00\u2013A10",
            ),
        ),
    ],
)
def test_page_says_everything_in_both_languages(
    language: Language, words: tuple[str, ...]
) -> None:
    text = drawn(language=language)

    assert f'<html lang="{language}">' in text
    assert [word for word in words if word not in text] == []


def test_page_needs_nothing_else() -> None:
    assert not re.search(r"<script|<link|@import|(src|href)=.?https?:|style=", drawn())


def test_card_says_what_by_when_over_what_and_what_not() -> None:
    text = drawn(only="WR")
    card = text[text.index("<article") : text.index("</article>")]

    assert text.count("<article") == 1
    assert "<svg" not in text
    assert plain(card) == (
        "Office wr Role WR Asked first Duty wr Deputy Duty wr-dep Superior Duty wr-sup"
        " Competent for Victim support counselling, magic Must not Acute trauma therapy"
        " B20 Step B20 executes {code_word}: please call."
        " Asked for Confirm that you take over Begins V By 15 min"
        " Binding mandatory if condition true"
        " Over alle (HTTP, Telephone by hand, SMS, E-mail, Portal) Without an answer"
        " after 5 min next channel; after 10 min deputy; after 15 min superior;"
        " after 20 min task for the lead Founded on S2.6 (Quickly.) Benefit Help begins."
        " A95 Step A95 is informed {code_word}: please call."
        " Asked for Confirm that you take over Begins at the stand-down By 1 h"
        " Binding mandatory Over alle (HTTP, Telephone by hand, SMS, E-mail, Portal)"
        " Without an answer"
        " after 5 min next channel; after 10 min deputy; after 15 min superior;"
        " after 20 min task for the lead Founded on S2.6 (Quickly.) Benefit Help begins."
    )


def test_card_of_the_lead_says_so() -> None:
    text = drawn(only="lead")

    assert "Lead</dt><dd>Office lead (Duty lead)</dd>" in text
    assert "leads; what nobody answers comes to this desk" in text
    assert text.count("<article") == 1


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", [1180, 360])
def test_page_has_no_accessibility_faults(
    page: Page, axe: Callable[[Page], list[str]], language: Language, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(drawn(language=language))

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
