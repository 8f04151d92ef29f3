"""
The one door to Apprise: its plugin manager, its URLs and its log.

`N_MGR` can be imported but is not an advertised API, hence one module for it.
Apprise writes message bodies and provider answers to its log at DEBUG, and
addresses at WARNING; nothing of that gets past this door, whatever levels and
handlers somebody sets later. What is kept is the HTTP status a stock plugin
reports in words, per thread, for the outcome's code.
"""

import logging
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

with warnings.catch_warnings():
    # Apprise 1.13 imports `imghdr`, which Python 3.13 dropped; it has a stand-in of its own.
    warnings.filterwarnings("ignore", "'imghdr'", DeprecationWarning)
    from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat
    from apprise.common import PersistentStoreMode
    from apprise.manager_plugins import NotificationManager
    from apprise.plugins.custom_json import NotifyJSON
    from apprise.plugins.email import NotifyEmail

__all__ = ["NotifyEmail", "NotifyFormat", "NotifyJSON", "muzzle", "open_url", "ready", "register"]

STATUS = re.compile(r"error=(\d{3})")
NO_CONNECTION = "Connection error"
# `requests` sits under the stock plugins; at DEBUG it logs paths, which may hold tokens.
TALKATIVE = ("apprise", "urllib3", "urllib3.connectionpool", "urllib3.util.retry", "requests")

_asset = AppriseAsset(
    app_id="Crisis",
    app_desc="Crisis",
    app_url="",
    storage_mode=PersistentStoreMode.MEMORY,
    async_mode=False,
)
_opening = threading.Lock()
_ours: list[type[NotifyBase]] = []


class Reasons:
    """What a stock plugin said in one thread: the last HTTP status, or a lost connection."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.unconnected = False

    def hear(self, message: str) -> None:
        """Take what is needed from a log line and drop the line."""
        found = STATUS.search(message)
        if found is not None:
            self.status = int(found[1])
        self.unconnected = self.unconnected or NO_CONNECTION in message


class Muzzle(logging.Filter):
    """Let nothing through; tell the thread that listens what was meant."""

    def __init__(self) -> None:
        super().__init__()
        self._listening = threading.local()

    def filter(self, record: logging.LogRecord) -> bool:
        """Swallow every record."""
        reasons: Reasons | None = getattr(self._listening, "reasons", None)
        if reasons is not None and record.name == "apprise":
            reasons.hear(record.getMessage())
        return False

    @contextmanager
    def listen(self) -> Iterator[Reasons]:
        """Collect this thread's reasons for the length of a `with` block."""
        reasons = Reasons()
        self._listening.reasons = reasons
        try:
            yield reasons
        finally:
            self._listening.reasons = None


muzzle = Muzzle()


def hush() -> None:
    """Close the mouths of Apprise and of what it sends with; twice does no harm."""
    for name in TALKATIVE:
        logging.getLogger(name).addFilter(muzzle)


def register(plugin: type[NotifyBase]) -> None:
    """Note one of our classes; Apprise learns of it when it is first needed."""
    _ours.append(plugin)


def ready() -> None:
    """Load Apprise's plugins and ours, which takes half a second; later calls take nothing."""
    hush()
    with _opening:
        manager: Any = cast("Any", NotificationManager)()
        for plugin in _ours:
            if plugin.protocol not in manager:
                manager.add(plugin)


def open_url(url: str) -> NotifyBase | None:
    """
    Return a new plugin for a URL, or None if Apprise refuses it.

    Never says why and never raises: Apprise's words hold parts of the URL.
    """
    ready()
    try:
        return Apprise.instantiate(url, asset=_asset)
    except Exception:  # noqa: BLE001 -- a URL from a file may trip any plugin's parser
        return None
