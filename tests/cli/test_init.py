"""A working folder to begin with."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crisis.cli.main import crisis
from crisis.cli.setting_words import GROUPS, env_text
from crisis.cli.shipped import shipped_files, shipped_root
from crisis.settings import Settings, load_settings


def _init(*words: str) -> Result:
    return CliRunner().invoke(crisis, ("init", *words), prog_name="crisis")


def _files(folder: Path) -> list[str]:
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


def test_init_copies_what_is_shipped_and_says_what_comes_next(tmp_path: Path) -> None:
    house = tmp_path / "house"

    result = _init(str(house))

    assert result.exit_code == 0
    shipped = [str(file) for file in shipped_files(shipped_root())]
    assert _files(house) == sorted((*shipped, ".env"))
    assert (house / "data").is_dir()
    assert result.stdout.splitlines()[0] == f"{house} is ready."
    assert result.stdout.endswith(
        f"Next:\n  cd {house}\n  crisis playbook check\n  crisis contacts check\n"
        "  crisis playbook simulate sn-mass-casualty --region Dresden --at 19:20\n"
        "  crisis serve\n"
        "And in a second terminal, in the same folder:\n"
        "  crisis incident open sn-mass-casualty --region Dresden --exercise\n"
    )


def test_init_ships_playbooks_template_and_example_contacts_only() -> None:
    shipped = list(shipped_files(shipped_root()))

    assert Path("playbooks/sn-mass-casualty.yaml") in shipped
    assert Path("playbooks/templates/five-steps.yaml") in shipped
    assert {"/".join(file.parts[:2]) for file in shipped if file.parts[0] == "contacts"} == {
        "contacts/example"
    }


def test_init_writes_settings_that_set_nothing_and_nobody_else_may_read(tmp_path: Path) -> None:
    _init(str(tmp_path))

    env = tmp_path / ".env"
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    assert load_settings(env_file=env) == load_settings(env_file=None)


def test_env_text_explains_every_setting_once() -> None:
    explained = [name for words in GROUPS.values() for name in words]

    assert explained == list(Settings.model_fields)
    assert "# the port the pages listen on\n# CRISIS_PORT=8080\n" in env_text()
    assert "# CRISIS_EXERCISE_CLOCK=false\n" in env_text()
    assert "# CRISIS_DATABASE_URL=\n" in env_text()


def test_env_text_is_read_when_a_line_is_uncommented(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text(env_text().replace("# CRISIS_PORT=8080", "CRISIS_PORT=8181"), "utf-8")

    assert load_settings(env_file=env).port == 8181


def test_init_twice_overwrites_nothing_and_lists_what_exists(tmp_path: Path) -> None:
    _init(str(tmp_path))
    mine = tmp_path / "playbooks" / "sn-mass-casualty.yaml"
    mine.write_text("mine", encoding="utf-8")
    before = _files(tmp_path)

    result = _init(str(tmp_path))

    first, *listed, last = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (4, "")
    assert first == "nothing was written, because these files exist and would be overwritten:"
    assert sorted(line.strip() for line in listed) == [str(tmp_path / file) for file in before]
    assert last == "Move them away, or name another folder."
    assert mine.read_text(encoding="utf-8") == "mine"


def test_init_beside_other_files_leaves_them_alone(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("mine", encoding="utf-8")

    assert _init(str(tmp_path)).exit_code == 0
    assert (tmp_path / "README").read_text(encoding="utf-8") == "mine"


def test_init_onto_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")

    result = _init(str(file))

    assert (result.exit_code, result.stderr) == (
        4,
        f"{file} is a file; name a folder, new or empty\n",
    )


def test_init_below_a_file_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")

    result = _init(str(file / "house"))

    assert (result.exit_code, result.stderr) == (
        5,
        (
            f"{file / 'house'} cannot be written to: Not a directory."
            " Give this user the right to, or name another folder.\n"
        ),
    )


def test_init_gives_a_folder_whose_files_pass_their_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _init(str(tmp_path))
    monkeypatch.chdir(tmp_path)

    for noun in ("playbook", "contacts"):
        result = CliRunner().invoke(crisis, (noun, "check"), prog_name="crisis")
        assert result.exit_code == 0, result.output
