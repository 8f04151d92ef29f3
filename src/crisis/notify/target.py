"""What an address in the contact directory stands for."""

from dataclasses import dataclass

from crisis.notify.apprise_door import open_url
from crisis.notify.mail import CrisisEmail
from crisis.notify.mail_url import mail_url
from crisis.notify.webhook import CrisisJson, json_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """An address that a stock Apprise plugin understands."""

    url: str


def mail_target(address: str, *, relay: str, sender: str) -> CrisisEmail | Stock | None:
    """
    Return the plugin for a mail address, or None if it is none or Apprise refuses it.

    `relay` and `sender` as in `mail_url`. Mail services that Apprise reaches
    over HTTP (such as `o365://`) are stock.
    """
    url = mail_url(address, relay=relay, sender=sender)
    if url is None:
        return _stock(address)
    plugin = open_url(url)
    return plugin if isinstance(plugin, CrisisEmail) else None


def http_target(address: str) -> CrisisJson | Stock | None:
    """Return the plugin for a web address, or None if Apprise refuses it."""
    url = json_url(address)
    if url is None:
        return _stock(address)
    plugin = open_url(url)
    return plugin if isinstance(plugin, CrisisJson) else None


def _stock(address: str) -> Stock | None:
    return None if open_url(address) is None else Stock(url=address)
