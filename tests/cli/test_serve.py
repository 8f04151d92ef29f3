"""What `crisis serve` says: where it is, or only what kept it from starting."""

import os
import socket
import subprocess
import sys

import pytest

from crisis.launch.free_port import free_port
from crisis.web import own_password
from tests.cli.desk import CommandLine

PROGRAM = (sys.executable, "-m", "crisis", "serve")


def _variables(ada: CommandLine) -> dict[str, str]:
    return {**os.environ, **ada.variables, "CRISIS_PREFECT_PORT": str(free_port())}


def test_serve_on_a_taken_port_ends_with_five_and_says_only_what_to_do(ada: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = subprocess.run(
            (*PROGRAM, "--port", str(port)),
            cwd=ada.folder,
            env=_variables(ada),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    assert (ran.returncode, ran.stdout, ran.stderr) == (
        5,
        "",
        (
            f"Port {port} on 127.0.0.1 cannot be had: Address already in use."
            " Stop what uses it, or set CRISIS_PORT or --port to another one.\n"
        ),
    )


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("password_hash", "said"),
    [
        ("$argon2id$x", "the one whose hash CRISIS_DUTY_PASSWORD_HASH holds"),
        (
            "",
            (
                f"in {{folder}}/data/{own_password.FILE}, for this machine only;"
                " `crisis password` sets one of your own"
            ),
        ),
    ],
)
def test_serve_that_was_not_refused_says_where_it_is(
    ada: CommandLine, password_hash: str, said: str
) -> None:
    port = free_port()
    with subprocess.Popen(
        (*PROGRAM, "--port", str(port)),
        cwd=ada.folder,
        env={**_variables(ada), "CRISIS_DUTY_PASSWORD_HASH": password_hash},
        stderr=subprocess.PIPE,
        text=True,
    ) as house:
        assert house.stderr is not None
        lines = [house.stderr.readline() for _ in range(3)]
        house.terminate()

    assert lines == [
        (
            f"crisis starts on http://127.0.0.1:{port}, data in {ada.folder}/data;"
            " Ctrl-C stops it\n"
        ),
        f"Pages: http://127.0.0.1:{port}/\n",
        f"Duty password: {said.format(folder=ada.folder)}\n",
    ]
    assert house.returncode == 0
