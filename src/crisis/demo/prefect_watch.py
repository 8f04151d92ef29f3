"""What Prefect's own pages know of an exercise, asked over its API."""

from dataclasses import dataclass
from threading import Event
from typing import Any
from uuid import UUID

import httpx

PAGE = 200
CALM_WITHIN = 0.4
# A busy server is asked again for half a minute.
_TRIES, _PAUSE_S = 60, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRun:
    """One flow run: the flow's name, its own readable name, how it ended."""

    flow: str
    name: str
    state: str


class PrefectWatch:
    """Asks Prefect's API; asks nothing of it."""

    def __init__(self, api_url: str) -> None:
        self._client = httpx.Client(base_url=f"{api_url}/", timeout=60.0)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def is_calm(self) -> bool:
        """Return whether the server answers promptly: what came before has been written down."""
        try:
            answer = self._client.post("flow_runs/count", json={}, timeout=CALM_WITHIN)
        except httpx.HTTPError:
            return False
        return answer.status_code == httpx.codes.OK

    def flow_runs(self, tag: str) -> tuple[FlowRun, ...]:
        """Return all flow runs of an incident, in the order in which they began."""
        flows = {flow["id"]: flow["name"] for flow in self._pages("flows", {})}
        wanted = {"flow_runs": {"tags": {"all_": [tag]}}}
        runs = self._pages("flow_runs", wanted)
        return tuple(
            FlowRun(
                flow=flows.get(run["flow_id"], ""),
                name=run["name"],
                state=run["state_name"] or "",
            )
            for run in sorted(runs, key=lambda run: (run["start_time"] or "", run["name"]))
        )

    def _pages(self, what: str, wanted: dict[str, Any]) -> list[dict[str, Any]]:
        found: dict[UUID, dict[str, Any]] = {}
        while True:
            body = {**wanted, "limit": PAGE, "offset": len(found), "sort": _SORT[what]}
            page = self._answer(f"{what}/filter", body)
            found.update({run["id"]: run for run in page})
            if len(page) < PAGE:
                return list(found.values())

    def _answer(self, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Ask, and again while the server has no time: over SQLite it says 503 then."""
        answer = self._client.post(path, json=body)
        pause = Event()
        for _ in range(_TRIES):
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            pause.wait(_PAUSE_S)
            answer = self._client.post(path, json=body)
        answer.raise_for_status()
        return list(answer.json())


_SORT = {"flows": "NAME_ASC", "flow_runs": "ID_DESC"}
