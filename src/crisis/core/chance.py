"""Chance that can be repeated: numbers that follow from a seed, a run and a name alone."""

from collections.abc import Iterator
from hashlib import blake2b

_BYTES = 8
_WHOLE = 2.0 ** (8 * _BYTES)


def draws(seed: int, run: int, name: str) -> Iterator[float]:
    """
    Yield numbers above 0 and below 1, evenly spread.

    The same for the same seed, run and name, whatever else is drawn, in which order and
    in which process.
    """
    key = f"{seed}/{run}/{name}/".encode()
    block = 0
    while True:
        found = blake2b(key + str(block).encode()).digest()
        for start in range(0, len(found), _BYTES):
            number = int.from_bytes(found[start : start + _BYTES])
            yield (number + 0.5) / _WHOLE
        block += 1
