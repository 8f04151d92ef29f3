"""What each engine last said of itself."""

from dataclasses import replace
from datetime import timedelta

from crisis.launch.engine_status import Sign, engine_status, engine_statuses
from tests.builders import T0

DATA = {"id": "host-a.k7m2", "host": "host-a", "pid": 7, "prefect": "ready"}
ALIVE = engine_status(T0, DATA, now=T0, name="host-a")


def test_engines_are_told_apart_from_everybody_else_who_gives_signs_of_life() -> None:
    signs: tuple[Sign, ...] = (
        ("watcher/host-a", T0, {}),
        ("engine/host-b", T0, {"prefect": "ready"}),
        ("engine/host-a", T0, DATA),
    )

    found = engine_statuses(signs, now=T0)

    assert [(e.name, e.id, e.host, e.pid, e.fresh) for e in found] == [
        ("host-a", "host-a.k7m2", "host-a", 7, True),
        ("host-b", "", "", 0, True),
    ]
    assert engine_statuses((), now=T0) == ()


def test_engine_that_left_or_was_forgotten_is_not_missed() -> None:
    later = T0 + timedelta(days=2)
    signs: tuple[Sign, ...] = (
        ("engine/killed-today", later - timedelta(hours=23), {}),
        ("engine/gone-for-days", T0, {}),
        ("engine/asked-to-leave", later, {"left": True}),
        ("engine/present", later, {}),
    )

    found = engine_statuses(signs, now=later)

    assert [(e.name, e.reasons) for e in found] == [
        ("killed-today", ("engine killed-today gives no sign of life",)),
        ("present", ()),
    ]


def test_last_engine_is_shown_however_long_it_is_gone() -> None:
    signs: tuple[Sign, ...] = (("engine/host-a", T0, {"left": True}),)

    (left,) = engine_statuses(signs, now=T0 + timedelta(days=30))

    assert (left.name, left.fresh, left.has_left, left.reasons) == ("host-a", False, True, ())


def test_engine_says_what_is_wrong_with_it() -> None:
    ill = replace(ALIVE, faults={"i1": "x"}, clash="host-b")

    assert ill.reasons == (
        "fault in i1",
        (
            "another engine is called host-a too, on host-b: give each host its own"
            " CRISIS_ENGINE_NAME"
        ),
    )


def test_clock_that_is_far_off_is_a_reason_and_a_small_difference_is_none() -> None:
    off = replace(ALIVE, host_clock_off=-180.0, database_clock_off=3600.0)

    assert off.reasons == (
        (
            "the clock of host-a is -180 s off the time that engine host-a keeps: set it right,"
            " or restart crisis if it is right"
        ),
        (
            "the clock of the database is +3600 s off the time that engine host-a keeps: set it"
            " right, or restart crisis if it is right"
        ),
    )
    assert replace(ALIVE, host="", host_clock_off=2.0).reasons == ()
