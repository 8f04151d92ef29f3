"""Closing pages whose links fell into wrong hands."""

import pytest

from crisis.errors import LinkGoneError
from crisis.usecases.answering import follow_link
from tests.cli.desk import CommandLine

LOST = ("--reason", "Link weitergeleitet")


@pytest.fixture
def risen(opened: CommandLine) -> CommandLine:
    """Return Ada's command line after the police and its deputy were asked in S2."""
    opened.clock.advance(minutes=11)
    opened.screen("incident", "note", "last", "weiter")
    return opened


def _open_pages(ada: CommandLine, step: str) -> dict[str, bool]:
    """Return whether each contact's page of a step opens, by the channels written to."""
    links = {sent.channel: sent.link for sent in ada.sender.sent if f"/{step}/" in sent.id}
    return {
        channel: _opens(ada, link.rpartition("/")[2]) for channel, link in sorted(links.items())
    }


def _opens(ada: CommandLine, token: str) -> bool:
    with ada.world() as world:
        try:
            follow_link(world.desk, token)
        except LinkGoneError:
            return False
        return True


def test_revoke_closes_all_pages_of_the_only_partner(risen: CommandLine) -> None:
    before = _open_pages(risen, "S2")

    result = risen.run("incident", "revoke", "last", "S2", *LOST, "--by", "ada")

    assert (result.exit_code, result.stdout) == (
        0,
        "S2: closed the page of police-duty, desk-head.\n",
    )
    assert (set(before.values()), len(before)) == ({True}, 3)
    assert _open_pages(risen, "S2") == dict.fromkeys(before, False)
    assert set(_open_pages(risen, "S1").values()) == {True}


def test_revoke_closes_the_page_of_one_contact(risen: CommandLine) -> None:
    one = ("incident", "revoke", "last", "S2", "--partner", "police", "--contact", "desk-head")

    first, again = risen.run(*one, *LOST), risen.run(*one, *LOST)
    rest = risen.screen("incident", "revoke", "last", "S2", *LOST)

    assert first.stdout == "S2: closed the page of desk-head.\n"
    assert (again.exit_code, again.stderr) == (
        4,
        "these pages are closed already: desk-head; nothing was changed\n",
    )
    assert rest.startswith("S2: closed the page of police-duty.\n")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("S9x",), 3, "there is no step 'S9x'; there are: S1, S2, S3, S9\n"),
        (("S3",), 4, "S3 has not begun: nobody was asked yet\n"),
        (
            ("S2", "--contact", "eve"),
            3,
            "'eve' was given no link for S2; these were: police-duty\n",
        ),
        (
            ("S2", "--partner", "desk"),
            3,
            "S2 was not asked of 'desk'; it was asked of: police\n",
        ),
    ],
)
def test_revoke_of_what_is_not_there_says_what_is(
    opened: CommandLine, words: tuple[str, ...], code: int, message: str
) -> None:
    result = opened.run("incident", "revoke", "last", *words, *LOST)

    assert (result.exit_code, result.stdout, result.stderr) == (code, "", message)


def test_revoke_closes_the_page_of_an_ask_outside_the_playbook(opened: CommandLine) -> None:
    opened.screen("incident", "ask", "last", "police", "--text", "Wo?", "--reason", "fehlt")

    result = opened.run("incident", "revoke", "last", "X01", *LOST)

    assert (result.exit_code, result.stdout) == (0, "X01: closed the page of police-duty.\n")
