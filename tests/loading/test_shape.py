"""However many mistakes of shape a file holds, the first are listed and no memory is filled."""

from crisis.loading.located import Document, YamlValue
from crisis.loading.shape import FileModel, check_shape


class Item(FileModel):
    """One entry."""

    a: int


class Items(FileModel):
    """A file of entries."""

    items: list[Item]


def a_document(*, sound: int, bad: int) -> Document:
    """Return a document of some sound entries, and bad ones after them."""
    good: list[YamlValue] = [{"a": 1} for _ in range(sound)]
    items: list[YamlValue] = [*good, *({} for _ in range(bad))]
    return Document(path="a.yaml", data={"items": items}, values={}, keys={})


def found(document: Document) -> list[tuple[str, str]]:
    """Return code and message of what is wrong."""
    written, problems = check_shape(document, Items)
    assert written is None
    return sorted((problem.code, problem.message) for problem in problems)


def test_few_mistakes_are_listed_all() -> None:
    assert found(a_document(sound=3, bad=2)) == [
        ("SH002", "missing key `a` in `items[3]`"),
        ("SH002", "missing key `a` in `items[4]`"),
    ]


def test_of_many_mistakes_those_in_the_beginnings_are_listed() -> None:
    assert found(a_document(sound=90, bad=20_000)) == [
        ("SH002", f"missing key `a` in `items[{n}]`") for n in range(90, 100)
    ]


def test_many_mistakes_after_a_sound_beginning_are_found_all_the_same() -> None:
    listed = found(a_document(sound=100, bad=20_000))

    assert len(listed) == 200
    assert ("SH002", "missing key `a` in `items[100]`") in listed


def test_of_mistakes_beyond_counting_their_number_is_told() -> None:
    assert found(a_document(sound=100, bad=100_001)) == [
        ("YA002", "100,001 mistakes of shape are more than can be listed")
    ]
