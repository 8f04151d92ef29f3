"""The proof of coverage as a whole, and its gaps by cause."""

from dataclasses import replace
from datetime import timedelta

from crisis.core.availability import Office
from crisis.core.contact import ChannelKind, Directory
from crisis.core.coverage import asked, coverage
from crisis.core.exposure import Gap, Weakness
from crisis.core.hole import Hole, holes
from crisis.core.playbook import ExpectReport, Mandatory, Playbook
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

# From Friday evening to Saturday evening: no office opens.
UNTIL = T0 + timedelta(days=1)


def proved(playbook: Playbook, directory: Directory) -> tuple[tuple[str, bool], ...]:
    proof = coverage(playbook, directory, region=REGION, since=T0, until=UNTIL)
    assert proof.is_covered == all(step.is_covered for step in proof.steps)
    return tuple((step.step.id, step.is_covered) for step in proof.steps)


def test_deputy_and_superior_over_several_providers_are_enough() -> None:
    playbook = a_playbook(
        a_step("A10"),
        a_step("A11", asked_in=("A10",), roles=()),
        a_step("A12", mandatory=Mandatory.OPTIONAL, roles=("NOBODY",)),
        a_step("A13", expect=ExpectReport()),
    )

    assert proved(playbook, a_directory(a_partner("ohs"))) == (("A10", True), ("A11", True))


def test_gaps_are_listed_once_by_cause_for_all_steps_alike() -> None:
    office = replace(
        a_contact("wr"),
        channels=(a_channel("wr-mail", hours=Office(land="14")),),
        superior="wr-sup",
    )
    directory = a_directory(a_partner("ohs"), a_partner("wr", role="WR"), contacts=(office,))
    playbook = a_playbook(
        a_step("A10", roles=("OHS", "WR")),
        a_step("A11", reached_in=("A10",), roles=("KRS",)),
        a_step("A12", asked_in=("A11",), roles=()),
    )

    proof = coverage(playbook, directory, region=REGION, since=T0, until=UNTIL)

    assert [(step.step.id, step.unheld) for step in proof.steps] == [
        ("A10", ()),
        ("A11", ("KRS",)),
        ("A12", ()),
    ]
    only = (Weakness(out="", left=("wr-sup",)),)
    nobody = (Weakness(out="", left=()),)
    assert holes(proof) == (
        Hole(
            partner="wr",
            role="",
            weak=only,
            steps=("A10", "A11", "A12"),
            gaps=(Gap(since=T0, until=UNTIL, weak=only),),
        ),
        Hole(
            partner="",
            role="KRS",
            weak=nobody,
            steps=("A11",),
            gaps=(Gap(since=T0, until=UNTIL, weak=nobody),),
        ),
    )
    assert [hole.lasts for hole in holes(proof)] == [timedelta(days=1)] * 2
    assert [hole.opens_at for hole in holes(proof)] == [T0, T0]
    assert [gap.is_open for hole in holes(proof) for gap in hole.gaps] == [False, True]


def test_partners_of_steps_that_ask_one_another_are_found_once() -> None:
    playbook = a_playbook(
        a_step("A10", asked_in=("A11",)), a_step("A11", roles=("WR",), asked_in=("A10",))
    )
    directory = a_directory(a_partner("ohs"), a_partner("wr", role="WR"))

    assert asked(playbook, directory, playbook.steps[0], region=REGION) == ("ohs", "wr")


def test_one_provider_for_all_calls_is_a_gap() -> None:
    kinds = (ChannelKind.PHONE_BY_HAND,)
    contacts = (
        a_contact("ohs", kinds=kinds, deputy="ohs-dep"),
        a_contact("ohs-dep", kinds=kinds),
    )

    proof = coverage(
        a_playbook(),
        a_directory(a_partner("ohs"), contacts=contacts),
        region=REGION,
        since=T0,
        until=UNTIL,
    )

    assert [hole.weak for hole in holes(proof)] == [(Weakness(out="phone-by-hand", left=()),)]
