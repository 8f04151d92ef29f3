"""A card says who is asked for what, and whether they carry it out, support it, or are told."""

from dataclasses import replace

from crisis.core.contact import Directory
from crisis.core.playbook import Lead, MembersReach, Playbook
from crisis.core.role_card import Part, Task, Unheld, role_cards, unheld
from crisis.core.words import Words
from tests.builders import (
    REGION,
    a_directory,
    a_form_step,
    a_partner,
    a_playbook,
    a_step,
    a_telling_step,
)


def able(directory: Directory, **competences: str) -> Directory:
    """Return a directory in which partners have these competences."""
    return replace(
        directory,
        partners=tuple(
            replace(one, competences=tuple(competences.get(one.id, "").split()))
            for one in directory.partners
        ),
    )


def tasks(playbook: Playbook, directory: Directory) -> dict[str, list[tuple[str, str, str]]]:
    return {
        card.partner.id: [(one.step.id, one.part.value, one.hub) for one in card.tasks]
        for card in role_cards(playbook, directory, region=REGION)
    }


def test_part_follows_from_the_competence() -> None:
    directory = able(
        a_directory(a_partner("ohs"), a_partner("wr", role="WR")), ohs="beratung.opferhilfe"
    )
    playbook = a_playbook(
        a_step("A10", roles=("OHS", "WR"), competences=("beratung.opferhilfe",)),
        a_step("A11", roles=("WR",)),
    )

    assert tasks(playbook, directory) == {
        "lead": [("A95", "informed", "")],
        "ohs": [("A10", "executes", ""), ("A95", "informed", "")],
        "wr": [("A10", "supports", ""), ("A11", "executes", ""), ("A95", "informed", "")],
    }


def test_who_is_only_told_is_informed_whatever_it_is_competent_for() -> None:
    directory = able(
        a_directory(a_partner("ohs"), a_partner("wr", role="WR")), ohs="beratung.opferhilfe"
    )
    playbook = a_playbook(
        a_telling_step("N01", competences=("beratung.opferhilfe",)),
        a_step("A10", roles=("WR",)),
        a_telling_step("N02", roles=(), asked_in=("A10",)),
    )

    assert tasks(playbook, directory) == {
        "lead": [("A95", "informed", "")],
        "ohs": [("N01", "informed", ""), ("A95", "informed", "")],
        "wr": [("A10", "executes", ""), ("N02", "informed", ""), ("A95", "informed", "")],
    }


def test_who_was_asked_before_is_told_or_supports() -> None:
    directory = a_directory(a_partner("ohs"), a_partner("wr", role="WR"))
    playbook = a_playbook(
        a_step("A10"),
        a_step("A11", roles=("WR",)),
        a_step("A20", roles=(), reached_in=("A10", "A11")),
        a_form_step("A21", roles=("OHS",), asked_in=("A10", "A11")),
    )

    assert tasks(playbook, directory)["ohs"] == [
        ("A10", "executes", ""),
        ("A20", "informed", ""),
        ("A21", "executes", ""),
        ("A95", "informed", ""),
    ]
    assert tasks(playbook, directory)["wr"][1:3] == [
        ("A20", "informed", ""),
        ("A21", "supports", ""),
    ]


def test_members_of_a_hub_have_cards_of_their_own() -> None:
    member = replace(a_partner("centre", role="OHS-B"), member_of=("ohs",))
    directory = a_directory(a_partner("ohs"), member)
    playbook = a_playbook(a_step("A18", hub=True, members=MembersReach.HERE))

    assert tasks(playbook, directory)["centre"] == [
        ("A18", "executes", "ohs"),
        ("A95", "informed", ""),
    ]
    (card,) = (
        one for one in role_cards(playbook, directory, region=REGION) if one.is_of("centre")
    )
    assert card.roles == ()


def test_card_names_functions_and_the_lead() -> None:
    directory = a_directory(a_partner("ohs"))
    lead, ohs = role_cards(a_playbook(), directory, region=REGION)

    assert (lead.leads, ohs.leads) == (True, False)
    assert (lead.roles, ohs.roles) == (("OB-L",), ("OHS",))
    assert (ohs.contact.id, ohs.deputy, ohs.superior) == (
        "ohs",
        directory.contacts["ohs-dep"],
        directory.contacts["ohs-sup"],
    )
    assert [ohs.is_of(name) for name in ("ohs", "OHS", "WR")] == [True, True, False]
    assert ohs.tasks == (
        Task(step=a_step(), part=Part.EXECUTES),
        Task(step=a_playbook().stand_down, part=Part.INFORMED),
    )


def test_function_without_deputy_has_none() -> None:
    directory = a_directory(a_partner("ohs"))
    alone = replace(directory.contacts["ohs"], deputy=None, superior=None)
    directory = replace(directory, contacts={**directory.contacts, "ohs": alone})

    ohs = role_cards(a_playbook(), directory, region=REGION)[1]

    assert (ohs.deputy, ohs.superior) == (None, None)


def test_roles_that_nobody_holds_are_named_with_their_steps() -> None:
    playbook = a_playbook(a_step("A10", roles=("WR", "OHS")), a_step("A11", roles=("WR",)))
    nobody = replace(playbook, lead=Lead(role="BOB", deputies=(), handover=Words(de="so")))

    assert unheld(playbook, a_directory(a_partner("ohs")), region=REGION) == (
        Unheld(role="WR", steps=("A10", "A11")),
    )
    assert "lead" not in tasks(nobody, a_directory(a_partner("ohs")))
