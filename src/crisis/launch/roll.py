"""Who runs in a house: a small file in the data folder, for `crisis status` and a successor."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from crisis.launch.process import is_alive

_FILE = "serve.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One process: its pid, when it was started (real time), how often it was started anew."""

    name: str
    pid: int
    ticks: int
    since: datetime
    restarts: int = 0

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return is_alive(self.pid, self.ticks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """The supervisor and its children."""

    supervisor: Member
    children: tuple[Member, ...] = ()


def call_roll(data_dir: Path) -> Roll | None:
    """Return who was started last in this data folder, or None if nobody ever was."""
    try:
        fields = json.loads((data_dir / _FILE).read_text(encoding="utf-8"))
        return Roll(
            supervisor=_member(fields["supervisor"]),
            children=tuple(_member(child) for child in fields["children"]),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        # A file of another version tells us nothing; the ports will tell who is still there.
        return None


def write_roll(data_dir: Path, roll: Roll) -> None:
    """Replace the file in one go, so that nobody reads half of it."""
    fresh = data_dir / f"{_FILE}.new"
    fresh.write_text(json.dumps(asdict(roll), default=datetime.isoformat, indent=2) + "\n")
    os.replace(fresh, data_dir / _FILE)  # noqa: PTH105 -- the name says that it is atomic


def erase_roll(data_dir: Path) -> None:
    """Say that nobody runs any more."""
    (data_dir / _FILE).unlink(missing_ok=True)


def _member(fields: dict[str, object]) -> Member:
    return Member(
        name=str(fields["name"]),
        pid=int(str(fields["pid"])),
        ticks=int(str(fields["ticks"])),
        since=datetime.fromisoformat(str(fields["since"])),
        restarts=int(str(fields["restarts"])),
    )
