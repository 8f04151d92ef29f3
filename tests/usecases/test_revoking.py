"""Closing the pages of one obligation, each under the name of who closed it."""

import pytest

from crisis.core import event as ev
from crisis.errors import NotFoundError, RefusedError
from crisis.usecases.rehearse import settle
from crisis.usecases.revoking import revoke
from tests.builders import (
    T0,
    World,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    a_world,
    opened,
)


def running() -> World:
    """Return a world whose one step begins at once."""
    world = a_world(a_playbook(a_step()), a_directory(a_partner("ohs")))
    opened(world)
    return world


def test_pages_are_closed_under_a_name() -> None:
    world = running()
    settle(world.desk, "i1")

    incident, closed = revoke(
        world.desk, "i1", step="A10", partner=None, contact=None, reason="verloren", by="ada"
    )

    last = world.desk.incidents.entries("i1")[-1]
    given = incident.obligations["A10", "ohs"].attempts[0].link_hash
    assert (closed, incident.revoked_links) == (("ohs",), frozenset({given}))
    assert (last.actor, last.event) == (
        "ada",
        ev.LinkRevoked(link_hash=given, reason="verloren"),
    )


def test_pages_are_not_closed_before_a_link_was_given_out() -> None:
    world = running()
    begun = ev.StepStarted(step="A10", partners=("ohs",), planned_at=T0, due_at=None)
    world.desk.house.log.append("i1", (begun,), actor="system", at=T0, expected_version=None)

    with pytest.raises(RefusedError, match=r"^no link was given out to ohs for A10$"):
        revoke(world.desk, "i1", step="A10", partner="ohs", contact=None, reason="x", by="ada")


def test_pages_are_closed_once_and_only_for_who_had_one() -> None:
    world = running()
    settle(world.desk, "i1")

    with pytest.raises(NotFoundError, match=r"^'eve' was given no link for A10; these were: ohs$"):
        revoke(world.desk, "i1", step="A10", partner="ohs", contact="eve", reason="x", by="ada")
    _, closed = revoke(
        world.desk, "i1", step="A10", partner="ohs", contact="ohs", reason="x", by="ada"
    )
    assert closed == ("ohs",)
    with pytest.raises(
        RefusedError, match=r"^these pages are closed already: ohs; nothing was changed$"
    ):
        revoke(world.desk, "i1", step="A10", partner="ohs", contact=None, reason="x", by="ada")
