"""
The second way out, for alarms about the house itself.

It shares nothing with the first one: a courier, connections, threads and a time
limit of its own, and addresses from a setting, because the directory may be what
is broken. Another provider is up to whoever sets the addresses; `shared_hosts`
tells whether they did.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from crisis.core.alarm import AlarmText
from crisis.core.contact import ChannelKind, Tlp
from crisis.core.delivery import Outcome, OutcomeKind, Outgoing
from crisis.notify.apprise_door import open_url
from crisis.notify.courier import Courier, CourierSettings

TIME_LIMIT_S = 8.0
# More addresses than this wait for one another.
_THREADS = 8
_MAIL = ("mailto://", "mailtos://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What became of an alarm at one address; `name` is its place in the setting, from 1."""

    name: str
    outcome: Outcome

    @property
    def arrived(self) -> bool:
        """Whether the provider took it over."""
        return self.outcome.kind is OutcomeKind.ACCEPTED


class SecondWay:
    """
    Send alarms to a handful of addresses at once.

    Args:
        urls: Apprise URLs, in the order in which people read them.
        time_limit_s: for one alarm at one address.
        ca_bundle: certificates to trust instead of the system's.
    """

    def __init__(
        self,
        urls: Sequence[str],
        *,
        time_limit_s: float = TIME_LIMIT_S,
        ca_bundle: Path | None = None,
    ) -> None:
        self._urls = {f"alarm-{place}": url for place, url in enumerate(urls, 1)}
        settings = CourierSettings(time_limit_s=time_limit_s, ca_bundle=ca_bundle)
        self._courier = Courier(_Fixed(self._urls), settings)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="alarm")

    @property
    def names(self) -> tuple[str, ...]:
        """The addresses by their place: `alarm-1` and so on; never the addresses themselves."""
        return tuple(self._urls)

    def unusable(self) -> tuple[str, ...]:
        """Return the names of the addresses that no plugin of Apprise understands."""
        return tuple(name for name, url in self._urls.items() if open_url(url) is None)

    def send(
        self, text: AlarmText, *, id_: str, at: datetime, only: Iterable[str] | None = None
    ) -> tuple[Delivered, ...]:
        """
        Send one alarm to all addresses, or to some, and wait for what becomes of it.

        `id_` stays the same while the same alarm is tried again.
        """
        names = self.names if only is None else tuple(only)
        outgoings = [self._outgoing(name, text, id_=id_, at=at) for name in names]
        outcomes = self._threads.map(self._courier.send, outgoings)
        return tuple(
            Delivered(name=name, outcome=outcome)
            for name, outcome in zip(names, outcomes, strict=True)
        )

    def close(self) -> None:
        """Let the threads end and take leave of the providers."""
        self._threads.shutdown()
        self._courier.close()

    def _outgoing(self, name: str, text: AlarmText, *, id_: str, at: datetime) -> Outgoing:
        is_mail = self._urls[name].lower().startswith(_MAIL)
        return Outgoing(
            id=f"{id_}/{name}",
            channel=name,
            kind=ChannelKind.EMAIL if is_mail else ChannelKind.HTTP,
            title=text.title,
            body=text.body,
            link="",
            code="",
            language="de",
            exercise=text.exercise,
            sent_at=at,
        )


def shared_hosts(alarms: Sequence[str], first_way: Iterable[str]) -> tuple[str, ...]:
    """
    Return the names of alarm addresses that lead to a server the first way uses too.

    What takes the first way down would take the alarm down with it.
    """
    taken = frozenset[str]().union(*(_hosts(url) for url in first_way))
    return tuple(f"alarm-{place}" for place, url in enumerate(alarms, 1) if _hosts(url) & taken)


class _Fixed:
    """Keeps the port `Addresses` with addresses from a setting."""

    def __init__(self, urls: dict[str, str]) -> None:
        self._urls = urls

    def address(self, channel_id: str) -> str | None:
        return self._urls.get(channel_id)

    def kind(self, channel_id: str) -> ChannelKind | None:
        del channel_id
        return None

    def max_tlp(self, channel_id: str) -> Tlp | None:
        del channel_id
        return None


def _hosts(url: str) -> frozenset[str]:
    try:
        split = urlsplit(url)
        host = split.hostname
    except ValueError:
        return frozenset()
    # An Apprise mail URL names its server there where it is not the mailbox's domain.
    named = parse_qs(split.query).get("smtp", [])
    return frozenset(named) or frozenset({host} if host else ())
