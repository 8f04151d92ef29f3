"""
How a layer is laid over a playbook: later wins field by field, lists merge by id.

Pure: trees in, a tree out. Whether a change is permitted is asked elsewhere; here
every value keeps what it overrides.
"""

from crisis.loading.layered import Node

# Lists of plain words only ever grow: what was agreed stays agreed.
GROWING = frozenset({"agreements", "basis", "competence", "languages", "materials"})
_GROWING_ABOVE = ("agreements", "begun_by")
_BY_ID = ("attributes", "ladders", "profiles", "forms", "bind", "must_not")
# What an overlay says about a change rather than about the step.
_ABOUT = frozenset({"id", "reason", "ask_also"})
_PHASE = "phase"


def laid_over(base: Node, overlay: Node) -> Node:
    """Return a playbook's tree with a layer over it; what the layer does not name stays."""
    top, layer = dict(base.fields), overlay.fields
    for key in _GROWING_ABOVE:
        if key in layer:
            top[key] = _grown(top.get(key), layer[key])
    for key in _BY_ID:
        if key in layer:
            top[key] = _by_id(top.get(key), layer[key], growing=key == "must_not")
    if "phases" in top:
        phases = [_phase(phase, overlay) for phase in top["phases"].items]
        top["phases"] = top["phases"].holding(phases)
    return base.holding(top)


def id_of(node: Node) -> str:
    """Return the id that a mapping carries."""
    held = node.fields.get("id")
    return str(held.value) if held is not None else ""


def _by_id(base: Node | None, layer: Node, *, growing: bool) -> Node:
    if base is None:
        return layer
    merged = dict(base.fields)
    for key, new in layer.fields.items():
        old = merged.get(key)
        merged[key] = _grown(old, new) if growing else _over(old, new)
    return base.holding(merged)


def _over(old: Node | None, new: Node) -> Node:
    if old is None or not (old.fields and new.fields):
        return new.over(old)
    fields = {key: _over(old.fields.get(key), held) for key, held in new.fields.items()}
    return old.holding({**old.fields, **fields})


def _grown(old: Node | None, new: Node) -> Node:
    if old is None:
        return new
    known = [node.value for node in old.items]
    more = [node for node in new.items if node.value not in known]
    return new.holding([*old.items, *more]).over(old)


def _phase(phase: Node, overlay: Node) -> Node:
    name, layer = id_of(phase), overlay.fields
    gone = [node.value for node in _items(overlay, "without")]
    changes: dict[str, list[Node]] = {}
    for change in _items(overlay, "steps"):
        changes.setdefault(id_of(change), []).append(change)
    steps = [step for step in phase.fields["steps"].items if id_of(step) not in gone]
    for index, step in enumerate(steps):
        for change in changes.get(id_of(step), ()):
            steps[index] = _changed(steps[index], change)
    for added in _items(overlay, "added"):
        if added.fields[_PHASE].value == name:
            own = {key: node for key, node in added.fields.items() if key != _PHASE}
            steps.append(added.holding(own))
    first = layer["order"].fields.get(name) if "order" in layer else None
    if first is not None:
        rank = {node.value: place for place, node in enumerate(first.items)}
        steps.sort(key=lambda step: rank.get(id_of(step), len(rank)))
    return phase.holding({**phase.fields, "steps": phase.fields["steps"].holding(steps)})


def _items(overlay: Node, key: str) -> list[Node]:
    return overlay.fields[key].items if key in overlay.fields else []


def _changed(step: Node, change: Node) -> Node:
    fields = dict(step.fields)
    for key, new in change.fields.items():
        if key in GROWING:
            fields[key] = _grown(fields.get(key), new)
        elif key not in _ABOUT:
            fields[key] = new.over(fields.get(key))
    if "ask_also" in change.fields and "message" in fields:
        fields["message"] = _longer(fields["message"], change.fields["ask_also"])
    return step.holding(fields)


def _longer(message: Node, more: Node) -> Node:
    texts = {}
    for language, old in message.fields.items():
        # Without English words of its own, a region's sentence is told in German rather than lost.
        said = more.fields.get(language) or more.fields.get("de")
        texts[language] = old
        if said is not None:
            texts[language] = Node(
                value=f"{str(old.value).rstrip()} {str(said.value).strip()}",
                place=said.place,
                key=said.key,
                source=said.source,
                before=old,
            )
    return Node(value=texts, place=more.place, key=more.key, source=more.source, before=message)
