"""`crisis init`: a working folder to begin with."""

import os
from pathlib import Path

import click

from crisis.cli import output
from crisis.errors import RefusedError, UnreachableError

ENV = Path(".env")
DATA = Path("data")
# The playbook that a new house is shown.
FIRST = "sn-mass-casualty"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=True))
def init(folder: Path) -> None:
    """
    Make a working folder to begin with.

    Copies the playbooks and the example contacts into DIR, writes a file .env in
    which every setting stands commented out, and makes an empty data folder.
    Nothing is ever overwritten: if any of these files exists, all is left as it
    was and the files are listed (exit code 4).
    """
    from crisis.cli.shipped import shipped_files, shipped_root

    root = shipped_root()
    copies = tuple(shipped_files(root))
    _refuse_existing(folder, (*copies, ENV))
    try:
        _copy(root, folder, copies)
        _write_env(folder / ENV)
        (folder / DATA).mkdir(exist_ok=True)
    except OSError as error:
        raise UnreachableError(
            f"{folder} cannot be written to: {os.strerror(error.errno or 0)}."
            " Give this user the right to, or name another folder."
        ) from None
    _show(folder, copies)


def _refuse_existing(folder: Path, wanted: tuple[Path, ...]) -> None:
    if folder.exists() and not folder.is_dir():
        raise RefusedError(f"{folder} is a file; name a folder, new or empty")
    existing = [str(folder / file) for file in wanted if (folder / file).exists()]
    if existing:
        raise RefusedError(
            "nothing was written, because these files exist and would be overwritten:\n"
            + "\n".join(f"  {file}" for file in existing)
            + "\nMove them away, or name another folder."
        )


def _copy(root: Path, folder: Path, copies: tuple[Path, ...]) -> None:
    for file in copies:
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((root / file).read_bytes())
    folder.mkdir(parents=True, exist_ok=True)


def _write_env(file: Path) -> None:
    from crisis.cli.setting_words import env_text

    # The file will hold passwords; nobody else needs to read it.
    file.touch(mode=0o600, exist_ok=False)
    file.write_text(env_text(), encoding="utf-8")


def _show(folder: Path, copies: tuple[Path, ...]) -> None:
    playbooks = sum(file.parts[0] == "playbooks" for file in copies)
    output.say(f"{folder} is ready.")
    output.pairs(
        {
            "  playbooks/": f"{playbooks} files",
            "  contacts/example/": f"{len(copies) - playbooks} files; invented, for exercises",
            "  .env": "every setting, commented out",
            "  data/": "the log and what the house writes",
        }
    )
    output.say()
    output.say("Next:")
    output.say(f"  cd {folder}")
    output.say("  crisis playbook check")
    output.say("  crisis contacts check")
    output.say(f"  crisis playbook simulate {FIRST} --region Dresden --at 19:20")
    output.say("  crisis serve")
    output.say("And in a second terminal, in the same folder:")
    output.say(f"  crisis incident open {FIRST} --region Dresden --exercise")
