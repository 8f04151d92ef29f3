"""The phrases that are read aloud."""

from datetime import timedelta

import pytest
from pydantic_core import PydanticCustomError

from crisis.core.playbook import Completion
from crisis.loading.phrases import (
    CompletePhrase,
    StartPhrase,
    WhoPhrase,
    parse_complete,
    parse_start,
    parse_who,
)

HALF_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("T0", StartPhrase()),
        ("T0+30m", StartPhrase(offset=HALF_HOUR)),
        ("T0-14d", StartPhrase(offset=-timedelta(days=14))),
        ("V", StartPhrase(occasion="V")),
        ("V+30m", StartPhrase(occasion="V", offset=HALF_HOUR)),
        ("with A01", StartPhrase(same_as="A01")),
        ("after A04", StartPhrase(after=("A04",))),
        ("30m after A04", StartPhrase(after=("A04",), offset=HALF_HOUR)),
        ("after all of A02, A03", StartPhrase(after=("A02", "A03"))),
        (
            "after any of A02, C-A45, latest T0+30m",
            StartPhrase(after=("A02", "C-A45"), mode="any", latest=HALF_HOUR),
        ),
        ("after A20, latest T0", StartPhrase(after=("A20",), latest=timedelta())),
    ],
)
def test_parse_start_reads(text: str, phrase: StartPhrase) -> None:
    assert parse_start(text) == phrase


@pytest.mark.parametrize(
    "text", ["", None, 3, "now", "after", "after A1 A2", "after A02, A03", "with A1, A2", "t0"]
)
def test_parse_start_refuses(text: object) -> None:
    with pytest.raises(PydanticCustomError, match="not a start"):
        parse_start(text)


@pytest.mark.parametrize(
    ("value", "phrase"),
    [
        ("OB-L", WhoPhrase(roles=("OB-L",))),
        (["KRS", "PSNV-L"], WhoPhrase(roles=("KRS", "PSNV-L"))),
        ("reached in A10..A17", WhoPhrase(earlier=(("A10", "A17"),), reached=True)),
        ("asked in A01, A10..A17", WhoPhrase(earlier=(("A01", "A01"), ("A10", "A17")))),
    ],
)
def test_parse_who_reads(value: object, phrase: WhoPhrase) -> None:
    assert parse_who(value) == phrase


@pytest.mark.parametrize("value", ["", [], None, 3, ["a b"], [["OB-L"]], "reached in", "all"])
def test_parse_who_refuses(value: object) -> None:
    with pytest.raises(PydanticCustomError):
        parse_who(value)


def test_parse_complete_reads() -> None:
    assert [parse_complete(text) for text in ("all", "any", "quorum 2")] == [
        CompletePhrase(),
        CompletePhrase(completion=Completion.ANY),
        CompletePhrase(completion=Completion.QUORUM, quorum=2),
    ]


@pytest.mark.parametrize("text", ["", None, "quorum 0", "quorum two", "most"])
def test_parse_complete_refuses(text: object) -> None:
    with pytest.raises(PydanticCustomError, match="not a number of partners"):
        parse_complete(text)
