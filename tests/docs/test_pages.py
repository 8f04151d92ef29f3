"""What the pages promise exists: links, chores, commands."""

import re
from pathlib import Path

import click
import pytest

from tests.docs.pages import ROOT, anchors, commands, links, markdown
from tools.reference.command import root_command

PAGES = markdown()


def chores() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", text, flags=re.MULTILINE))


def is_command(words: tuple[str, ...]) -> bool:
    """Return whether words call a command; what follows a command is its arguments."""
    command: click.Command | None = root_command()
    for word in words:
        if not isinstance(command, click.Group):
            return True
        command = command.get_command(click.Context(command), word)
    return command is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_link_to_what_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    broken = []
    for to in links(text):
        place, _, anchor = to.partition("#")
        target = (page.parent / place).resolve() if place else page
        if not target.exists() or (
            anchor and anchor not in anchors(target.read_text(encoding="utf-8"))
        ):
            broken.append(to)

    assert broken == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[str](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if str(page) in reached or page.suffix != ".md":
            continue
        reached.add(str(page))
        found = (to.partition("#")[0] for to in links(page.read_text(encoding="utf-8")))
        waiting += [(page.parent / place).resolve() for place in found if place]

    assert [str(page.relative_to(ROOT)) for page in PAGES if str(page) not in reached] == []


def test_pages_name_chores_that_exist() -> None:
    shown = {words[0] for page in PAGES for words in commands(page.read_text("utf-8"), "make")}

    assert {"demo", "test"} <= shown
    assert shown - chores() == set()


def test_pages_name_commands_that_exist() -> None:
    shown = {words for page in PAGES for words in commands(page.read_text("utf-8"), "crisis")}

    assert ("incident", "open") in {words[:2] for words in shown}
    assert sorted(words for words in shown if not is_command(words)) == []
