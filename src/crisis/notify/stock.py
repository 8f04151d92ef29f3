"""
Any other Apprise service, as Apprise ships it.

A stock plugin answers yes or no and keeps its own time, so it runs in a thread
that is left behind when the time is up.
"""

import threading
import time

from crisis.core.delivery import Outcome, OutcomeKind, Outgoing
from crisis.notify.apprise_door import NotifyFormat, Reasons, muzzle, open_url
from crisis.notify.http import WEBHOOK_HARD, Reply, outcome_of
from crisis.notify.mail_text import text_of

BAD_ADDRESS = Outcome(kind=OutcomeKind.REJECTED, code="bad-address")
SILENT = Outcome(kind=OutcomeKind.UNKNOWN, code="timeout")


def deliver_over_stock(url: str, outgoing: Outgoing, *, ends: float) -> Outcome:
    """
    Send one message and return what is known of it.

    The plugin is fresh each time; an old one would throttle itself. One that says
    no gives its reason as an HTTP status at best; without that the message may
    have arrived, so the outcome is unknown.
    """
    outcomes: list[Outcome] = []

    def send() -> None:
        outcomes.append(_send(url, outgoing))

    thread = threading.Thread(target=send, name="stock-plugin", daemon=True)
    thread.start()
    thread.join(max(ends - time.monotonic(), 0))
    return outcomes[0] if outcomes else SILENT


def _send(url: str, outgoing: Outgoing) -> Outcome:
    plugin = open_url(url)
    if plugin is None:
        return BAD_ADDRESS
    body = text_of(outgoing).replace("\r\n", "\n")
    with muzzle.listen() as reasons:
        try:
            done = plugin.notify(body=body, title=outgoing.title, body_format=NotifyFormat.TEXT)
        except Exception as error:  # noqa: BLE001 -- plugins by many hands
            code = f"internal-{type(error).__name__}"
            return Outcome(kind=OutcomeKind.UNKNOWN, code=code)
    if done:
        return Outcome(kind=OutcomeKind.ACCEPTED, code="ok")
    return _refused(reasons)


def _refused(reasons: Reasons) -> Outcome:
    if reasons.status is not None:
        return outcome_of(Reply(status=reasons.status, retry_after=None), hard=WEBHOOK_HARD)
    code = "no-connection" if reasons.unconnected else "no-reason"
    return Outcome(kind=OutcomeKind.UNKNOWN, code=code)
