"""`crisis password`: the line that sets the duty password."""

import click

from crisis.cli import output


@click.command()
@click.option(
    "--stdin", "from_stdin", is_flag=True, help="Read the password as one line, without asking."
)
def password(*, from_stdin: bool) -> None:
    """
    Hash a duty password for .env.

    Asks twice, shows nothing of what is typed, and prints the line to put into
    the file .env. The password itself is stored nowhere. Then start
    `crisis serve` again.
    """
    from crisis.settings import variable

    given = _one_line() if from_stdin else _asked()
    # Single quotes keep the dollar signs of the hash from being read as variables.
    output.say(f"{variable('duty_password_hash')}='{_hash(given)}'")


def _one_line() -> str:
    import sys

    from crisis.errors import UsageError

    given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        raise UsageError("no password came; give one line on stdin")
    return given


def _asked() -> str:
    # Asked on stderr: stdout carries the line alone and may be sent into a file.
    answer: str = click.prompt(
        "Duty password", hide_input=True, confirmation_prompt="Once more", err=True
    )
    return answer


def _hash(given: str) -> str:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash((Argon2Hasher(),)).hash(given)
