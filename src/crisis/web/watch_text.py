"""The watcher's figures in Prometheus' text format: counts only, nothing of any incident."""

from collections.abc import Iterable
from datetime import datetime

from crisis.core.concern import ConcernKind
from crisis.launch.watcher_status import last_look
from crisis.web.metrics_text import gauge
from crisis.web.watch_view import Watch


def watch_text(watch: Watch) -> str:
    """Return what the watchers found and how they are; of several, the worst counts."""
    watchers = watch.watchers
    counts = [
        (
            f'{{kind="{kind.value}"}}',
            max((watcher.counts.get(kind.value, 0) for watcher in watchers), default=0),
        )
        for kind in ConcernKind
    ]
    seen = _age(last_look(watchers), now=watch.now)
    undelivered = sum(len(watcher.undelivered) for watcher in watchers)
    samples: tuple[tuple[str, str, Iterable[tuple[str, object]]], ...] = (
        ("watcher_concerns", "What is not as it should be, by kind.", counts),
        ("watcher_last_seen_seconds", "Since a watcher last looked.", [("", seen)]),
        (
            "watcher_waiting",
            "Partners who were to be asked and were not yet.",
            [("", max((watcher.waiting for watcher in watchers), default=0))],
        ),
        (
            "watcher_alarm_addresses",
            "Addresses of the second way.",
            [("", max((watcher.addresses for watcher in watchers), default=0))],
        ),
        (
            "watcher_alarms_undelivered",
            "Addresses that the present alarm did not reach.",
            [("", undelivered)],
        ),
        (
            "watcher_alarms_failed",
            "Tries since the watchers began that did not reach an address.",
            [("", sum(watcher.alarms_failed for watcher in watchers))],
        ),
    )
    switches = [
        (f'{{engine="{each.name}"}}', _age(each.succeeded_at, now=watch.now))
        for each in watch.deadmen
    ]
    told = [line for name, what, values in samples for line in gauge(name, what, values)]
    if switches:
        what = "Since an engine last reached its dead-man's switch."
        told.extend(gauge("deadman_last_success_seconds", what, switches))
    return "".join(told)


def _age(moment: datetime | None, *, now: datetime) -> str:
    return "NaN" if moment is None else f"{(now - moment).total_seconds():.3f}"
