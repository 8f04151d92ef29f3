"""The pages as a program of their own, over a real log."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from crisis.launch.free_port import free_port
from tests.web.reading import text_of
from tests.web.staged import PASSWORD, PASSWORD_HASH

pytestmark = pytest.mark.integration


def test_house_without_a_password_makes_its_own(tmp_path: Path) -> None:
    with _serving(tmp_path) as address, httpx.Client(base_url=address, timeout=60) as browser:
        password = (tmp_path / "duty-password").read_text(encoding="ascii").strip()
        health = browser.get("/healthz")
        wrong = browser.post("/", data={"who": "ada", "password": PASSWORD})
        right = browser.post("/", data={"who": "ada", "password": password})
        board = browser.get("/?lang=en")

    assert (health.status_code, health.json()) == (
        503,
        {
            "status": "unwell",
            "log": "ok",
            "engine": "no heartbeat",
            "watcher": "has not looked yet",
        },
    )
    assert (wrong.status_code, right.status_code) == (401, 303)
    said = (
        "No incident is open at present. Open one in a terminal:"
        " crisis incident open PLAYBOOK --region DISTRICT"
    )
    assert text_of(board.text).split("\n")[2:] == [said]
    assert password not in (tmp_path / "stderr").read_text(encoding="utf-8")


def test_house_with_a_password_keeps_none_of_its_own(tmp_path: Path) -> None:
    settings = {"CRISIS_DUTY_PASSWORD_HASH": PASSWORD_HASH, "CRISIS_API_TOKEN": "t0ken"}

    with _serving(tmp_path, **settings) as address:
        signed_in = httpx.post(address, data={"who": "ada", "password": PASSWORD}, timeout=60)
        listed = httpx.get(
            f"{address}/api/v1/incidents", headers={"authorization": "Bearer t0ken"}, timeout=60
        )

    assert (signed_in.status_code, listed.status_code, listed.json()) == (303, 200, [])
    assert not (tmp_path / "duty-password").exists()


def test_unreachable_log_ends_the_program_with_what_to_do(tmp_path: Path) -> None:
    settings = {"CRISIS_DATABASE_URL": "postgresql://ada@127.0.0.1:1/crisis"}

    with (tmp_path / "stderr").open("wb") as errors:
        ended = subprocess.run(
            _COMMAND, env=_variables(tmp_path, settings), cwd=tmp_path, stderr=errors, check=False
        )

    assert ended.returncode == 5
    assert "Traceback" not in (tmp_path / "stderr").read_text(encoding="utf-8")


_COMMAND = (sys.executable, "-m", "crisis.web")


@contextmanager
def _serving(folder: Path, **settings: str) -> Iterator[str]:
    """Yield the address of a program that serves the house in a folder."""
    port = free_port()
    variables = _variables(folder, {**settings, "CRISIS_PORT": str(port)})
    address = f"http://127.0.0.1:{port}"
    with (folder / "stderr").open("wb") as errors:
        program = subprocess.Popen(_COMMAND, env=variables, cwd=folder, stderr=errors)
    try:
        while not _answers(address):
            assert program.poll() is None, (folder / "stderr").read_text(encoding="utf-8")
            threading.Event().wait(0.1)
        yield address
    finally:
        program.terminate()
        program.wait(300)


def _answers(address: str) -> bool:
    try:
        httpx.get(f"{address}/healthz")
    except httpx.TransportError:
        return False
    return True


def _variables(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    foreign = {name: value for name, value in os.environ.items() if not _is_ours(name)}
    return {**foreign, "CRISIS_DATA_DIR": str(folder), **settings}


def _is_ours(name: str) -> bool:
    return name.startswith("CRISIS_")
