"""A file as a tree, with a value somewhere replaced, moved, doubled, damaged or taken away."""

from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from random import Random  # noqa: TID251 -- chance is what this is for; its seed is printed

Tree = None | bool | int | float | str | list["Tree"] | dict[str, "Tree"]
Way = tuple[str | int, ...]

# What has a meaning somewhere, and is wrong, extreme or hostile elsewhere.
_HOLLOW: tuple[Tree, ...] = ([], {}, [[]], {"": 1}, {"de": "x"})
_VALUES: tuple[Tree, ...] = (
    *(None, True, 0, -1, 10**17, 1.5, "", "x", "de", "14", *_HOLLOW),
    *("T0", "T0+30m", "T0-14d", "PT5M", "0m", "-5m", "99999999999d", "after A01", "1/day", "0/1s"),
    *("2026-02-30", "0001-01-01T00:00+14:00", "9999-12-31T23:59+00:00", "25:00-26:00", "24:00"),
    *(
        "{partner}",
        "{",
        "\x1b[2J",
        "\u202e",
        "a\nb",
        "\U0001f600",
        "\u0663m",
        "\u00b2",
        "a" * 3000,
    ),
    *("json://[::1", "mailto://x@", "http://[", "+49", "FREQ=SECONDLY", "FREQ=YEARLY;BYDAY=99MO"),
)
_BITS = ("0", "9", "-", "{", "\u0663", ":", ",", " ", "/", "T", "\n", "\u00e9", "999999999")


def mutated(tree: Tree, other: Tree, *, by: Random) -> Tree:
    """Return a copy of a tree with one to four changes; `other` lends values of its own."""
    changed = deepcopy(tree)
    for _ in range(by.choice((1, 1, 1, 2, 4))):
        changed = _changed(changed, other, by)
    return changed


def ways(tree: Tree, so_far: Way = ()) -> Iterator[Way]:
    """Yield the way to every value of a tree, its own first."""
    yield so_far
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from ways(value, (*so_far, key))
    elif isinstance(tree, list):
        for place, value in enumerate(tree):
            yield from ways(value, (*so_far, place))


def value_at(tree: Tree, way: Way) -> Tree:
    """Return the value that a way leads to."""
    for part in way:
        tree = tree[part]  # type: ignore[index]  # -- the way was made from this tree
    return tree


def _changed(tree: Tree, other: Tree, by: Random) -> Tree:
    way = by.choice(list(ways(tree)))
    value = value_at(tree, way)
    match by.choice(("value", "away", "twice", "bit", "alike", "alike", "wrapped")):
        case "away" if way:
            return _without(tree, way)
        case "twice" if way and isinstance(way[-1], int):
            return _put(tree, way[:-1], [*_list(tree, way[:-1]), deepcopy(value)])
        case "bit" if isinstance(value, str):
            place = by.randrange(len(value) + 1)
            return _put(tree, way, value[:place] + by.choice(_BITS) + value[place + 1 :])
        case "alike" if alike := _alike(other, way):
            return _put(tree, way, deepcopy(value_at(other, by.choice(alike))))
        case "wrapped":
            return _put(tree, way, [value])
        case _:
            return _put(tree, way, deepcopy(by.choice(_VALUES)))


def _alike(other: Tree, way: Way) -> list[Way]:
    """Return the ways of another tree that end in the same key."""
    found: dict[object, list[Way]] = defaultdict(list)
    for one in ways(other):
        found[_key(one)].append(one)
    return found[_key(way)]


def _key(way: Way) -> object:
    return next((part for part in reversed(way) if isinstance(part, str)), None)


def _list(tree: Tree, way: Way) -> list[Tree]:
    found = value_at(tree, way)
    assert isinstance(found, list)  # noqa: S101 -- the way went on by a number
    return found


def _put(tree: Tree, way: Way, value: Tree) -> Tree:
    if not way:
        return value
    parent = value_at(tree, way[:-1])
    parent[way[-1]] = value  # type: ignore[index]  # -- as in `value_at`
    return tree


def _without(tree: Tree, way: Way) -> Tree:
    parent = value_at(tree, way[:-1])
    del parent[way[-1]]  # type: ignore[union-attr,arg-type]  # -- as in `value_at`
    return tree
