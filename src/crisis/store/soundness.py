"""Which chains this process has found whole, so that it may add to them."""

from collections.abc import Callable
from threading import Lock

from crisis.store.amend import broken
from crisis.usecases.ports import ChainFault

Check = Callable[[str], tuple[ChainFault, ...]]


class Soundness:
    """
    Checks each chain once, before this process first adds to it; safe for many threads.

    Who comes while a chain is being checked waits for that check: when a hundred partners
    answer the first mail of an incident at once, a check for each of them would hold up all.
    A chain that was found broken is checked again by the next who asks.
    """

    def __init__(self, check: Check) -> None:
        self._check = check
        self._sound: set[str] = set()
        self._turns: dict[str, Lock] = {}
        self._lock = Lock()

    def require(self, incident: str) -> None:
        """
        Return once the chain of an incident is known to be whole.

        Raises:
            BrokenChainError: it is not; the message names the first fault.
        """
        if incident in self._sound:
            return
        with self._lock:
            turn = self._turns.setdefault(incident, Lock())
        with turn:
            if incident in self._sound:
                return
            for fault in self._check(incident)[:1]:
                raise broken(fault)
            self._sound.add(incident)
        with self._lock:
            self._turns.pop(incident, None)
