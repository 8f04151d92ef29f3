"""Who may begin a run: the lead's role always, others where the playbook names them (S5.P5)."""

from dataclasses import replace

import pytest

from crisis.core.beginner import require_beginner
from crisis.errors import CrisisError, NotFoundError, RefusedError
from tests.builders import REGION, a_directory, a_partner, a_playbook

FBS = a_partner("fbs", role="FBS")
FAR = a_partner("far", role="FBS", regions=("12",))
DIRECTORY = a_directory(FBS, FAR, a_partner("police", role="POL-FLZ"))
OPEN_TO_FBS = replace(a_playbook(), begun_by=("FBS", "OB-L"))


def refusal(partner: str, *, begun_by: tuple[str, ...], error: type[CrisisError]) -> str:
    """Return why a partner may not begin a run in Saxony."""
    playbook = replace(a_playbook(), begun_by=begun_by)
    with pytest.raises(error) as caught:
        require_beginner(partner, playbook, DIRECTORY, region=REGION)
    return str(caught.value)


def test_lead_comes_first_and_once() -> None:
    assert OPEN_TO_FBS.beginners == ("OB-L", "FBS")
    assert a_playbook().beginners == ("OB-L",)


@pytest.mark.parametrize("partner", ["fbs", "lead"])
def test_partner_with_one_of_the_roles_may_begin(partner: str) -> None:
    require_beginner(partner, OPEN_TO_FBS, DIRECTORY, region=REGION)


def test_partner_without_such_a_role_is_told_who_may() -> None:
    assert refusal("fbs", begun_by=(), error=RefusedError) == (
        f"fbs may not begin pb: it holds none of its roles (OB-L) in {REGION};"
        f" who may begin it in {REGION}: lead"
    )


def test_partner_of_another_region_may_not_begin() -> None:
    assert refusal("far", begun_by=("FBS",), error=RefusedError) == (
        f"far may not begin pb: it holds none of its roles (OB-L, FBS) in {REGION};"
        f" who may begin it in {REGION}: lead, fbs"
    )


def test_unknown_partner_is_not_found() -> None:
    assert refusal("fsb", begun_by=("FBS",), error=NotFoundError) == (
        f"there is no partner 'fsb'; who may begin it in {REGION}: lead, fbs"
    )


def test_where_nobody_may_it_says_so() -> None:
    nobody = replace(DIRECTORY, partners=(FBS,))
    with pytest.raises(RefusedError, match=r"who may begin it in 14612: nobody$"):
        require_beginner("fbs", a_playbook(), nobody, region=REGION)
