"""A directory as a playbook binds it: who holds a role, stands in, must not."""

from crisis.core.binding import bound
from crisis.core.contact import holders
from crisis.core.layer import Binding, MustNot
from tests.builders import a_directory, a_partner

REGION = "14626"


def test_bound_role_is_held_by_its_units_alone() -> None:
    directory = a_directory(
        a_partner("office", regions=("14626",)),
        a_partner("other", role="WR", regions=("00",)),
        a_partner("third", role="RAA", regions=("14626",)),
    )
    binding = Binding(role="OHS", units=("other", "third"))

    known = bound(directory, (binding,), (), region=REGION)

    held = [partner.id for partner in holders(known, "OHS", region=REGION)]
    assert held == ["other", "third"]
    assert known.partner("office").roles == ()
    assert known.partner("other").roles == ("WR", "OHS")
    assert known.partner("third").regions == ("14626",)
    assert known.partner("lead") == directory.partner("lead")


def test_unit_that_holds_the_role_keeps_it_once() -> None:
    directory = a_directory(a_partner("office"), a_partner("far"))

    known = bound(directory, (Binding(role="OHS", units=("office",)),), (), region=REGION)

    assert [partner.id for partner in holders(known, "OHS", region=REGION)] == ["office"]
    assert known.partner("office").roles == ("OHS",)


def test_deputy_and_superior_are_those_of_the_binding() -> None:
    directory = a_directory(a_partner("office"), a_partner("near"), a_partner("above", role="WR"))
    binding = Binding(role="OHS", units=("office",), deputy="near", superior="above")

    known = bound(directory, (binding,), (), region=REGION)

    office = known.contacts["office"]
    assert (office.deputy, office.superior) == ("near", "above")
    assert known.contacts["near"] == directory.contacts["near"]


def test_deputy_that_is_not_named_or_not_known_stays() -> None:
    directory = a_directory(a_partner("office"))
    binding = Binding(role="OHS", units=("office",), deputy="gone")

    known = bound(directory, (binding,), (), region=REGION)

    assert known.contacts == directory.contacts


def test_role_stays_where_it_was_if_no_unit_is_known() -> None:
    directory = a_directory(a_partner("office"))

    known = bound(directory, (Binding(role="OHS", units=("gone",)),), (), region=REGION)

    assert known == directory


def test_must_not_is_added_once_to_whoever_holds_the_role() -> None:
    directory = a_directory(a_partner("office"))
    must_not = (
        MustNot(role="OHS", competences=("auskunft.verstorbene", "lage.melden")),
        MustNot(role="OHS", competences=("seelsorge",)),
        MustNot(role="WR", competences=("koordination.bund",)),
    )

    known = bound(directory, (), must_not, region=REGION)
    again = bound(known, (), must_not, region=REGION)

    assert known.partner("office").must_not == (
        "auskunft.verstorbene",
        "lage.melden",
        "seelsorge",
    )
    assert again == known
