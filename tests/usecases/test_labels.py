"""What is held tightly leaves over no channel that may not carry it, whatever was pinned."""

from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree

import pytest

from crisis.core.contact import Channel, ChannelKind, Tlp
from crisis.core.delivery import OutcomeKind
from crisis.core.message import LOOK_AT_PAGE
from crisis.core.playbook import ChannelProfile
from crisis.core.words import Words
from crisis.loading.library import FileLibrary
from crisis.simulated.clock import FakeClock
from crisis.simulated.stage import NoAddresses
from crisis.usecases.outcomes import TOO_OPEN, carry_out
from crisis.usecases.reading import Desk, desk_for
from crisis.usecases.tick import claim, tick
from tests.builders import (
    T0,
    World,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    a_world,
    minutes,
    opened,
)
from tests.usecases.waves import AtOnce

MAIL, SMS = "ohs-email", "ohs-sms"
SECRET = "Bitte Gefährdung prüfen."  # noqa: S105 -- what a step says, no password


@dataclass(slots=True)
class Edited(NoAddresses):
    """A directory in which somebody has written down since what channels may carry."""

    labels: dict[str, Tlp]

    def max_tlp(self, channel_id: str) -> Tlp | None:
        """Return what stands there now."""
        return self.labels.get(channel_id)


def a_house(tlp: Tlp, labels: dict[str, Tlp]) -> tuple[World, Desk]:
    """Return a house that asks by mail, which carried AMBER+STRICT when it opened, then SMS."""
    contact = a_contact("ohs", kinds=(ChannelKind.EMAIL, ChannelKind.SMS))
    channels = tuple(_as_pinned(channel) for channel in contact.channels)
    step = a_step(tlp=tlp, ladder=None, profile="MAIL")
    by_mail = ChannelProfile(
        id="MAIL", title=Words(de="Post"), kinds=(ChannelKind.EMAIL, ChannelKind.SMS)
    )
    plain = a_playbook(replace(step, message=replace(step.message, de=SECRET)))
    world = a_world(
        replace(plain, profiles=(*plain.profiles, by_mail)),
        a_directory(a_partner("ohs"), contacts=(replace(contact, channels=channels),)),
    )
    desk = desk_for(replace(world.desk.house, addresses=Edited(labels)))
    opened(replace(world, desk=desk))
    return world, desk


def _as_pinned(channel: Channel) -> Channel:
    most = Tlp.AMBER_STRICT if channel.kind is ChannelKind.EMAIL else Tlp.GREEN
    return replace(channel, max_tlp=most)


def ways(desk: Desk) -> list[tuple[str, OutcomeKind | None, str]]:
    [obligation] = desk.incidents.current("i1").obligations.values()
    return [(each.channel, each.outcome, each.code) for each in obligation.attempts]


def test_channel_that_may_no_longer_carry_it_is_refused_and_the_next_one_is_taken() -> None:
    world, desk = a_house(Tlp.AMBER_STRICT, {MAIL: Tlp.GREEN, SMS: Tlp.GREEN})

    tick(desk, "i1", pool=AtOnce())

    assert ways(desk) == [
        (MAIL, OutcomeKind.REJECTED, "tlp"),
        (SMS, OutcomeKind.ACCEPTED, "250"),
    ]
    [sent] = world.sender.sent
    assert (sent.channel, sent.tlp, SECRET in sent.body) == (SMS, Tlp.CLEAR, False)
    assert LOOK_AT_PAGE.de in sent.body


def test_change_between_claim_and_sending_counts_too() -> None:
    labels = {MAIL: Tlp.AMBER_STRICT}
    world, desk = a_house(Tlp.AMBER, labels)
    [delivery] = claim(desk, "i1", room=8).deliveries
    labels[MAIL] = Tlp.GREEN

    outcome = carry_out(desk, delivery)

    assert (outcome.kind, outcome.code) == (OutcomeKind.REJECTED, TOO_OPEN)
    assert world.sender.sent == ()


@pytest.mark.parametrize(
    ("tlp", "most"),
    [
        (Tlp.AMBER_STRICT, Tlp.AMBER_STRICT),
        (Tlp.AMBER_STRICT, Tlp.RED),
        (Tlp.AMBER, None),
        (Tlp.GREEN, Tlp.CLEAR),
    ],
)
def test_channel_that_may_carry_it_does(tlp: Tlp, most: Tlp | None) -> None:
    world, desk = a_house(tlp, {} if most is None else {MAIL: most})

    tick(desk, "i1", pool=AtOnce())

    assert ways(desk) == [(MAIL, OutcomeKind.ACCEPTED, "250")]
    [sent] = world.sender.sent
    assert (sent.tlp, SECRET in sent.body) == (tlp, True)


def test_what_is_written_down_about_a_channel_holds_at_once(tmp_path: Path) -> None:
    folder, file = tmp_path / "contacts", "menschenhandel.yaml"
    copytree(Path("contacts/example"), folder)
    library = FileLibrary(
        playbooks=Path("playbooks"), contacts=folder, clock=FakeClock(T0 - minutes(1))
    )
    channels = ("kobranet-beratung-email", "kobranet-beratung-phone-by-hand", "eve")
    before = [library.max_tlp(channel) for channel in channels]

    text = (folder / file).read_text(encoding="utf-8")
    mailbox = (
        "address: beratung@kobranet.example, encrypted: true,\n         max_tlp: amber+strict"
    )
    assert mailbox in text
    plain = mailbox.replace("true", "false").replace("amber+strict", "green")
    (folder / file).write_text(text.replace(mailbox, plain), encoding="utf-8")

    assert before == [Tlp.AMBER_STRICT, Tlp.RED, None]
    assert [library.max_tlp(channel) for channel in channels] == [Tlp.GREEN, Tlp.RED, None]
