"""The whole program: its help, its exit codes, its last door."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from crisis.cli.failure import report
from crisis.cli.lazy import LazyGroup, Place
from crisis.cli.main import House, crisis
from tests.cli.desk import CommandLine

PROGRAM = (sys.executable, "-m", "crisis")
# Loaded by nothing that only prints help.
HEAVY = {"rich", "pydantic", "sqlalchemy", "apprise", "jinja2", "yaml", "prefect", "babel"}


def _run(*words: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (*PROGRAM, *words),
        cwd=cwd,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _groups(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from _groups(command, click.Context(command, info_name=name, parent=context))


def _lazy() -> list[LazyGroup]:
    found = [crisis, *(command for _, command in _groups(crisis, click.Context(crisis)))]
    return [group for group in found if isinstance(group, LazyGroup)]


def test_help_lists_the_commands_and_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from crisis.cli.main import main\n"
        "sys.argv = ['crisis', '--help']\n"
        "try:\n    main()\n"
        "finally:\n    print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)\n"
    )

    ran = subprocess.run(
        (sys.executable, "-c", code), cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert re.findall(r"^  (\w+) +\w", ran.stdout.partition("Commands:")[2], re.MULTILINE) == [
        *("init", "demo", "password", "serve", "status", "playbook", "contacts", "agreement"),
        *("incident", "report", "alarm", "log", "retention"),
    ]
    assert HEAVY & set(ran.stderr.split()) == set()


def test_lines_of_help_are_the_commands_own_words() -> None:
    for group in _lazy():
        context = click.Context(group)
        shown = {name: place.short_help for name, place in group.places.items()}
        written = {}
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            written[name] = (command.help or "").strip().partition("\n")[0]
        assert shown == written


def test_every_command_and_option_has_words() -> None:
    for name, command in _groups(crisis, click.Context(crisis)):
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, (name, parameter.name)


def test_verbs_take_by_and_those_that_can_be_late_take_at() -> None:
    group = crisis.get_command(click.Context(crisis), "incident")
    assert isinstance(group, click.Group)
    context = click.Context(group)
    takes = {}
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        takes[name] = {o for p in command.params for o in p.opts} & {"--by", "--at", "--json"}

    assert takes == {
        "open": {"--by", "--json"},
        "list": {"--json"},
        "show": {"--json"},
        "tasks": {"--json"},
        "needs": {"--json"},
        "log": {"--json"},
        "compare": {"--json"},
        "ack": {"--by", "--at", "--json"},
        "decline": {"--by", "--at", "--json"},
        "answer": {"--by", "--at", "--json"},
        "sign": {"--by", "--at", "--json"},
        "decide": {"--by", "--at", "--json"},
        "set": {"--by", "--at", "--json"},
        "bulletin": {"--by", "--at", "--json"},
        "consent": {"--by", "--at", "--json"},
        "move-start": {"--by", "--json"},
        "start": {"--by", "--at", "--json"},
        "skip": {"--by", "--json"},
        "ask": {"--by", "--json"},
        "publish": {"--by", "--at", "--json"},
        "hand-over": {"--by", "--at", "--json"},
        "note": {"--by", "--at", "--json"},
        "complain": {"--by", "--json"},
        "complaints": {"--json"},
        "task": {"--by", "--at", "--json"},
        "revoke": {"--by", "--json"},
        "stand-down": {"--by", "--json"},
        "close": {"--by", "--json"},
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("incidnet", "list"), "Error: No such command `incidnet`; did you mean `incident`?"),
        (("incident", "lst"), "Error: No such command `lst`; did you mean `list`?"),
        (("playbook", "chek"), "Error: No such command `chek`; did you mean `check`?"),
    ],
)
def test_a_mistyped_command_is_answered_with_the_nearest(
    words: tuple[str, ...], said: str
) -> None:
    result = CliRunner().invoke(crisis, words, prog_name="crisis")

    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, said)


def test_version_is_that_of_the_package() -> None:
    result = CliRunner().invoke(crisis, ["--version"], prog_name="crisis")

    assert result.stdout == f"crisis {version('crisis')}\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("playbook", "explain", "YA001"), 0, ""),
        (("contacts", "who", "POL-FLZ", "--region", "14626"), 1, ""),
        (("fly",), 2, "Error: No such command 'fly'."),
        (("incident", "show", "none"), 3, "there is no incident 'none'; there are: none yet"),
        (("report", "build", "none", "--format", "pdf"), 4, "the report as PDF comes with"),
    ],
)
def test_program_ends_with_the_exit_code_of_its_error(
    ada: CommandLine, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = _run(*words, cwd=ada.folder, **ada.variables)

    assert ran.returncode == code
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


@click.command()
def fall() -> None:
    """Fall over something that nobody foresaw."""
    raise KeyError("Frau Muster, token 123")


FALLING = House("crisis", places={"fall": Place(f"{__name__}:fall", "Fall over something.")})


def test_unforeseen_errors_become_one_line_and_a_file_without_their_words(
    ada: CommandLine,
) -> None:
    (ada.folder / "data").mkdir()

    result = CliRunner().invoke(FALLING, ["fall"], env=ada.variables)

    file = ada.folder / "data" / "last-failure.txt"
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"crisis met an error it does not know (KeyError); {file} says where;"
        " CRISIS_DEBUG=1 shows all of it.\n"
    )
    noted = file.read_text(encoding="utf-8")
    assert noted.endswith("KeyError\n")
    assert "in fall" in noted
    assert "token 123" not in noted.replace('raise KeyError("Frau Muster, token 123")', "")


def test_unforeseen_errors_are_told_where_no_file_can_be_written(
    ada: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ada.variables.items():
        monkeypatch.setenv(name, value)

    assert report(KeyError("x")) == (
        "crisis met an error it does not know (KeyError);"
        " run it again with CRISIS_DEBUG=1 to see where."
    )


def test_unforeseen_errors_show_all_to_a_developer(ada: CommandLine) -> None:
    env = {**ada.variables, "CRISIS_DEBUG": "1"}

    result = CliRunner().invoke(FALLING, ["fall"], env=env)

    assert isinstance(result.exception, KeyError)


def test_lazy_group_refuses_what_is_no_command() -> None:
    group = LazyGroup("x", places={"wrong": Place(f"{__name__}:PROGRAM", "")})

    with pytest.raises(TypeError):
        group.get_command(click.Context(group), "wrong")
    assert group.get_command(click.Context(group), "absent") is None
