"""A house on several hosts, as far as one machine shows it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from crisis.launch.free_port import free_port
from crisis.launch.prefect_environment import (
    client_environment,
    server_environment,
    without_prefect,
)
from crisis.settings import Settings
from crisis.wiring import World, open_world
from tests.flows.house import PATIENCE, ask_prefect, is_healthy, wait_until, write_contacts

SECRET = "one-secret-for-all-hosts"  # noqa: S105 -- a test's own


@dataclass(kw_only=True)
class Hosts:
    """Starts processes as if each ran on a host of its own, and leaves none behind."""

    folder: Path
    shared: dict[str, object]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def settings(self, host: str) -> Settings:
        """Return the settings of one host; its data folder and its name are its own."""
        given = {**self.shared, "data_dir": self.folder / host, "engine_name": host}
        return Settings(_env_file=None, **given)  # type: ignore[arg-type]  # -- pydantic checks

    def start(self, host: str, module: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a module of ours on a host, in a process group of its own."""
        settings = self.settings(host)
        logs = settings.data_dir / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        environment = {**without_prefect(os.environ), **settings.environment(), **more}
        with (logs / f"{module}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def prefect(self, database: str) -> subprocess.Popen[bytes]:
        """Start Prefect's server on PostgreSQL and wait until it is healthy."""
        settings = self.settings("prefect")
        told = {
            **server_environment(settings),
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": database,
        }
        server = self.start("prefect", "flows.prefect_server", **told)
        wait_until(lambda: is_healthy(settings), what="Prefect is healthy")
        return server

    def deploy(self) -> None:
        """Set up the work pool and the deployments."""
        done = self.start("prefect", "flows.deploy").wait(PATIENCE)
        assert done == 0

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process with all that it started, as when its host fails."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end_all(self) -> None:
        """Kill what still runs."""
        for process in self.started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def workers(self) -> tuple[str, ...]:
        """Return the hosts whose workers Prefect sees."""
        found = self.ask("/work_pools/crisis/workers/filter", {})
        return tuple(sorted(str(each["name"]).rpartition("-")[0] for each in found))

    def run_now(self, flow: str, *, at: datetime | None = None) -> None:
        """Ask for a run of a deployment, as its schedule would, now or at a moment."""
        settings = self.settings("prefect")
        address, pool = settings.prefect_url, settings.work_pool
        found = httpx.get(f"{address}/deployments/name/{flow}/{pool}", timeout=PATIENCE).json()
        ask_prefect(
            f"{address}/deployments/{found['id']}/create_flow_run",
            {
                "state": {
                    "type": "SCHEDULED",
                    "state_details": {"scheduled_time": at.isoformat() if at else None},
                }
            },
        )

    def states_of(self, flow: str) -> list[str]:
        """Return the states of a deployed flow's runs that were asked for, by their moment."""
        runs = self.ask(
            "/flow_runs/filter",
            {"flows": {"name": {"any_": [flow]}}, "sort": "EXPECTED_START_TIME_ASC"},
        )
        ours = [run for run in runs if "auto-scheduled" not in run["tags"]]
        return [run["state_type"] for run in ours if run["deployment_id"]]

    def call(self, statement: str) -> None:
        """Run a statement with the variables of a process that calls flows."""
        settings = self.settings("prefect")
        variables = {**without_prefect(os.environ), **client_environment(settings)}
        command = [sys.executable, "-c", statement]
        subprocess.run(command, env=variables, timeout=PATIENCE, check=True)

    def runs_of(self, incident: str) -> list[dict[str, Any]]:
        """Return what Prefect knows of the runs that were asked for an incident."""
        runs = self.ask("/flow_runs/filter", {"flow_runs": {"tags": {"all_": [incident]}}})
        return [run for run in runs if run["idempotency_key"]]

    def ask(self, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Return what Prefect answers."""
        return list(ask_prefect(f"{self.settings('prefect').prefect_url}{path}", body))


@contextmanager
def several_hosts(
    folder: Path, *, partners: int, sink: int, database_url: str, **more: object
) -> Iterator[tuple[World, Hosts]]:
    """Yield the world of a house on several hosts and a way to start its processes."""
    shared: dict[str, object] = {
        "launcher": "prefect",
        "playbooks_dir": folder / "playbooks",
        "contacts_dir": folder / "contacts",
        "database_url": database_url,
        "secret": SECRET,
        "base_url": "http://crisis.example",
        "prefect_port": (port := free_port()),
        "prefect_api_url": f"http://127.0.0.1:{port}/api",
        **more,
    }
    write_contacts(folder / "contacts", partners=partners, port=sink)
    hosts = Hosts(folder=folder, shared=shared)
    try:
        with open_world(hosts.settings("desk")) as world:
            yield world, hosts
    finally:
        hosts.end_all()
