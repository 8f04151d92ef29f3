"""Partners who answer over the page, as people do: they try again when it does not answer."""

from collections import deque
from threading import Event, Thread
from typing import Self

import httpx

from bench.faults.chance import Random
from bench.faults.evidence import Arrival, key_of
from bench.faults.house import House

SEE_OTHER = 303
_SHARE = 0.4
_PAUSE = 0.05


def post(client: httpx.Client, link: str, action: str = "acknowledge") -> int:
    """Press a button on the page behind a link; return the status, 0 if nothing answered."""
    try:
        answer = client.post(link, data={"action": action}, timeout=5.0)
    except httpx.HTTPError:
        return 0
    return answer.status_code


class Visitors:
    """
    Some partners of every wave open their link and acknowledge, while the house is under fire.

    What the page thanked for is noted in the house as promised.
    """

    def __init__(self, house: House, dice: Random) -> None:
        self._house = house
        self._dice = Random(dice.random())
        self._stop = Event()
        self._thread = Thread(target=self._run, name="visitors", daemon=True)
        self._to_visit: deque[Arrival] = deque()
        self._seen = 0
        self.refused = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        with httpx.Client(trust_env=False) as client:
            while not self._stop.wait(_PAUSE):
                self._look()
                if self._to_visit:
                    self._visit(client, self._to_visit.popleft())

    def _look(self) -> None:
        arrivals = self._house.web.arrivals()
        for arrival in arrivals[self._seen :]:
            if arrival.link and self._dice.random() < _SHARE:
                self._to_visit.append(arrival)
        self._seen = len(arrivals)

    def _visit(self, client: httpx.Client, arrival: Arrival) -> None:
        status = post(client, arrival.link)
        if status == SEE_OTHER:
            self._promise(arrival)
        elif status == 0 or status >= httpx.codes.INTERNAL_SERVER_ERROR:
            # Nobody knows whether it was taken: one asks again.
            self._to_visit.append(arrival)
        else:
            self.refused += 1

    def _promise(self, arrival: Arrival) -> None:
        # Most likely it came from one of the last.
        for incident in reversed(tuple(self._house.regions)):
            for entry in self._house.ledger.entries(incident):
                event = entry.event
                if event.kind != "attempt-started":
                    continue
                if key_of(incident, event.step, event.partner, event.n) == arrival.key:
                    promised = self._house.promised.setdefault(incident, set())
                    promised.add((event.partner, event.contact))
                    return
