"""The witness in the data folder: how far the log reached, kept outside the database."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from crisis.errors import UnreachableError
from crisis.usecases.custody import Head
from crisis.usecases.witness import Loss, Seen

_FILE = "witness.json"


def recall(data_dir: Path) -> Seen | None:
    """Return what was seen last, or None if nothing was or the file tells nothing."""
    try:
        told = json.loads((data_dir / _FILE).read_text(encoding="utf-8"))
        heads = {name: Head(**head) for name, head in told["heads"].items()}
        return Seen(label=told["label"], heads=heads)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def lost_ones(data_dir: Path) -> tuple[Loss, ...]:
    """Return what was lost and cannot be told in the log itself."""
    try:
        told = json.loads((data_dir / _FILE).read_text(encoding="utf-8"))
        return tuple(Loss(**loss) for loss in told["lost"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def remember(data_dir: Path, seen: Seen, *, lost: Sequence[Loss] = ()) -> None:
    """
    Replace the witness in one go; it is on the disk when this returns.

    Raises:
        UnreachableError: the data folder cannot be written to.
    """
    told = {**asdict(seen), "lost": [asdict(loss) for loss in lost]}
    part = data_dir / f"{_FILE}.{os.getpid()}"
    try:
        part.touch(mode=0o600)
        with part.open("w", encoding="utf-8") as file:
            json.dump(told, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(data_dir / _FILE)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise UnreachableError(
            f"The witness in {data_dir} cannot be written: {os.strerror(error.errno or 0)}."
            " See that the disk is not full and that this user may write there."
        ) from None
