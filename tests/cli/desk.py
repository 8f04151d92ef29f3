"""A house at the command line: real files and a real log, a clock that stands, nothing sent."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from crisis.cli.main import crisis
from crisis.settings import Settings, load_settings
from crisis.simulated.clock import FakeClock
from crisis.simulated.sender import RecordingSender
from crisis.usecases.reading import Desk
from crisis.wiring import World, open_world

FILES = Path(__file__).parent / "house"
# 19:20 in Berlin: office hours are over.
EVENING = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)


class TimedIds:
    """Keeps the port `Ids` without chance: an id says when it was given out."""

    def incident_id(self, *, at: datetime) -> str:
        """Return the id of the incident that is opened at a moment."""
        return f"{at:%Y%m%d-%H%M}-k7m2"

    def code_word(self) -> str:
        """Return the code word of every incident."""
        return "AHORN 47"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandLine:
    """Ada at her command line, in a folder of her own."""

    folder: Path
    clock: FakeClock = field(default_factory=lambda: FakeClock(EVENING))
    sender: RecordingSender = field(default_factory=RecordingSender)

    @property
    def variables(self) -> dict[str, str]:
        """The settings of her house."""
        return {
            "CRISIS_DATA_DIR": str(self.folder / "data"),
            "CRISIS_PLAYBOOKS_DIR": str(self.folder / "playbooks"),
            "CRISIS_CONTACTS_DIR": str(self.folder / "contacts"),
        }

    def run(self, *words: str, **variables: str) -> Result:
        """Run one command with the standing clock and the sender that only writes down."""
        return CliRunner().invoke(
            crisis,
            words,
            prog_name="crisis",
            obj=self._open,
            env={**self.variables, **variables, "COLUMNS": "99"},
        )

    def screen(self, *words: str) -> str:
        """Return what a command that succeeds prints, stdout before stderr."""
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        return result.stdout + result.stderr

    def read(self, *words: str) -> Any:  # noqa: ANN401 -- JSON holds anything
        """Return what a command that succeeds prints as JSON."""
        result = self.run(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    @contextmanager
    def world(self) -> Iterator[World]:
        """Yield the world behind her command line."""
        given = {name.lower(): value for name, value in self.variables.items()}
        settings = load_settings(
            {name.removeprefix("crisis_"): value for name, value in given.items()}, env_file=None
        )
        with self._open(settings) as world:
            yield world

    @contextmanager
    def _open(self, settings: Settings) -> Iterator[World]:
        with open_world(settings) as world:
            house = replace(world.desk.house, clock=self.clock, sender=self.sender, ids=TimedIds())
            desk = Desk(house=house, incidents=world.desk.incidents)
            yield replace(world, desk=desk)


def settle(folder: Path) -> CommandLine:
    """Return Ada's command line in a folder that now holds a small house."""
    shutil.copytree(FILES, folder, dirs_exist_ok=True)
    return CommandLine(folder=folder)
