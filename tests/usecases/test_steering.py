"""What the duty officer does reaches the log under their name, and the next plan reacts."""

from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.condition import Decided as DecidedCondition
from crisis.core.contact import ChannelKind
from crisis.core.event import Event
from crisis.core.obligation import ObligationState
from crisis.core.playbook import Start, Step
from crisis.errors import RefusedError
from crisis.usecases import steering
from crisis.usecases.answering import Reply, acknowledge
from crisis.usecases.rehearse import settle
from tests.builders import (
    T0,
    World,
    a_contact,
    a_decision_step,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    a_world,
    minutes,
    opened,
)

NOW = T0 + minutes(10)


def running(*steps: Step) -> World:
    """Return a world with a decision to make, ten minutes after its opening."""
    directory = a_directory(
        a_partner("ohs"),
        a_partner("wr", role="WR"),
        contacts=(a_contact("wr", kinds=(ChannelKind.PHONE_BY_HAND,)),),
    )
    world = a_world(a_playbook(*(steps or (a_decision_step(), a_step()))), directory)
    opened(world)
    settle(world.desk, "i1")
    world.clock.advance(minutes=10)
    return world


def last(world: World) -> tuple[str, Event]:
    entry = world.desk.incidents.entries("i1")[-1]
    return entry.actor, entry.event


def channels_after(world: World) -> list[str]:
    """Settle and return the channels that were written to since."""
    before = len(world.sender.sent)
    settle(world.desk, "i1")
    return [sent.channel for sent in world.sender.sent[before:]]


def test_decision_starts_what_waits_for_it() -> None:
    waits = a_step(
        "A20",
        roles=("WR",),
        start=Start(after=("A04",)),
        when=DecidedCondition(step="A04", options=("yes",)),
    )
    world = running(a_decision_step(), waits)

    steering.decide(world.desk, "i1", step="A04", option="yes", reason="Lagebild", by="ada")

    assert last(world) == (
        "ada",
        ev.Decided(step="A04", option="yes", reason="Lagebild", by_default=False, happened_at=NOW),
    )
    assert channels_after(world) == ["wr-phone-by-hand"]


def test_decision_that_was_made_earlier_is_entered_late() -> None:
    world = running()

    steering.decide(
        world.desk,
        "i1",
        step="A04",
        option="yes",
        reason="Lagebild",
        by="ada",
        happened_at=T0 + minutes(5),
    )

    assert world.desk.incidents.current("i1").obligations["A04", "lead"].done_at == T0 + minutes(5)


def test_fact_is_set_with_its_source() -> None:
    world = running()

    steering.set_attribute(world.desk, "i1", name="deaths", value=2, source="POL-FLZ", by="ada")

    assert last(world) == (
        "ada",
        ev.AttributeSet(attribute="deaths", value=2, source="POL-FLZ", happened_at=NOW),
    )


def test_skipped_step_asks_nobody_any_more() -> None:
    world = running(a_step())

    incident = steering.skip(world.desk, "i1", step="A10", reason="erledigt", by="ada")

    assert incident.obligations["A10", "ohs"].state is ObligationState.OBSOLETE
    assert channels_after(world) == []


def test_ask_outside_the_playbook_is_carried_out_like_any_step() -> None:
    world = running(a_step("A50", start=Start(offset=timedelta(days=1))))

    steering.ask(
        world.desk,
        "i1",
        partner="ohs",
        text="Haben Sie Decken?",
        reason="Kälte",
        within=minutes(30),
        by="ada",
    )
    first = channels_after(world)
    world.clock.advance(minutes=5)
    second = channels_after(world)

    assert (first, second) == (["ohs-http"], ["ohs-sms"])
    assert world.sender.sent[-1].body.startswith(
        "[ÜBUNG] AHORN 47 · Dresden · X01: Haben Sie Decken? Bitte antworten bis Fr 18.12., 20:00"
    )


def test_note_stands_in_the_log() -> None:
    world = running()

    steering.note(world.desk, "i1", text="Presse fragt an", by="bo")

    assert last(world) == ("bo", ev.NoteAdded(text="Presse fragt an", happened_at=NOW))


def test_call_that_reached_nobody_goes_to_the_next_level() -> None:
    world = running(a_step(roles=("WR",)))
    task = "phone/A10/wr/1"
    assert list(world.desk.incidents.current("i1").tasks) == [task]

    steering.finish_task(
        world.desk, "i1", task=task, result="wrong-number", by="ada", note="Anschluss tot"
    )

    # The number is wrong and there is no deputy and no superior: the lead is told at once.
    assert channels_after(world) == ["lead-http"]


def test_call_that_reached_somebody_is_an_acknowledgement() -> None:
    world = running(a_step(roles=("WR",)))

    incident = steering.finish_task(
        world.desk, "i1", task="phone/A10/wr/1", result="reached", by="ada"
    )

    assert incident.obligations["A10", "wr"].state is ObligationState.ACKNOWLEDGED
    assert channels_after(world) == []


def test_link_is_revoked_under_a_name() -> None:
    world = running(a_step())
    attempt = world.desk.incidents.current("i1").obligations["A10", "ohs"].attempts[0]

    steering.revoke_link(
        world.desk, "i1", link_hash=attempt.link_hash, reason="weitergeleitet", by="ada"
    )

    assert last(world) == (
        "ada",
        ev.LinkRevoked(link_hash=attempt.link_hash, reason="weitergeleitet"),
    )


def test_stand_down_is_told_acknowledged_and_then_closed() -> None:
    world = running(a_step())

    steering.stand_down(world.desk, "i1", reason="Fehlalarm", by="ada")
    with pytest.raises(RefusedError, match=r"have not been told yet|have not answered"):
        steering.close(world.desk, "i1", reason="Ende", by="ada")
    told = channels_after(world)
    with pytest.raises(RefusedError, match=r"A95 ohs \(asking\)"):
        steering.close(world.desk, "i1", reason="Ende", by="ada")
    acknowledge(world.desk, Reply(incident="i1", step="A95", by="ohs", via=ev.Via.PAGE))
    closed = steering.close(world.desk, "i1", reason="Ende", by="ada")

    assert told == ["ohs-http"]
    assert (closed.state, world.desk.house.log.open_incidents()) == ("closed", ())
