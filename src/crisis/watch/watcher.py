"""Looks, audits, raises the alarm and gives a sign of life, again and again."""

import logging
import os
import threading
import time
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from crisis.core.alarm import Told
from crisis.core.audit import audit
from crisis.core.concern import Concern, ConcernKind
from crisis.core.incident import Incident
from crisis.core.obligation import ObligationState
from crisis.errors import CrisisError, without_words
from crisis.launch.engine_status import Sign, engine_statuses
from crisis.launch.watcher_status import BEATS, concern_data
from crisis.watch.house import Signs, house_concerns, log_unreachable, unauditable
from crisis.watch.siren import Siren
from crisis.wiring import Lookout

log = logging.getLogger("crisis.watch")

_Key = tuple[str, str, str, str]

EVERY_S = 10.0
# What an audit finds is told when the next look finds it too: a late entry may just be handled.
CONFIRMED_S = 5.0
# An exercise's clock may be moved by days; then the house needs real time to follow.
CONFIRMED_IN_EXERCISES_S = 60.0
# A sign of life is read with every page; what does not fit is counted.
MOST_SHOWN = 50


class Watcher:
    """The watcher of one host; it reads the log and writes nothing but its sign of life."""

    def __init__(self, lookout: Lookout) -> None:
        self._lookout = lookout
        self._up_since = lookout.wall.now()
        self._engine_seen = False
        self._prefect_gone: datetime | None = None
        self._log_gone: datetime | None = None
        self._first_seen: dict[_Key, float] = {}
        self._told: dict[_Key, Concern] = {}
        self._unusable = lookout.path.unusable()
        self._siren: Siren | None = None
        self._looked = 0
        self._waiting = 0

    def run(self, stop: threading.Event) -> None:
        """Look every ten seconds until `stop` is set; nothing that is seen ends it."""
        while not stop.is_set():
            began = time.monotonic()
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 -- the watcher must outlive any mistake
                log.error("The watcher: %s", without_words(error))  # noqa: TRY400 -- by its place, not its words
            stop.wait(max(0.5, EVERY_S - (time.monotonic() - began)))

    def look(self) -> tuple[Concern, ...]:
        """Look once, tell what is to be told, and return what is wrong."""
        began = time.monotonic()
        concerns = self._confirmed(self._seen())
        self._say(concerns)
        now = self._lookout.wall.now()
        siren = self._siren or self._make_siren()
        siren.hear(concerns, now=now)
        try:
            took = time.monotonic() - began
            self._lookout.beat(BEATS + self._lookout.name, self._data(concerns, siren, took=took))
        except CrisisError as error:
            log.error("No sign of life can be written: %s", error)  # noqa: TRY400 -- it says what to do
        return concerns

    def _seen(self) -> tuple[Concern, ...]:
        try:
            self._lookout.keep_time()
            signs = self._lookout.signs()
            gathered = self._lookout.gather()
        except CrisisError as error:
            now = self._lookout.wall.now()
            if self._log_gone is None:
                log.error("%s", error)  # noqa: TRY400 -- it says what to do; the trace does not
            self._log_gone = self._log_gone or now
            return (log_unreachable(since=self._log_gone),)
        self._log_gone, now = None, self._lookout.wall.now()
        self._looked = len(gathered.incidents)
        self._waiting = sum(map(_waiting, gathered.incidents))
        seen = self._house_signs(signs, damaged=gathered.damaged, now=now)
        return (
            *house_concerns(seen, now=now),
            *(each for incident in gathered.incidents for each in self._audited(incident)),
        )

    def _house_signs(
        self, signs: tuple[Sign, ...], *, damaged: Mapping[str, str], now: datetime
    ) -> Signs:
        engines = engine_statuses(signs, now=now)
        fresh = [engine for engine in engines if engine.fresh]
        self._engine_seen = self._engine_seen or bool(fresh)
        gone = bool(fresh) and all(engine.prefect != "ready" for engine in fresh)
        self._prefect_gone = (self._prefect_gone or now) if gone else None
        return Signs(
            up_since=self._up_since,
            engine_seen=self._engine_seen,
            engines=engines,
            prefect_gone=self._prefect_gone,
            free=self._free(),
            waiting=self._waiting,
            damaged=damaged,
            deviations={engine.name: engine.host_clock_off for engine in fresh},
            alarm_unusable=self._unusable,
        )

    def _free(self) -> int | None:
        try:
            return self._lookout.free_bytes()
        except OSError:
            return None

    def _audited(self, incident: Incident) -> tuple[Concern, ...]:
        try:
            return audit(incident, now=self._lookout.now())
        except Exception as error:  # noqa: BLE001 -- one incident must not hide the others
            log.error("incident %s: %s", incident.id, without_words(error))  # noqa: TRY400 -- by its place, not its words
            return (unauditable(incident.id, since=self._lookout.wall.now()),)

    def _confirmed(self, seen: Iterable[Concern]) -> tuple[Concern, ...]:
        """Return what has been wrong for long enough to be told."""
        now, found = time.monotonic(), {concern.key: concern for concern in seen}
        self._first_seen = {key: self._first_seen.get(key, now) for key in found}
        sped_up = self._lookout.settings.sped_up
        least = CONFIRMED_IN_EXERCISES_S if sped_up else CONFIRMED_S
        return tuple(
            concern
            for key, concern in found.items()
            if concern.kind is ConcernKind.HOUSE or now - self._first_seen[key] >= least
        )

    def _say(self, concerns: tuple[Concern, ...]) -> None:
        present = {concern.key: concern for concern in concerns}
        for key, concern in present.items():
            if key not in self._told:
                log.warning("%s", _line(concern))
        for key, concern in self._told.items():
            if key not in present:
                log.info("over: %s", _line(concern))
        self._told = present

    def _make_siren(self) -> Siren:
        settings = self._lookout.settings
        try:
            told = _told_before(self._lookout.signs(), self._lookout.name)
        except CrisisError:
            told = None
        self._siren = Siren(
            self._lookout.path,
            again=timedelta(seconds=settings.alarm_again_s),
            watcher=self._lookout.name,
            address=settings.own_url,
            told=told,
        )
        return self._siren

    def _data(self, concerns: tuple[Concern, ...], siren: Siren, *, took: float) -> dict[str, Any]:
        kinds = [concern.kind for concern in concerns]
        return {
            "pid": os.getpid(),
            "up_since": self._up_since.isoformat(),
            "incidents": self._looked,
            "waiting": self._waiting,
            "took_s": round(took, 3),
            "counts": {kind.value: kinds.count(kind) for kind in ConcernKind},
            "concerns": [concern_data(concern) for concern in concerns[:MOST_SHOWN]],
            "alarm": {**siren.state(), "shared": list(self._lookout.shared())},
        }


def _waiting(incident: Incident) -> int:
    states = (obligation.state for obligation in incident.obligations.values())
    return sum(state is ObligationState.PENDING for state in states)


def _line(concern: Concern) -> str:
    parts = (concern.incident, concern.step, concern.partner)
    about = " ".join(part for part in parts if part) or "house"
    since = concern.since.isoformat(timespec="seconds")
    return f"{concern.kind.value} {concern.what}: {about}, {concern.words.en} (since {since})"


def _told_before(signs: tuple[Sign, ...], name: str) -> Told | None:
    """Return the alarm that this watcher's predecessor raised and did not call off."""
    for sign, _, data in signs:
        told = data.get("alarm", {}).get("told") if sign == BEATS + name else None
        if told:
            at = datetime.fromisoformat(told["at"])
            return Told(topics=frozenset(told["topics"]), at=at)
    return None
