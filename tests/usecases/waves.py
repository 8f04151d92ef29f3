"""A step that asks many partners at once, and a pool that does everything in order."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from crisis.core.delivery import Outgoing
from crisis.simulated.log import MemoryEventLog
from crisis.simulated.sender import RecordingSender
from tests.builders import (
    World,
    a_directory,
    a_partner,
    a_playbook,
    a_world,
    opened,
)

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class AtOnce(Executor):
    """A pool that does what it is given at once, in order."""

    def submit(
        self,
        fn: Callable[Arguments, Result],
        /,
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Future[Result]:
        """Call it and return a future that is done."""
        done: Future[Result] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def a_wave(
    size: int,
    *,
    in_flight: int = 32,
    log: MemoryEventLog | None = None,
    sender: RecordingSender | None = None,
) -> World:
    """Return a world in which one step asks so many partners."""
    directory = a_directory(*(a_partner(f"p{number:03d}") for number in range(size)))
    world = a_world(a_playbook(), directory, in_flight=in_flight, log=log, sender=sender)
    opened(world)
    return world


def receivers(sent: Sequence[Outgoing]) -> Counter[str]:
    """Return how many messages went to each channel."""
    return Counter(outgoing.channel for outgoing in sent)


def kinds(world: World, after: int = 1) -> list[str]:
    """Return the kinds of the events that were written after a version."""
    return [entry.event.kind for entry in world.desk.house.log.read("i1", after=after)]
