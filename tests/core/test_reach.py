"""Which channel is tried next, and when a lane has nowhere left to turn to."""

from dataclasses import replace
from datetime import time

import pytest

from crisis.core.availability import Hours
from crisis.core.contact import Audience, ChannelKind, Contact, Tlp
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Purpose
from crisis.core.incident import fold
from crisis.core.obligation import Attempt, Obligation
from crisis.core.outlook import Outlook, outlook
from crisis.core.playbook import ChannelProfile
from crisis.core.reach import EXHAUSTED, STILL, Lane, Move, channel_order, has_channel, next_move
from crisis.core.words import Words
from tests.builders import T0, a_channel, a_contact, a_playbook, a_step, entries_of, minutes

EMAIL, SMS, HTTP = ChannelKind.EMAIL, ChannelKind.SMS, ChannelKind.HTTP
PHONE = ChannelKind.PHONE_BY_HAND
LANE = Lane(contact="ohs", channels=("a", "b"), purpose=Purpose.ASK, level=0)
ACCEPTED, REJECTED = OutcomeKind.ACCEPTED, OutcomeKind.REJECTED
DEFERRED, UNKNOWN = OutcomeKind.DEFERRED, OutcomeKind.UNKNOWN


def a_view(*kinds: ChannelKind, oral: bool = False) -> Outlook:
    profile = ChannelProfile(id="ALL", title=Words(de=""), kinds=kinds, oral=oral)
    playbook = replace(a_playbook(), profiles=(profile,))
    return outlook(fold(entries_of(playbook=playbook)), now=T0)


def order(view: Outlook, contact: Contact, **changes: object) -> list[str]:
    return [channel.id for channel in channel_order(view, contact, a_step("A10", **changes))]


def test_profile_says_the_order_and_the_rest_follows_as_written() -> None:
    contact = a_contact("c", kinds=(EMAIL, PHONE, HTTP, SMS))

    assert order(a_view(SMS, HTTP), contact) == [
        "c-sms",
        "c-http",
        "c-email",
        "c-phone-by-hand",
    ]


def test_line_for_others_is_never_tried_however_it_is_ranked() -> None:
    contact = replace(
        a_contact("c"),
        channels=(
            replace(a_channel("press", SMS), audience=Audience.PRESS),
            replace(a_channel("citizens", PHONE), audience=Audience.CITIZENS),
            a_channel("own", EMAIL),
        ),
    )
    public_only = replace(contact, channels=contact.channels[:2])

    assert order(a_view(SMS, PHONE, EMAIL), contact) == ["own"]
    assert order(a_view(PHONE, oral=True), contact) == []
    assert not has_channel(a_view(SMS), public_only, a_step("A10"))


def test_open_channels_come_before_closed_ones_whatever_the_profile_says() -> None:
    day = Hours(opens=time(7), closes=time(18))
    contact = replace(
        a_contact("c"),
        channels=(a_channel("shut", SMS, hours=day), a_channel("open", EMAIL)),
    )

    assert order(a_view(SMS, EMAIL), contact) == ["open", "shut"]


@pytest.mark.parametrize(
    ("kinds", "usable"), [((SMS, PHONE), ["c-phone-by-hand"]), ((SMS,), []), ((), [])]
)
def test_what_is_told_by_word_of_mouth_goes_by_telephone_only(
    kinds: tuple[ChannelKind, ...], usable: list[str]
) -> None:
    contact = a_contact("c", kinds=kinds)

    assert order(a_view(SMS, oral=True), contact) == usable
    assert order(a_view(SMS), contact, tlp=Tlp.RED) == usable
    assert has_channel(a_view(SMS, oral=True), contact, a_step()) is bool(usable)
    assert has_channel(a_view(SMS), contact, a_step()) is bool(kinds)


def after(*outcomes: tuple[str, OutcomeKind | None]) -> Move:
    """Return what the lane does after attempts a minute apart, each ended at once."""
    attempts = tuple(
        Attempt(
            n=n,
            contact="ohs",
            channel=channel,
            purpose=Purpose.ASK,
            level=0,
            possible_repeat=False,
            outside_hours=False,
            link_hash="",
            started_at=T0 + minutes(n),
            outcome=outcome,
            ended_at=None if outcome is None else T0 + minutes(n),
        )
        for n, (channel, outcome) in enumerate(outcomes, start=1)
    )
    return next_move(LANE, replace(OBLIGATION, attempts=attempts))


OBLIGATION = Obligation(
    step="A10", partner="ohs", expects="acknowledgement", started_at=T0, due_at=None
)


@pytest.mark.parametrize(
    ("outcomes", "move"),
    [
        ((), Move(channel="a", at=T0)),
        ((("a", None),), STILL),
        ((("a", ACCEPTED),), STILL),
        ((("a", REJECTED),), Move(channel="b", at=T0 + minutes(1))),
        ((("a", DEFERRED),), Move(channel="b", at=T0 + minutes(1))),
        ((("a", UNKNOWN),), Move(channel="a", at=T0 + minutes(1))),
        ((("a", UNKNOWN),) * 2, Move(channel="a", at=T0 + minutes(2))),
        ((("a", UNKNOWN),) * 3, Move(channel="b", at=T0 + minutes(3))),
        ((("a", REJECTED), ("b", REJECTED)), EXHAUSTED),
        (
            (("a", DEFERRED), ("b", REJECTED)),
            Move(channel="a", at=T0 + minutes(3), retry=True),
        ),
        (
            (("a", DEFERRED), ("b", DEFERRED), ("a", DEFERRED)),
            Move(channel="b", at=T0 + minutes(5), retry=True),
        ),
        ((("a", DEFERRED), ("b", REJECTED), *((("a", DEFERRED),) * 6)), EXHAUSTED),
    ],
)
def test_lane_goes_on_until_one_message_is_accepted(
    outcomes: tuple[tuple[str, OutcomeKind | None], ...], move: Move
) -> None:
    assert after(*outcomes) == move


def test_lane_without_a_channel_is_exhausted_before_it_began() -> None:
    assert next_move(LANE._replace(channels=()), OBLIGATION) == EXHAUSTED


def test_a_deferred_channel_is_tried_a_bounded_number_of_times() -> None:
    made: list[tuple[str, OutcomeKind | None]] = []
    while after(*made).channel and len(made) < 100:
        made.append((after(*made).channel, DEFERRED))

    assert len(made) == 8
