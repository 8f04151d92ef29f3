"""Complaints: who is bound to one, and what the run complained about counts."""

from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core.complaint import ComplaintCount, bound, complaint_counts
from crisis.core.contact import Directory
from crisis.errors import RefusedError
from tests.builders import REGION, a_contact, entries_of
from tests.complained import with_office
from tests.web.staged import staged_directory


def bound_in(known: Directory, *, complainant: str = "cy") -> Directory:
    return bound(
        known,
        complainant=known.partner(complainant),
        about=known.partner("pol"),
        region=REGION,
    )


def test_only_the_office_and_who_complains_are_in_the_directory() -> None:
    found = bound_in(with_office())

    assert [(one.id, one.roles) for one in found.partners] == [
        ("bst", ("BST",)),
        ("cy", ("COMPLAINANT",)),
    ]
    assert sorted(found.contacts) == ["bst", "bst-dep", "bst-sup", "cy", "cy-dep", "cy-sup"]


def test_without_an_office_nobody_can_complain() -> None:
    with pytest.raises(RefusedError, match="nobody holds BST, the complaint office, in 14612"):
        bound_in(staged_directory())


def test_organisation_complained_about_neither_complains_nor_is_the_office() -> None:
    known = with_office()
    own_office = replace(
        known,
        partners=tuple(
            replace(one, organisation="pol") if one.id == "bst" else one for one in known.partners
        ),
    )

    with pytest.raises(RefusedError, match="pol is complained about"):
        bound_in(own_office)
    with pytest.raises(RefusedError, match="pol is complained about"):
        bound_in(known, complainant="pol")


def test_no_ladder_leads_to_the_organisation_complained_about() -> None:
    known = with_office()
    led = {**known.contacts, "bst-sup": a_contact("bst-sup", superior="pol")}

    with pytest.raises(RefusedError, match="pol of pol would be asked in place of"):
        bound_in(replace(known, contacts=led))


def test_run_counts_complaints_by_category() -> None:
    entries = entries_of(
        ev.ComplaintCounted(category="delay", state="made"),
        ev.ComplaintCounted(category="conduct", state="made"),
        ev.ComplaintCounted(category="delay", state="made"),
        ev.ComplaintCounted(category="delay", state="closed"),
    )

    assert complaint_counts(entries) == (
        ComplaintCount(category="conduct", open=1, closed=0, evidence=(3,)),
        ComplaintCount(category="delay", open=1, closed=1, evidence=(2, 4, 5)),
    )
