"""Engines by name and start."""

from crisis.core.engine_id import engine_id, is_predecessor, name_of


def test_name_may_hold_dots_and_the_boot_does_not() -> None:
    assert name_of(engine_id("a.leitstelle.example", "k7m2")) == "a.leitstelle.example"


def test_predecessor_has_the_same_name_and_another_start() -> None:
    me = engine_id("host-a", "k7m2")

    assert is_predecessor("host-a.b2b2", of=me)
    assert not is_predecessor(me, of=me)
    assert not is_predecessor("host-b.b2b2", of=me)
    # Older logs do not say who claimed.
    assert not is_predecessor("", of=me)
    assert not is_predecessor("", of="")
