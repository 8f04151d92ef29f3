"""What the demo asks Prefect's server, which may have little time."""

import json

import httpx
import pytest

from crisis.demo import prefect_watch as module
from crisis.demo.prefect_watch import FlowRun, PrefectWatch
from crisis.simulated.sinks.http import Answer, HttpSink

BUSY = Answer(status=503)
TOLD = {
    "/api/flows/filter": [{"id": "f1", "name": "respond"}],
    "/api/flow_runs/filter": [
        {"id": "r1", "flow_id": "f1", "name": "AHORN 47", "state_name": None, "start_time": None}
    ],
}


class BusyServer(HttpSink):
    """Says 503 so many times before it answers."""

    def __init__(self, *, refusals: int) -> None:
        super().__init__()
        self._refusals = refusals

    def answer_for(self, path: str) -> Answer:
        """Return what it says now."""
        self._refusals -= 1
        return BUSY if self._refusals >= 0 else Answer(body=json.dumps(TOLD[path]))


def test_busy_server_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE_S", 0.0)
    with BusyServer(refusals=3) as server:
        watch = PrefectWatch(f"http://127.0.0.1:{server.port}/api")
        runs = watch.flow_runs("i1")
        watch.close()

    assert runs == (FlowRun(flow="respond", name="AHORN 47", state=""),)
    assert len(server.posts) == 5


def test_server_that_stays_busy_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE_S", 0.0)
    with BusyServer(refusals=1000) as server:
        watch = PrefectWatch(f"http://127.0.0.1:{server.port}/api")
        with pytest.raises(httpx.HTTPStatusError, match="503"):
            watch.flow_runs("i1")
        watch.close()
