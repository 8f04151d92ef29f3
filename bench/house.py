"""A running house on this machine: `crisis serve` as a process, and sinks for all it sends."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from threading import Event

import httpx

from crisis.cli.shipped import shipped_root
from crisis.errors import UnreachableError
from crisis.settings import Settings, load_settings
from crisis.simulated.sinks.http import HttpSink
from crisis.simulated.sinks.smtp import SmtpSink
from crisis.wiring import status

LOOPBACK = "127.0.0.1"
TOKEN = "token of the bench"  # noqa: S105 -- a house of its own that lives for minutes
UP_WITHIN = 60.0
LEAVES_WITHIN = 30.0
FIRST_WITHIN = 15.0
CALM = 0.8
_LOOK = 0.02
_GATEWAY = re.compile(r"jsons?://[^\s\"']+")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house that was started at `began` (monotonic seconds), and what its partners received."""

    settings: Settings
    client: httpx.Client
    mails: SmtpSink
    posts: HttpSink
    began: float

    @property
    def sink(self) -> str:
        """Host and port of the HTTP sink."""
        return f"{LOOPBACK}:{self.posts.port}"

    def arrivals(self) -> list[float]:
        """Return when each message arrived, in monotonic seconds, in order."""
        received = [post.received for post in self.posts.posts]
        return sorted(received + [mail.received for mail in self.mails.mails])

    def is_well(self) -> bool:
        """Return whether `/healthz` says 200."""
        return self._is_ok(f"{self.settings.own_url}/healthz")

    def prefect_is_used(self) -> bool:
        """Return whether the engine has found Prefect ready."""
        engine = status(self.settings).engine
        return engine is not None and engine.prefect == "ready"

    def open_incident(self, playbook: str, *, region: str) -> float:
        """Open an exercise through the interface and return when the call returned."""
        answer = self.client.post(
            f"{self.settings.own_url}/api/v1/incidents",
            json={"playbook": playbook, "region": region, "mode": "exercise", "accept_gaps": True},
            headers={"Authorization": f"Bearer {TOKEN}"},
        )
        returned = time.monotonic()
        if answer.status_code != httpx.codes.CREATED:
            raise UnreachableError(f"the house answered {answer.status_code}: {answer.text}")
        return returned

    def first_after(self, count: int) -> float:
        """Return when the message after so many arrived, in monotonic seconds."""
        wait_until(
            lambda: len(self.arrivals()) > count, within=FIRST_WITHIN, what="a message arrives"
        )
        return self.arrivals()[count]

    def wait_for_calm(self) -> int:
        """Wait until nothing has arrived for a while, and return how much has by then."""
        calm_since, count = time.monotonic(), len(self.arrivals())
        while time.monotonic() - calm_since < CALM:
            pause(_LOOK)
            if len(self.arrivals()) != count:
                calm_since, count = time.monotonic(), len(self.arrivals())
        return count

    def environment(self) -> dict[str, str]:
        """Return the whole environment of a process that belongs to this house."""
        foreign = ("CRISIS_", "PREFECT_")
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        return {**inherited, **self.settings.environment()}

    def _is_ok(self, url: str) -> bool:
        try:
            return self.client.get(url, timeout=1.0).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False


@contextmanager
def started_house(folder: Path) -> Iterator[House]:
    """
    Yield a house with fresh data and the shipped files that was started just now.

    It need not answer yet. Every address in its contacts is a sink of this process.
    """
    copytree(shipped_root() / "playbooks", folder / "playbooks")
    with SmtpSink() as mails, HttpSink() as posts, httpx.Client(trust_env=False) as client:
        _write_contacts(folder / "contacts", sink=f"{LOOPBACK}:{posts.port}")
        settings = _settings(folder, mails=mails, posts=posts)
        house = House(
            settings=settings, client=client, mails=mails, posts=posts, began=time.monotonic()
        )
        with (folder / "serve.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "crisis", "serve"],
                cwd=folder,
                env=house.environment(),
                stdout=log,
                stderr=log,
            )
        try:
            yield house
        finally:
            _stop(process)


def wait_until(is_so: Callable[[], bool], *, within: float, what: str) -> None:
    """
    Wait until something is so.

    Raises:
        UnreachableError: it was not within so many seconds.
    """
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > within:
            raise UnreachableError(f"waited {within:g} s in vain until {what}")
        pause(_LOOK)


def pause(seconds: float) -> None:
    """Let other processes work."""
    Event().wait(seconds)


def _settings(folder: Path, *, mails: SmtpSink, posts: HttpSink) -> Settings:
    port, prefect_port = _free_ports()
    return load_settings(
        {
            "data_dir": folder / "data",
            "playbooks_dir": folder / "playbooks",
            "contacts_dir": folder / "contacts",
            "port": port,
            "prefect_port": prefect_port,
            "api_token": TOKEN,
            "mail_relay": f"mailto://{LOOPBACK}:{mails.port}/?from=crisis@bench.example",
            "sms_url": f"http://{LOOPBACK}:{posts.port}/sms",
        },
        env_file=None,
    )


def _write_contacts(folder: Path, *, sink: str) -> None:
    copytree(shipped_root() / "contacts" / "example", folder)
    for file in sorted(folder.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(_GATEWAY.sub(f"json://{sink}/gateway", text), encoding="utf-8")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(LEAVES_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        for trial in (one, other):
            trial.bind((LOOPBACK, 0))
        return int(one.getsockname()[1]), int(other.getsockname()[1])
