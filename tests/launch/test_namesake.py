"""Two engines under one name."""

import os
import socket
from dataclasses import replace

import pytest

from crisis.errors import RefusedError
from crisis.launch.engine_status import EngineStatus, engine_status
from crisis.launch.namesake import Namesake, refuse_namesake
from crisis.launch.process import started
from tests.builders import T0

# The first process of the machine: it is there as long as any test.
FIRST = 1


def an_engine(**changes: object) -> EngineStatus:
    """Return a living engine of this host."""
    data = {"host": socket.gethostname(), "pid": FIRST, "ticks": started(FIRST), **changes}
    return engine_status(T0, data, now=T0, name="host-a")


def test_name_of_a_living_engine_of_this_host_is_refused_with_place_and_cure() -> None:
    with pytest.raises(RefusedError) as refused:
        refuse_namesake((an_engine(),), name="host-a", place="the file x")

    assert str(refused.value) == (
        f"An engine called host-a already runs on this host with pid {FIRST} and works on the"
        " file x. Stop it, or give this one a name of its own in CRISIS_ENGINE_NAME."
    )


def test_name_is_free_where_its_engine_is_gone_or_elsewhere_or_this_one() -> None:
    engines = (
        an_engine(ticks=1),
        an_engine(host="another"),
        an_engine(pid=os.getpid(), ticks=started(os.getpid())),
        replace(an_engine(), name="host-b"),
    )

    refuse_namesake(engines, name="host-a", place="the file x")


def test_namesake_is_noticed_once_shown_while_it_beats_and_forgotten_later() -> None:
    namesake = Namesake("host-a.k7m2")
    mine, other = {"id": "host-a.k7m2"}, {"id": "host-a.b2b2", "host": "elsewhere"}

    new = [
        namesake.saw(mine, at=0),
        namesake.saw(other, at=2),
        namesake.saw(other, at=4),
        namesake.saw(mine, at=34),
    ]
    shown = namesake.host
    words = namesake.words
    namesake.saw(mine, at=34.1)

    assert (new, shown, namesake.host) == ([False, True, False, False], "elsewhere", "")
    assert words == (
        "Another engine called host-a beats too, on elsewhere: when one starts it takes the"
        " other's messages for lost. Give each its own CRISIS_ENGINE_NAME."
    )
    assert namesake.saw({"id": ""}, at=40)
    assert namesake.host == "unknown"
