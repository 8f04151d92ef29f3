"""Who would be asked at a moment, and would anybody answer?"""

from datetime import UTC, datetime, time

from crisis.core.availability import Availability, Hours, Office, Rota, RoundTheClock, Shift
from crisis.core.contact import Channel, ChannelKind, Contact, Directory, Partner, Tlp
from crisis.core.words import Words
from crisis.usecases.contacts import (
    REACH_WORDS,
    ChannelAnswer,
    ContactAnswer,
    PartnerAnswer,
    Reach,
    answer_of,
    roles_held,
    who,
)

FRIDAY_EVENING = datetime(2026, 12, 18, 18, 41, tzinfo=UTC)
FRIDAY_MORNING = datetime(2026, 12, 18, 9, 0, tzinfo=UTC)
DAY = datetime(2026, 12, 18, tzinfo=UTC)
OFFICE = Office(land="14")


def a_contact(
    name: str,
    *channels: Channel,
    availability: Availability = OFFICE,
    deputy: str | None = None,
    superior: str | None = None,
) -> Contact:
    return Contact(
        id=name,
        title=Words(de=f"Funktion {name}", en=f"Function {name}"),
        channels=channels,
        availability=availability,
        deputy=deputy,
        superior=superior,
    )


def a_channel(name: str, kind: ChannelKind, hours: Availability = OFFICE) -> Channel:
    return Channel(id=name, kind=kind, hours=hours, out_of_hours=hours == RoundTheClock())


CONTACTS = (
    a_contact(
        "ada",
        a_channel("ada-phone", ChannelKind.PHONE_BY_HAND),
        a_channel("ada-sms", ChannelKind.SMS, RoundTheClock()),
        deputy="bo",
        superior="dee",
    ),
    a_contact("bo", a_channel("bo-mail", ChannelKind.EMAIL), deputy="ada"),
    a_contact("dee", a_channel("dee-portal", ChannelKind.PORTAL, RoundTheClock())),
    a_contact(
        "desk",
        availability=Rota(
            shifts=(Shift(start=DAY.replace(hour=8), end=DAY.replace(hour=16), holder="ada"),)
        ),
        deputy="late",
    ),
    a_contact(
        "late",
        a_channel("late-mail", ChannelKind.EMAIL, Hours(opens=time(20), closes=time(23))),
    ),
)
DIRECTORY = Directory(
    partners=(
        Partner(
            id="office",
            organisation="relief",
            name=Words(de="Geschäftsstelle", en="Head office"),
            regions=("14",),
            roles=("OHS",),
            contact="ada",
        ),
        Partner(
            id="desk",
            organisation="relief",
            name=Words(de="Bereitschaft", en="Stand-by"),
            regions=("14626",),
            roles=("OHS", "WR"),
            contact="desk",
        ),
    ),
    contacts={contact.id: contact for contact in CONTACTS},
    holidays={},
)
ADA_PHONE = ChannelAnswer(
    id="ada-phone",
    kind=ChannelKind.PHONE_BY_HAND,
    is_open=False,
    out_of_hours=False,
    max_tlp=Tlp.GREEN,
)
ADA_SMS = ChannelAnswer(
    id="ada-sms", kind=ChannelKind.SMS, is_open=True, out_of_hours=True, max_tlp=Tlp.GREEN
)


def test_who_names_the_partner_with_all_three_levels() -> None:
    assert who(DIRECTORY, "OHS", region="14612", at=FRIDAY_EVENING) == (
        PartnerAnswer(
            partner="office",
            organisation="relief",
            name=Words(de="Geschäftsstelle", en="Head office"),
            first=ContactAnswer(
                contact="ada",
                on_duty="ada",
                title=Words(de="Funktion ada", en="Function ada"),
                channels=(ADA_SMS, ADA_PHONE),
                reach=Reach.ANSWERED,
            ),
            deputy=ContactAnswer(
                contact="bo",
                on_duty="bo",
                title=Words(de="Funktion bo", en="Function bo"),
                channels=(
                    ChannelAnswer(
                        id="bo-mail",
                        kind=ChannelKind.EMAIL,
                        is_open=False,
                        out_of_hours=False,
                        max_tlp=Tlp.GREEN,
                    ),
                ),
                reach=Reach.CLOSED,
            ),
            superior=ContactAnswer(
                contact="dee",
                on_duty="dee",
                title=Words(de="Funktion dee", en="Function dee"),
                channels=(
                    ChannelAnswer(
                        id="dee-portal",
                        kind=ChannelKind.PORTAL,
                        is_open=True,
                        out_of_hours=True,
                        max_tlp=Tlp.GREEN,
                    ),
                ),
                reach=Reach.NO_CHANNEL,
            ),
        ),
    )


def test_who_prefers_the_most_local_partner_and_its_holder_of_the_shift() -> None:
    (answer,) = who(DIRECTORY, "OHS", region="14626", at=FRIDAY_MORNING)

    assert (answer.partner, answer.first.contact, answer.first.on_duty) == ("desk", "desk", "ada")
    assert [channel.id for channel in answer.first.channels] == ["ada-phone", "ada-sms"]
    assert answer.reachable


def test_gap_in_the_rota_is_said_and_the_deputy_looked_at() -> None:
    (answer,) = who(DIRECTORY, "WR", region="14626", at=FRIDAY_EVENING)

    assert answer.first == ContactAnswer(
        contact="desk",
        on_duty=None,
        title=Words(de="Funktion desk", en="Function desk"),
        channels=(),
        reach=Reach.UNSTAFFED,
    )
    assert answer.first.why == Words(
        de="nicht erreichbar: Der Dienstplan hat hier eine Lücke.",
        en="not reachable: the rota has a gap here.",
    )
    assert answer.superior is None
    assert not answer.reachable
    (later,) = who(DIRECTORY, "WR", region="14626", at=FRIDAY_EVENING.replace(hour=19))
    assert later.reachable


def test_role_that_nobody_holds_has_no_answer() -> None:
    assert who(DIRECTORY, "BOB", region="14612", at=FRIDAY_MORNING) == ()
    assert roles_held(DIRECTORY) == ("OHS", "WR")


def test_every_reach_has_words_and_only_one_is_reachable() -> None:
    assert REACH_WORDS.keys() == set(Reach)
    reachable = [
        name
        for name in DIRECTORY.contacts
        if answer_of(DIRECTORY, name, at=FRIDAY_EVENING).reachable
    ]
    assert reachable == ["ada"]
