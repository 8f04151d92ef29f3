"""Random partners with hours, rotas and providers, for the laws of the proof of coverage."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from crisis.core.availability import Availability, Hours, Office, Rota, RoundTheClock, Shift
from crisis.core.contact import Channel, ChannelKind, Contact, Directory
from crisis.core.coverage import pretended
from crisis.core.deadline import Within
from crisis.core.outlook import Outlook, outlook
from crisis.core.playbook import (
    ChannelProfile,
    ExpectAcknowledgement,
    ExpectNothing,
    Ladder,
    Playbook,
    Rung,
    RungAction,
    Start,
)
from crisis.core.words import Words
from tests.builders import REGION, a_contact, a_directory, a_partner, a_playbook, a_step, minutes

# Thursday noon before Christmas.
SINCE = datetime(2026, 12, 24, 11, tzinfo=UTC)
CHRISTMAS = (date(2026, 12, 25), date(2026, 12, 26))
LAND = "14"
HOURS: tuple[Availability, ...] = (
    RoundTheClock(),
    Office(land=LAND),
    Office(land=LAND, opens=time(8), closes=time(12, 30)),
    Hours(weekdays=(4, 5, 6), opens=time(10), closes=time(18)),
)
PROVIDERS = ("net", "gateway", "")
KINDS = (ChannelKind.HTTP, ChannelKind.PHONE_BY_HAND, ChannelKind.SMS, ChannelKind.PORTAL)
LADDERS: tuple[Ladder | None, ...] = (
    None,
    *(
        Ladder(
            id="A",
            rungs=tuple(
                Rung(action=action, after=minutes(after))
                for action, after in zip(RungAction, times, strict=True)
            ),
        )
        for times in ((5, 10, 15, 20), (120, 240, 480, 720))
    ),
    Ladder(
        id="A",
        rungs=tuple(
            Rung(action=action, working_days=days)
            for days, action in enumerate(RungAction, start=1)
        ),
    ),
    Ladder(
        id="A",
        rungs=(
            Rung(action=RungAction.DEPUTY, after=minutes(30)),
            Rung(action=RungAction.SUPERIOR, after=minutes(90)),
        ),
    ),
)


@st.composite
def contacts(draw: st.DrawFn, name: str) -> Contact:
    """Draw a contact with up to three channels."""
    channels = tuple(
        Channel(
            id=f"{name}-{n}",
            kind=draw(st.sampled_from(KINDS)),
            hours=draw(st.sampled_from(HOURS)),
            provider=draw(st.sampled_from(PROVIDERS)),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    return replace(a_contact(name), channels=channels)


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    """Draw a partner `ohs` whose contacts may be on a rota with a gap, or may not exist."""
    first, deputy, superior = (draw(contacts(name)) for name in ("ohs", "ohs-dep", "ohs-sup"))
    one, other = draw(contacts("one")), draw(contacts("other"))
    edges = draw(st.lists(st.integers(-24, 240), min_size=3, max_size=4, unique=True))
    starts: Sequence[int] = sorted(edges)
    shifts = tuple(
        Shift(
            start=SINCE + timedelta(hours=start), end=SINCE + timedelta(hours=end), holder=holder
        )
        for start, end, holder in zip(starts, starts[1:], ("one", "other", "one"), strict=False)
    )
    if draw(st.booleans()):
        first = replace(first, availability=Rota(shifts=shifts), channels=())
    if draw(st.booleans()):
        deputy = replace(deputy, availability=Rota(shifts=shifts[1:]), channels=())
    first = replace(
        first,
        deputy=draw(st.sampled_from(("ohs-dep", None))),
        superior=draw(st.sampled_from(("ohs-sup", None))),
    )
    return a_directory(
        a_partner("ohs"), contacts=(first, deputy, superior, one, other), holidays=CHRISTMAS
    )


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    """Draw a playbook with one step A10 for `ohs`, of any ladder and profile."""
    expect = draw(st.sampled_from((ExpectAcknowledgement(), ExpectNothing())))
    # What only tells has no ladder: nobody can be silent.
    ladders = (None,) if isinstance(expect, ExpectNothing) else LADDERS
    ladder = draw(st.sampled_from(ladders))
    step = a_step(
        expect=expect,
        start=Start(offset=minutes(draw(st.sampled_from((0, 90))))),
        within=draw(
            st.sampled_from(
                (None, Within(duration=minutes(50)), Within(duration=minutes(60), absolute=True))
            )
        ),
        ladder=None if ladder is None else ladder.id,
        waits=draw(st.booleans()),
    )
    profile = ChannelProfile(
        id="ALL",
        title=Words(de="alle"),
        kinds=KINDS,
        out_of_hours=draw(st.sampled_from(((), tuple(reversed(KINDS))))),
        oral=draw(st.booleans()),
    )
    return replace(
        a_playbook(step), ladders=() if ladder is None else (ladder,), profiles=(profile,)
    )


def a_view(playbook: Playbook, directory: Directory, *, at: datetime = SINCE) -> Outlook:
    """Return the planner's outlook on an incident in which nothing has happened yet."""
    return outlook(pretended(playbook, directory, region=REGION, at=at), now=at)
