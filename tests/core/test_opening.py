"""What opening an incident pins: the extract, the gaps, the digest."""

from dataclasses import replace
from datetime import timedelta

from crisis.core.availability import Rota, Shift
from crisis.core.contact import Directory
from crisis.core.opening import digest, extract, gaps
from crisis.core.playbook import Mandatory
from tests.builders import (
    REGION,
    T0,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
)


def test_extract_keeps_who_is_responsible_with_everyone_behind_them() -> None:
    shift = Shift(start=T0, end=T0 + timedelta(hours=1), holder="night")
    directory = a_directory(
        a_partner("ohs"),
        a_partner("bund", regions=("00",)),
        a_partner("bavaria", regions=("09",)),
        contacts=(
            a_contact("ohs", availability=Rota(shifts=(shift,)), deputy="ohs-dep"),
            a_contact("night", superior="night-chief"),
            a_contact("night-chief", superior="ohs"),
            a_contact("ohs-dep", deputy="ohs-dep"),
        ),
    )

    kept = extract(directory, region=REGION)

    assert [partner.id for partner in kept.partners] == ["lead", "ohs", "bund"]
    assert list(kept.contacts) == [
        "bund",
        "bund-dep",
        "bund-sup",
        "lead",
        "lead-dep",
        "lead-sup",
        "night",
        "night-chief",
        "ohs",
        "ohs-dep",
    ]
    assert kept.holidays == directory.holidays


def test_extract_passes_over_contacts_that_are_not_there() -> None:
    whole = a_directory(a_partner("ohs"), contacts=(a_contact("ohs", deputy="gone"),))

    kept = extract(
        Directory(
            partners=whole.partners,
            contacts={"ohs": whole.contacts["ohs"]},
            holidays={},
        ),
        region=REGION,
    )

    assert list(kept.contacts) == ["ohs"]


def test_gaps_name_roles_of_binding_steps_that_nobody_holds() -> None:
    playbook = a_playbook(
        a_step("A10", roles=("OHS", "WR")),
        a_step("A11", roles=("KRS",), mandatory=Mandatory.IF_TRUE),
        a_step("A12", roles=("REL",), mandatory=Mandatory.OPTIONAL),
    )

    found = gaps(playbook, a_directory(a_partner("ohs")), region=REGION)

    assert found == ("A10 needs WR", "A11 needs KRS")


def test_digest_changes_with_the_content_only() -> None:
    playbook = a_playbook()

    assert digest(playbook) == digest(a_playbook())
    assert digest(playbook) != digest(replace(playbook, version="1.0.1"))
    assert len(digest(playbook)) == 64
