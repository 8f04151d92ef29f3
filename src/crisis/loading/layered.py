"""
Several files as one tree in which every value remembers its file, its place and its layer.

A `Node` is a value with its place and the source that set it; `before` is what it
overrides. `flattened` makes a document of a tree, so that a merged playbook goes
through the same checks as one file, and every mistake is reported where it stands.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from crisis.loading.located import Document
from crisis.loading.yaml_builder import Loc, Place, YamlValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file that set a value; `region` is empty for the playbook itself."""

    id: str
    version: str
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A value in a tree of layers; `key` is where its key stands, if it has one."""

    value: "dict[str, Node] | list[Node] | bool | int | float | str | None"
    place: Place
    source: Source
    key: Place | None = None
    before: "Node | None" = None

    @property
    def fields(self) -> "dict[str, Node]":
        """What a mapping holds; empty for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> "list[Node]":
        """What a list holds; a single value stands for a list of one."""
        if isinstance(self.value, list):
            return self.value
        return [] if self.value is None else [self]

    @property
    def data(self) -> YamlValue:
        """The value as plain data."""
        if isinstance(self.value, dict):
            return {key: node.data for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.data for node in self.value]
        return self.value

    def over(self, before: "Node | None") -> "Node":
        """Return this value where it overrides another; None where it is new."""
        return replace(self, before=before)

    def holding(self, value: "dict[str, Node] | list[Node]") -> "Node":
        """Return this node with another content."""
        return replace(self, value=value)


def grown(document: Document, source: Source) -> Node:
    """Return a file as a tree of nodes."""
    return _grown(document, (), document.data, source)


def _grown(document: Document, loc: Loc, data: YamlValue, source: Source) -> Node:
    value: dict[str, Node] | list[Node] | bool | int | float | str | None
    if isinstance(data, dict):
        value = {key: _grown(document, (*loc, key), held, source) for key, held in data.items()}
    elif isinstance(data, list):
        value = [_grown(document, (*loc, i), held, source) for i, held in enumerate(data)]
    else:
        value = data
    key = document.keys.get(loc)
    return Node(
        value=value,
        place=replace(document.place(loc), path=document.path),
        key=None if key is None else replace(key, path=document.path),
        source=source,
    )


def flattened(tree: Node, *, path: str) -> Document:
    """Return a tree as one document; `path` is the file for what stands in none."""
    values: dict[Loc, Place] = {}
    keys: dict[Loc, Place] = {}
    _flatten(tree, (), values, keys)
    data = tree.data
    assert isinstance(data, dict)  # noqa: S101 -- a file begins with a mapping; the reader saw to it
    return Document(path=path, data=data, values=values, keys=keys)


def _flatten(node: Node, loc: Loc, values: dict[Loc, Place], keys: dict[Loc, Place]) -> None:
    values[loc] = node.place
    if node.key is not None:
        keys[loc] = node.key
    if isinstance(node.value, dict):
        for key, below in node.value.items():
            _flatten(below, (*loc, key), values, keys)
    elif isinstance(node.value, list):
        for index, below in enumerate(node.value):
            _flatten(below, (*loc, index), values, keys)


def pruned(tree: Node, refused: Collection[Loc]) -> Node:
    """Return a tree without what stands at some locs."""
    return _pruned(tree, (), frozenset(refused)) if refused else tree


def _pruned(node: Node, loc: Loc, refused: frozenset[Loc]) -> Node:
    if isinstance(node.value, dict):
        return node.holding(
            {
                key: _pruned(below, (*loc, key), refused)
                for key, below in node.value.items()
                if (*loc, key) not in refused
            }
        )
    if isinstance(node.value, list):
        return node.holding(
            [
                _pruned(below, (*loc, index), refused)
                for index, below in enumerate(node.value)
                if (*loc, index) not in refused
            ]
        )
    return node
