"""`crisis playbook new`: begin a playbook from a template, or from another one."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from crisis.cli import output
from crisis.errors import CrisisError, UsageError

if TYPE_CHECKING:
    from crisis.workshop import Workshop
    from crisis.workshop.drafting import Drafted

Value = TypeVar("Value")
_FIRST = "five-steps"


@click.command()
@click.argument("playbook_id", metavar="[ID]", required=False)
@click.option(
    "--from",
    "source",
    metavar="TEMPLATE|PLAYBOOK",
    help="What it begins as: a template such as five-steps, a playbook, or a path to a file.",
)
@click.option("--title-de", metavar="TEXT", help="What people call it, in German.")
@click.option("--title-en", metavar="TEXT", help="What people call it, in English.")
@click.option(
    "--region",
    metavar="R",
    help="Where it holds: an official key (AGS) or a name.  [default: as in what it begins as]",
)
def new(
    playbook_id: str | None,
    source: str | None,
    title_de: str | None,
    title_en: str | None,
    region: str | None,
) -> None:
    """
    Begin a playbook that passes the check at once.

    Writes ID.yaml into the folder of CRISIS_PLAYBOOKS_DIR, and the rehearsals that its
    source has. Comments are kept; id, title, region, version (0.1.0) and review date (in a
    year) are new. On a terminal it asks for what is missing.

    Nothing is ever overwritten (exit code 4). What would not pass the check is not left
    there (exit code 1).
    """
    from crisis.cli.door import workshop
    from crisis.workshop.drafting import Wish, draft, source_of

    shop = workshop()
    known = _known(shop)
    given = {"ID": playbook_id, "--from": source, "--title-de": title_de}
    missing = [name for name, value in given.items() if value is None]
    asking = bool(missing) and sys.stdin.isatty()
    if missing and not asking:
        raise UsageError(f"say {', '.join(missing)} too; templates and playbooks: {_list(known)}")
    if asking:
        output.say(f"Templates and playbooks to begin with: {_list(known)}")
    name = _given(playbook_id, "Id of the new playbook", _id)
    file = _given(source, "Begin as", lambda text: source_of(text, known), default=_FIRST)
    german = _given(title_de, "Title in German", _title)
    english = title_en
    if asking and english is None:
        english = click.prompt("Title in English", default="", show_default=False)
    where = _given(region or ("" if not asking else None), "Region, or nothing", _region)
    done = draft(
        shop,
        Wish(
            id=name, source=file, title_de=german, title_en=(english or "").strip(), region=where
        ),
    )
    _show(done)


def _given(
    value: str | None, question: str, read: Callable[[str], Value], *, default: str = ""
) -> Value:
    """Return what was given, or what is answered; a wrong answer is asked for again."""
    if value is not None:
        return read(value)
    while True:
        answer = click.prompt(question, default=default, show_default=bool(default))
        try:
            return read(answer)
        except CrisisError as error:
            output.complain(str(error))


def _id(text: str) -> str:
    from crisis.workshop.drafting import require_id

    return require_id(text)


def _title(text: str) -> str:
    if not text.strip():
        raise UsageError("the title is empty; say what people call it")
    return text.strip()


def _region(text: str) -> str:
    from crisis.cli.region import read_region

    return read_region(text) if text else ""


def _known(shop: "Workshop") -> dict[str, Path]:
    from crisis.cli.shipped import shipped_root
    from crisis.workshop.drafting import TEMPLATES, sources

    return sources(shop, (shipped_root() / "playbooks" / TEMPLATES,))


def _list(known: dict[str, Path]) -> str:
    return ", ".join(known) or "none"


def _show(done: "Drafted") -> None:
    for file in done.files:
        output.say(f"{file}: written")
    for file in done.left_out:
        output.say(f"{file}: left out, because it is about another region")
    output.say(done.findings.text)
    output.say("Next:")
    output.say(f"  crisis playbook check {done.files[0]} --watch")
