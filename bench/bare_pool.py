"""
The peers without an engine: a pool of threads over our own senders, and stock Apprise.

Neither plans, claims or records anything; they are what sending alone costs.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from apprise import Apprise

from bench.house import House
from crisis.core.contact import ChannelKind
from crisis.core.delivery import OutcomeKind, Outgoing
from crisis.errors import UnreachableError
from crisis.loading.library import FileLibrary
from crisis.notify.apprise_door import NotifyFormat, hush
from crisis.notify.courier import Courier
from crisis.usecases.ports import Sender
from crisis.wiring import SystemClock
from crisis.wiring.courier import courier_settings

TITLE = "[ÜBUNG] AHORN 47"
BODY = "[ÜBUNG] AHORN 47, Dresden: Bitte bis 19:35 Uhr melden. Code 1234. " * 4
# As long as the engine's own messages: the link stands in them too.
LINK = "http://127.0.0.1:8080/p/0123456789abcdefghijkl"


@contextmanager
def bare_courier(house: House) -> Iterator[Courier]:
    """Yield the senders of a house, as its engine has them, over the same addresses."""
    settings = house.settings
    library = FileLibrary(
        playbooks=settings.playbooks_dir, contacts=settings.contacts_dir, clock=SystemClock()
    )
    courier = Courier(library, courier_settings(settings))
    try:
        yield courier
    finally:
        courier.close()


def by_bare_pool(
    house: House, sender: Sender, channels: Sequence[str], kind: ChannelKind, *, within: float
) -> float:
    """Send a message to each channel, as many at once as the engine may; return the seconds."""
    now, before = SystemClock().now(), house.providers.count()
    letters = [
        Outgoing(
            id=f"bench/W1/{channel}/1",
            channel=channel,
            kind=kind,
            title=TITLE,
            body=BODY,
            link=LINK,
            code="1234",
            language="de",
            exercise=True,
            sent_at=now,
        )
        for channel in channels
    ]
    with ThreadPoolExecutor(house.settings.in_flight) as pool:
        began = time.monotonic()
        outcomes = list(pool.map(sender.send, letters))
    refused = [each.code for each in outcomes if each.kind is not OutcomeKind.ACCEPTED]
    if refused:
        raise UnreachableError(f"the sink did not take {len(refused)} messages: {refused[0]}")
    return house.last_of(before, len(channels), within=within) - began


def by_stock_apprise(house: House, addresses: Sequence[str], *, within: float) -> float:
    """Notify each address with Apprise as it is shipped, one after the other; return seconds."""
    hush()
    before = house.providers.count()
    began = time.monotonic()
    for address in addresses:
        notifier = Apprise()
        if not (
            notifier.add(f"{address}&mode=insecure")
            and notifier.notify(body=BODY, title=TITLE, body_format=NotifyFormat.TEXT)
        ):
            raise UnreachableError("stock Apprise could not send to the sink")
    return house.last_of(before, len(addresses), within=within) - began
