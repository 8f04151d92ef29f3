"""The files under deploy/: they parse, say what the code says, and name what exists."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from crisis.launch.prefect_environment import server_environment
from crisis.settings import Settings, variable
from flows.deploy import COMMAND, DEPLOYMENTS, TAG
from tests.launch.place import APlace

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = tuple(sorted((DEPLOY / "systemd").glob("*.service")))
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
PROGRAMS = "/opt/crisis/venv/bin/"
HARDENED = {
    "Restart": "always",
    "User": "crisis",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "SystemCallFilter": "@system-service",
}


def _pairs(file: Path) -> dict[str, str]:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "=" in line]
    found = (line.partition("=") for line in lines if not line.startswith("#"))
    return {name: value for name, _, value in found}


def _exists(command: list[str]) -> bool:
    """Return whether a program is one of ours, and its module can be found."""
    program, *rest = command
    if program == "crisis":
        return shutil.which("crisis", path=str(Path(sys.executable).parent)) is not None
    return (
        program == "python" and rest[0] == "-m" and importlib.util.find_spec(rest[1]) is not None
    )


def test_prefect_yaml_says_what_deploy_sets_up() -> None:
    written = yaml.safe_load((DEPLOY / "prefect.yaml").read_text(encoding="utf-8"))

    pool = Settings.model_fields["work_pool"].default
    assert written["deployments"] == [
        {
            "name": pool,
            "description": each.description,
            "entrypoint": each.entrypoint,
            "pull": [],
            "tags": [TAG],
            "work_pool": {
                "name": pool,
                "job_variables": {"command": COMMAND},
            },
            **(
                {"schedules": [{"interval": int(each.every.total_seconds()), "slug": each.flow}]}
                if each.every
                else {}
            ),
        }
        for each in DEPLOYMENTS
    ]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_unit_is_kept_running_in_a_box_and_starts_what_exists(unit: Path) -> None:
    said = _pairs(unit)

    assert {name: said.get(name) for name in HARDENED} == HARDENED
    assert said["ExecStart"].startswith(PROGRAMS)
    assert _exists(said["ExecStart"].removeprefix(PROGRAMS).split())
    assert (DEPLOY / f"{Path(said['EnvironmentFile']).name}.example").is_file()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    # The programs and the user are those of this machine; all else is as shipped.
    here = str(Path(sys.executable).parent) + "/"
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace(PROGRAMS, here)
        (tmp_path / unit.name).write_text(
            re.sub(r"(?m)^(User|Group)=.*\n|^Documentation=.*\n", "", text), encoding="utf-8"
        )

    done = subprocess.run(
        ["systemd-analyze", "verify", *(unit.name for unit in UNITS)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    # What it thinks of this machine's own units is not ours to mend.
    ours = [unit.name for unit in UNITS]
    assert [line for line in done.stderr.splitlines() if any(u in line for u in ours)] == []


def test_example_of_prefects_settings_is_as_quiet_as_our_own_server() -> None:
    ours = server_environment(
        APlace(data_dir=Path("data"), deploys=True, prefect_login="ada:CHANGE-ME")
    )
    example = _pairs(DEPLOY / "prefect-server.env.example")
    of_the_place = {
        "PREFECT_HOME",
        "PREFECT_SERVER_API_AUTH_STRING",
        "PREFECT_SERVER_API_HOST",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL",
    }

    assert example.keys() == ours.keys()
    assert {name: example[name] for name in example.keys() - of_the_place} == {
        name: ours[name] for name in ours.keys() - of_the_place
    }


def test_example_of_the_settings_holds_only_settings() -> None:
    known = {variable(name) for name in Settings.model_fields}

    assert _pairs(DEPLOY / "crisis.env.example").keys() <= known


def test_compose_file_holds_two_engines_two_workers_and_what_they_need() -> None:
    ours = {
        name: service["command"]
        for name, service in COMPOSE["services"].items()
        if service["image"] == "crisis:local"
    }

    assert ours == {
        "prefect": ["python", "-m", "flows.prefect_server"],
        "migrate": ["crisis", "log", "verify"],
        "deploy": ["python", "-m", "flows.deploy"],
        "engine-a": ["python", "-m", "flows.engine"],
        "engine-b": ["python", "-m", "flows.engine"],
        "worker-a": ["python", "-m", "flows.worker"],
        "worker-b": ["python", "-m", "flows.worker"],
        "watcher": ["python", "-m", "crisis.watch"],
        "web": ["python", "-m", "crisis.web"],
    }
    assert all(_exists(command) for command in ours.values())
    assert COMPOSE["services"].keys() - ours.keys() == {"postgres"}


def test_compose_services_are_given_settings_volumes_and_neighbours_that_exist() -> None:
    services = COMPOSE["services"]
    known = {variable(name) for name in Settings.model_fields}
    given = {
        name
        for service in services.values()
        for name in service["environment"]
        if name.startswith("CRISIS_")
    }
    volumes = {
        volume.partition(":")[0]
        for service in services.values()
        for volume in service["volumes"]
        if not volume.startswith(("$", "."))
    }
    awaited = {name for service in services.values() for name in service.get("depends_on", {})}
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    asked_for = set(re.findall(r"\$\{(\w+)\}", text))

    assert given <= known
    assert volumes == COMPOSE["volumes"].keys()
    assert awaited <= services.keys()
    assert asked_for == _pairs(DEPLOY / "compose.env.example").keys()


def test_two_engines_of_the_compose_file_have_names_of_their_own() -> None:
    names = [
        service["environment"]["CRISIS_ENGINE_NAME"]
        for service in COMPOSE["services"].values()
        if "CRISIS_ENGINE_NAME" in service["environment"]
    ]

    assert sorted(names) == ["engine-a", "engine-b", "watcher", "worker-a", "worker-b"]


def test_image_is_built_from_files_that_exist() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY")]

    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert "USER crisis" in lines
