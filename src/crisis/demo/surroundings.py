"""What an exercise needs around it: a folder, sinks for every channel, and the running house."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copytree
from threading import Event

import httpx
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from crisis.errors import UnreachableError
from crisis.launch.free_port import free_port
from crisis.settings import Settings, load_settings
from crisis.simulated.sinks.http import HttpSink
from crisis.simulated.sinks.smtp import SmtpSink
from crisis.wiring import exercise_clock, status

HOST = "127.0.0.1"
START_LIMIT = 180.0
STOP_LIMIT = 30.0
FLOW_LIMIT = 60.0
_GATEWAY = re.compile(r"jsons?://[^\s\"']+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Everything around an exercise that is now running."""

    folder: Path
    settings: Settings
    mails: SmtpSink
    posts: HttpSink
    password: str


@contextmanager
def surroundings(
    folder: Path, *, shipped: Path, start: datetime, password: str
) -> Iterator[Surroundings]:
    """
    Yield the surroundings of an exercise that begins at `start`; take them down afterwards.

    Playbooks and contacts are copied into `folder`; gateways and the mail relay
    become local sinks. `crisis serve` runs as a process of its own.

    Raises:
        UnreachableError: the house did not come up; its logs are named.
    """
    (folder / "sinks").mkdir(parents=True)
    copytree(shipped / "playbooks", folder / "playbooks")
    with (
        SmtpSink(folder=folder / "sinks" / "mails") as mails,
        HttpSink(journal=folder / "sinks" / "posts.jsonl") as posts,
    ):
        _copy_contacts(shipped / "contacts" / "example", folder / "contacts", posts=posts)
        settings = load_settings(
            {
                "data_dir": folder / "data",
                "playbooks_dir": folder / "playbooks",
                "contacts_dir": folder / "contacts",
                "exercise_clock": True,
                "port": free_port(),
                "prefect_port": free_port(),
                "mail_relay": f"mailto://{HOST}:{mails.port}/?from=crisis@exercise.example",
                "sms_url": f"http://{HOST}:{posts.port}/sms",
                "sms_id_field": "id",
                "duty_password_hash": PasswordHash((Argon2Hasher(),)).hash(password),
                "page_limit": "100000/minute",
                # An exercise is there to be seen in Prefect, on a slow machine too.
                "prefect_patience_s": FLOW_LIMIT,
            },
            env_file=None,
        )
        exercise_clock(settings, start=start)
        with _serving(settings, folder):
            yield Surroundings(
                folder=folder, settings=settings, mails=mails, posts=posts, password=password
            )


def _copy_contacts(source: Path, target: Path, *, posts: HttpSink) -> None:
    copytree(source, target)
    for file in sorted(target.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        local = _GATEWAY.sub(f"json://{HOST}:{posts.port}/gateway", text)
        file.write_text(local, encoding="utf-8")


@contextmanager
def _serving(settings: Settings, folder: Path) -> Iterator[None]:
    environment: Mapping[str, str] = {**_foreign_environment(), **settings.environment()}
    with (folder / "serve.log").open("w", encoding="utf-8") as log:
        house = subprocess.Popen(
            [sys.executable, "-m", "crisis", "serve"],
            cwd=folder,
            env=dict(environment),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_ready(settings, house, folder)
            yield
        finally:
            _stop(house)


def _foreign_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("CRISIS_")}


def _wait_until_ready(settings: Settings, house: subprocess.Popen[bytes], folder: Path) -> None:
    pause = Event()
    tries = int(START_LIMIT / 0.25)
    for _ in range(tries):
        if house.poll() is not None:
            break
        if _is_up(f"{settings.own_url}/healthz") and _has_prefect(settings):
            return
        pause.wait(0.25)
    message = (
        f"the house did not come up within {START_LIMIT:.0f} s; look into {folder / 'serve.log'} "
        f"and {settings.data_dir / 'logs'}"
    )
    raise UnreachableError(message)


def _has_prefect(settings: Settings) -> bool:
    """Return whether the engine works with Prefect; before that it sends without."""
    engine = status(settings).engine
    return engine is not None and engine.prefect == "ready"


def _is_up(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2.0).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _stop(house: subprocess.Popen[bytes]) -> None:
    if house.poll() is None:
        house.send_signal(signal.SIGTERM)
    try:
        house.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        house.kill()
        house.wait()
