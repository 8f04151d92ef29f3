"""
Who claims: every engine process has an id of its own, `<name>.<boot>`.

The name stays with a host (CRISIS_ENGINE_NAME); the boot is new with every start. So
an engine that starts tells the claims that its predecessor left from those of the others.
"""

# Under this and its name an engine gives its signs of life.
BEATS = "engine/"
# What other processes of a host add to its name: a command, a page, a worker's run. An
# engine that starts must not take what they are sending for lost.
BESIDE = "+"


def engine_id(name: str, boot: str) -> str:
    """Return the id of one engine process, such as `host-a.k7m2`."""
    return f"{name}.{boot}"


def name_of(engine: str) -> str:
    """Return the name in an engine's id; empty for claims older than names."""
    return engine.rpartition(".")[0]


def is_predecessor(other: str, *, of: str) -> bool:
    """Return whether an id is that of an earlier process under the same name."""
    return bool(name_of(other)) and name_of(other) == name_of(of) and other != of
