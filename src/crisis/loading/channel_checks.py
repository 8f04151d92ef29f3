"""What must be true of channels: addresses that fit, content they may carry, hours that help."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from crisis.core.availability import local_day
from crisis.core.contact import ChannelKind, Tlp
from crisis.loading.address import (
    OPEN_SCHEMES,
    AddressFault,
    is_fictional,
    normalised,
)
from crisis.loading.contacts_file import ChannelEntry, FunctionEntry, Located, RotaEntry
from crisis.loading.kind_words import TLP_BY_WORD
from crisis.loading.located import Loc
from crisis.loading.problem import Problem, Strength

VERIFY_WITHIN = timedelta(days=90)
# What a channel carries if its entry does not say: spoken words are not stored, and
# the partner's page is behind TLS and a personal link (`law-and-trust.md` §6.3, §6.4).
USUAL_TLP = {ChannelKind.PHONE_BY_HAND: Tlp.RED, ChannelKind.PORTAL: Tlp.AMBER_STRICT}
SPOKEN_OR_OURS = frozenset(USUAL_TLP)


def tlp_of(channel: ChannelEntry) -> Tlp:
    """Return the tightest content a channel may carry."""
    if channel.max_tlp is not None:
        return TLP_BY_WORD[channel.max_tlp]
    return USUAL_TLP.get(channel.channel_kind, Tlp.GREEN)


def is_encrypted(channel: ChannelEntry) -> bool:
    """Return whether a channel keeps what it carries from others: our page does, no SMS does."""
    if channel.channel_kind is ChannelKind.SMS:
        return False
    if channel.encrypted is not None:
        return channel.encrypted
    return channel.channel_kind is ChannelKind.PORTAL


def channel_problems(
    functions: tuple[Located[FunctionEntry], ...], *, around: datetime
) -> Iterator[Problem]:
    """Yield what is wrong with the channels of all functions, in no particular order."""
    by_id = {one.entry.id: one.entry for one in functions}
    first: dict[str, str] = {}
    today = local_day(around)
    for function in functions:
        yield from _reach_problems(function, by_id)
        for index, channel in enumerate(function.entry.channels):
            loc = (*function.loc, "channels", index)
            yield from _address_problems(function, channel, loc)
            yield from _limit_problems(function, channel, loc)
            yield from _age_problems(function, channel, loc, today=today)
            yield from _duplicate_problems(function, index, loc, first)


def _reach_problems(
    function: Located[FunctionEntry], by_id: Mapping[str, FunctionEntry]
) -> Iterator[Problem]:
    entry = function.entry
    if isinstance(entry.availability, RotaEntry):
        return
    if not entry.channels:
        yield function.document.problem(
            function.loc,
            "CT014",
            f"`{entry.id}` has no channel, so nobody can reach it",
            hint="add a channel under `channels`",
        )
        return
    deputy = by_id.get(entry.deputy or "")
    if not _answers_at_night(entry) and not (deputy and _answers_at_night(deputy)):
        yield function.document.problem(
            (*function.loc, "availability"),
            "CT016",
            f"`{entry.id}` answers in its hours only, and so does its deputy",
            hint="add a channel with `out_of_hours: true`, or a deputy on stand-by",
            strength=Strength.WARNING,
        )


def _answers_at_night(entry: FunctionEntry) -> bool:
    if entry.availability == "round-the-clock" or isinstance(entry.availability, RotaEntry):
        return True
    return any(
        channel.out_of_hours or channel.hours == "round-the-clock" for channel in entry.channels
    )


def _address_problems(
    function: Located[FunctionEntry], channel: ChannelEntry, loc: Loc
) -> Iterator[Problem]:
    kind = channel.channel_kind
    if channel.address is None:
        if kind is not ChannelKind.PORTAL:
            yield function.document.problem(
                loc, "CT013", f"a channel of kind `{kind}` needs an address", hint="add `address`"
            )
        return
    found = normalised(kind, channel.address)
    place = (*loc, "address")
    if isinstance(found, AddressFault):
        yield function.document.problem(place, found.code, found.message, hint=found.hint)
    elif function.source.is_example and not is_fictional(kind, found):
        yield function.document.problem(
            place,
            "CT020",
            "an example must not reach anybody",
            hint="use the drama ranges (such as +49 30 23125 000 to 999) and `.example` hosts;"
            " your own contacts belong in contacts/local (or any other folder beside `example`)",
        )


def _limit_problems(
    function: Located[FunctionEntry], channel: ChannelEntry, loc: Loc
) -> Iterator[Problem]:
    kind = channel.channel_kind
    scheme = (channel.address or "").partition("://")[0].strip().lower()
    if channel.encrypted and (
        kind is ChannelKind.SMS or (kind is ChannelKind.HTTP and scheme in OPEN_SCHEMES)
    ):
        yield function.document.problem(
            (*loc, "encrypted"),
            "CT018",
            "an SMS is never encrypted" if kind is ChannelKind.SMS else f"`{scheme}://` is open",
            hint="write `encrypted: false`"
            if kind is ChannelKind.SMS
            else f"write `{scheme}s://`, or `encrypted: false`",
        )
    if tlp_of(channel) > Tlp.GREEN and not is_encrypted(channel) and kind not in SPOKEN_OR_OURS:
        yield function.document.problem(
            (*loc, "max_tlp"),
            "CT012",
            f"a channel without encryption cannot carry TLP:{(channel.max_tlp or '').upper()}",
            hint="write `max_tlp: green`; tighter content goes over the portal",
        )


def _age_problems(
    function: Located[FunctionEntry], channel: ChannelEntry, loc: Loc, *, today: date
) -> Iterator[Problem]:
    if channel.channel_kind is ChannelKind.PORTAL:
        return
    if channel.verified_on is None:
        message = "nobody ever verified this channel"
    elif (age := today - date.fromisoformat(channel.verified_on)) > VERIFY_WITHIN:
        message = f"this channel was last verified {age.days} days ago"
    else:
        return
    yield function.document.problem(
        (*loc, "verified_on"),
        "CT017",
        message,
        hint=f"try it, then write the day into `verified_on`; due every {VERIFY_WITHIN.days} days",
        strength=Strength.NOTICE,
    )


def _duplicate_problems(
    function: Located[FunctionEntry], index: int, loc: Loc, first: dict[str, str]
) -> Iterator[Problem]:
    channel_id = function.entry.channel_id(index)
    here = f"{function.document.path}:{function.document.place(loc).line}:{index}"
    if first.setdefault(channel_id, here) != here:
        there = first[channel_id].rpartition(":")[0]
        yield function.document.problem(
            loc,
            "CT001",
            f"channel `{channel_id}` is described twice",
            hint=f"it already stands at {there}; give this one an `id` of its own",
        )
