"""The witness of one engine: compares at the start, remembers while it runs."""

import logging

from crisis.errors import UnreachableError
from crisis.launch.witness_file import lost_ones, recall, remember
from crisis.usecases.witness import Seen, losses, seen_now, tell
from crisis.wiring.world import World

_LOG = logging.getLogger("crisis.engine")


class Witness:
    """Remembers in the data folder how far the log reached."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._told: Seen | None = None

    def compare(self) -> None:
        """
        Tell the log what it lost since the engine last looked; say so aloud.

        Raises:
            UnreachableError: the log does not answer.
        """
        log, folder = self._world.log, self._world.settings.data_dir
        found = losses(log, recall(folder), label=log.label)
        untold = tell(log, found, now=self._world.desk.house.clock.now())
        for loss in found:
            _LOG.error(
                "incident %s: the log was put back; entries %d to %d are lost. What was sent"
                " then is asked again and marked as a possible repeat.",
                loss.incident,
                loss.upto_version + 1,
                loss.lost_to,
            )
        kept = {loss.incident: loss for loss in lost_ones(folder)}
        kept.update((loss.incident, loss) for loss in found if loss.incident in untold)
        self._told = seen_now(log, label=log.label)
        try:
            remember(folder, self._told, lost=tuple(kept.values()))
        except UnreachableError as error:
            # Messages go out all the same.
            _LOG.error("%s", error)

    def look(self) -> None:
        """
        Remember how far the log reaches now, if it moved on.

        Raises:
            UnreachableError: the log does not answer, or the data folder cannot be written to.
        """
        log, folder = self._world.log, self._world.settings.data_dir
        seen = seen_now(log, label=log.label)
        if seen != self._told:
            remember(folder, seen, lost=lost_ones(folder))
            self._told = seen
