"""
Where a value of a playbook comes from: the layers that set it, the most local first.

    T0+4h (overlay 14626 over sn-mass-casualty 1.0.0: T0+6h)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crisis.core.contact import FEDERAL, Directory, Partner, holders, nearness
from crisis.core.playbook import Playbook, Step
from crisis.errors import NotFoundError
from crisis.loading.layered import Node, Source
from crisis.loading.overlay_merge import id_of
from crisis.loading.shape import did_you_mean
from crisis.loading.yaml_builder import Place, YamlValue

# What people say on the telephone, for the keys of the file (`playbooks.md` §7.3).
SPOKEN = {
    "frist": "within",
    "wer": "who",
    "wann": "start",
    "bedingung": "when",
    "kanal": "via",
    "nachricht": "message",
    "grundlage": "basis",
    "leiter": "escalate",
    "partner": "partner",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One layer's word on a value; `region` is empty for the playbook itself."""

    layer: str
    version: str
    region: str
    value: YamlValue
    place: Place

    @property
    def name(self) -> str:
        """The layer as people name it: `overlay 14626`, or the playbook with its version."""
        return f"overlay {self.region}" if self.region else f"{self.layer} {self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A value with everybody who set it, the one in force first."""

    subject: str
    settings: tuple[Setting, ...]

    @property
    def text(self) -> str:
        """The value in force, and what it overrides, in one line."""
        now, *before = self.settings
        over = ", ".join(f"over {one.name}: {inline(one.value)}" for one in before)
        return f"{inline(now.value)} ({' '.join(filter(None, (now.name, over)))})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    Who is asked in a role: by a binding of a layer, or as the contacts say.

    `region` is where, empty for all who hold the role anywhere; then each name carries
    the regions (AGS prefixes) in which it does. Without a role they are those of earlier
    steps, told in `earlier`.
    """

    role: str
    partners: tuple[str, ...]
    names: tuple[str, ...]
    binding: Setting | None
    by: str
    region: str = ""
    earlier: str = ""

    @property
    def text(self) -> str:
        """Who is asked, and why it is them, in one line."""
        if self.earlier:
            return f"{self.earlier} ({self.by})"
        who = (", " if self.region else "; ").join(self.names) or "nobody"
        source = "contacts" if self.binding is None else self.binding.name
        return f"{who} ({source}; role {self.role} of {self.by})"


def explained(tree: Node, step: str, keys: Sequence[str]) -> Explanation:
    """
    Return where a value of a step comes from; `keys` lead down from the step.

    Raises:
        NotFoundError: there is no such step or key; the message lists what exists.
    """
    node = _step(tree, step)
    for depth, key in enumerate(keys):
        known = SPOKEN.get(key, key)
        if known not in node.fields:
            above = ".".join((step, *keys[:depth]))
            hint = did_you_mean(key, node.fields)
            raise NotFoundError(f"{above} does not set `{key}`; {hint}")
        node = node.fields[known]
    return Explanation(subject=".".join((step, *keys)), settings=_settings(node))


def keys_of(tree: Node, step: str) -> tuple[str, ...]:
    """
    Return the keys that a step sets, in the order of the file.

    Raises:
        NotFoundError: there is no such step; the message lists what exists.
    """
    return tuple(key for key in _step(tree, step).fields if key != "id")


def step_ids(tree: Node) -> tuple[str, ...]:
    """Return the ids of all steps in the order of the file."""
    return tuple(id_of(step) for step in _steps(tree))


def changed_by_layers(tree: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each step that a layer touched, with the keys it set there."""
    touched = (
        (id_of(step), tuple(key for key, node in step.fields.items() if node.source.region))
        for step in _steps(tree)
    )
    return tuple((step, keys) for step, keys in touched if keys)


def asked_in(
    tree: Node, playbook: Playbook, step: Step, directory: Directory, *, region: str
) -> tuple[Asked, ...]:
    """
    Return who a step asks in a region (an AGS key), role by role; empty: wherever it holds.

    `directory` is the bound one, see `core/binding.py`.
    """
    bind = tree.fields["bind"].fields if "bind" in tree.fields else {}
    by = f"{playbook.id} {playbook.version}"
    found = [
        Asked(
            role=role,
            partners=tuple(one.id for one in held),
            names=tuple(_named(one, everywhere=not region) for one in held),
            binding=_setting(bind[role]) if role in bind else None,
            by=by,
            region=region,
        )
        for role in step.roles
        for held in [_holders(directory, role, region=region, within=playbook.region)]
    ]
    return (*found, *_of_earlier_steps(playbook, step, by=by, region=region))


def _holders(directory: Directory, role: str, *, region: str, within: str) -> tuple[Partner, ...]:
    if region:
        return holders(directory, role, region=region)
    return tuple(
        one
        for one in directory.partners
        if role in one.roles
        and (within == FEDERAL or nearness(one, within) or _lies_in(one.regions, within))
    )


def _lies_in(regions: tuple[str, ...], within: str) -> bool:
    return any(region.startswith(within) for region in regions)


def _named(partner: Partner, *, everywhere: bool) -> str:
    name = partner.name.de
    return f"{name} in {', '.join(partner.regions)}" if everywhere else name


def _of_earlier_steps(playbook: Playbook, step: Step, *, by: str, region: str) -> Iterator[Asked]:
    told = [
        f"whoever was {word} in {', '.join(steps)}"
        for word, steps in (("reached", step.reached_in), ("asked", step.asked_in))
        if steps
    ]
    if step == playbook.stand_down:
        told.append("whoever was contacted")
    for earlier in told:
        yield Asked(
            role="", partners=(), names=(), binding=None, by=by, region=region, earlier=earlier
        )


def inline(value: YamlValue) -> str:
    """Return a value on one line, as an author could write it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {inline(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(held) for held in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value is None else str(value)


def _steps(tree: Node) -> list[Node]:
    phases = tree.fields["phases"].items
    steps = [step for phase in phases for step in phase.fields["steps"].items]
    return [*steps, tree.fields["stand_down"]]


def _step(tree: Node, wanted: str) -> Node:
    steps = {id_of(step): step for step in _steps(tree)}
    if wanted not in steps:
        playbook = id_of(tree)
        hint = did_you_mean(wanted, steps)
        raise NotFoundError(f"{playbook} has no step `{wanted}`; {hint}")
    return steps[wanted]


def _settings(node: Node) -> tuple[Setting, ...]:
    found: list[Setting] = []
    here: Node | None = node
    while here is not None:
        found.append(_setting(here))
        here = here.before
    return tuple(found)


def _setting(node: Node) -> Setting:
    source: Source = node.source
    return Setting(
        layer=source.id,
        version=source.version,
        region=source.region,
        value=node.data,
        place=node.place,
    )
