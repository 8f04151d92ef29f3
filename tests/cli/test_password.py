"""The line that sets the duty password."""

from pathlib import Path

from click.testing import CliRunner

from crisis.cli.main import crisis
from crisis.settings import load_settings
from crisis.web.access import is_password


def _opens(line: str, password: str, folder: Path) -> bool:
    env = folder / ".env"
    env.write_text(line, encoding="utf-8")
    given = load_settings(env_file=env).duty_password_hash.get_secret_value()
    return is_password(password, password_hash=given)


def test_password_is_asked_twice_and_never_shown(tmp_path: Path) -> None:
    result = CliRunner().invoke(crisis, ["password"], input="probe one\nprobe one\n")

    assert (result.exit_code, result.stderr) == (0, "Duty password: \nOnce more: \n")
    assert result.stdout.count("\n") == 1
    assert result.stdout.startswith("CRISIS_DUTY_PASSWORD_HASH='$argon2id$")
    assert _opens(result.stdout, "probe one", tmp_path)
    assert not _opens(result.stdout, "probe two", tmp_path)


def test_password_that_is_typed_differently_is_asked_again(tmp_path: Path) -> None:
    result = CliRunner().invoke(crisis, ["password"], input="one\ntwo\nprobe\nprobe\n")

    assert result.exit_code == 0
    assert _opens(result.stdout, "probe", tmp_path)


def test_password_is_read_from_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(crisis, ["password", "--stdin"], input="probe $x 'y'\nmore\n")

    assert (result.exit_code, result.stderr) == (0, "")
    assert _opens(result.stdout, "probe $x 'y'", tmp_path)


def test_no_password_is_refused() -> None:
    result = CliRunner().invoke(crisis, ["password", "--stdin"], input="", prog_name="crisis")

    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        "no password came; give one line on stdin\n",
    )
