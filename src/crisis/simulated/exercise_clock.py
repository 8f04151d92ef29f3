"""
A clock for exercises that runs faster than real time, or skips to a moment.

All processes of one house share it through a small file, so that the engine, the
pages and the demo agree. Live incidents are refused while it is in use.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crisis.core.timing import require_utc
from crisis.errors import RefusedError, UnreachableError
from crisis.usecases.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """At the moment `real` it was `simulated`; from then on time runs `scale` times as fast."""

    real: datetime
    simulated: datetime
    scale: float

    def at(self, real: datetime) -> datetime:
        """Return the simulated moment that belongs to a real one."""
        return self.simulated + (real - self.real) * self.scale


class ExerciseClock:
    """
    Keeps the port `Clock`; safe to be used from many threads and processes.

    The first to come writes the file: time then starts at `start`, or at the real
    moment. Who comes later joins in; a `scale` other than the file's takes effect
    for everybody, without a jump.

    Raises:
        UnreachableError: the file cannot be written, or does not hold a clock.
    """

    def __init__(
        self, file: Path, *, wall: Clock, scale: float = 1.0, start: datetime | None = None
    ) -> None:
        self._file = file
        self._wall = wall
        self._seen: tuple[tuple[int, int], Anchor] | None = None
        with self._alone():
            real = wall.now()
            if not file.exists():
                self._write(Anchor(real=real, simulated=require_utc(start or real), scale=scale))
            elif self._anchor().scale != scale:
                self._write(Anchor(real=real, simulated=self._anchor().at(real), scale=scale))

    @property
    def scale(self) -> float:
        """How many simulated seconds pass in a real one."""
        return self._anchor().scale

    def now(self) -> datetime:
        """Return the simulated moment."""
        return self._anchor().at(self._wall.now())

    def skip_to(self, moment: datetime) -> None:
        """
        Let it be that moment now, in every process.

        Raises:
            RefusedError: the moment has passed; a clock never goes back.
        """
        with self._alone():
            real = self._wall.now()
            anchor = self._anchor()
            if moment < anchor.at(real):
                raise RefusedError(
                    f"The exercise clock stands at {anchor.at(real).isoformat()}"
                    f" and does not go back to {moment.isoformat()}."
                )
            self._write(Anchor(real=real, simulated=require_utc(moment), scale=anchor.scale))

    def _anchor(self) -> Anchor:
        try:
            stat = self._file.stat()
            version = (stat.st_ino, stat.st_mtime_ns)
            if self._seen is None or self._seen[0] != version:
                # Stat before reading: if the file changes in between, the next call reads again.
                self._seen = (version, _read(self._file))
            return self._seen[1]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UnreachableError(
                f"{self._file} does not hold the exercise clock ({type(error).__name__})."
                " Stop all of crisis, remove the file and start again."
            ) from None

    def _write(self, anchor: Anchor) -> None:
        fresh = self._file.with_suffix(".new")
        fields = {
            "real": anchor.real.isoformat(),
            "simulated": anchor.simulated.isoformat(),
            "scale": anchor.scale,
        }
        fresh.write_text(json.dumps(fields) + "\n", encoding="utf-8")
        os.replace(fresh, self._file)  # noqa: PTH105 -- the name says that it is atomic

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            lock = self._file.with_suffix(".lock").open("a")
        except OSError as error:
            raise UnreachableError(
                f"The exercise clock cannot be kept in {self._file.parent}: {error.strerror}."
                " See that the folder can be written to."
            ) from None
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _read(file: Path) -> Anchor:
    fields = json.loads(file.read_text(encoding="utf-8"))
    return Anchor(
        real=require_utc(datetime.fromisoformat(fields["real"])),
        simulated=require_utc(datetime.fromisoformat(fields["simulated"])),
        scale=float(fields["scale"]),
    )
