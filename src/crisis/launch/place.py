"""Where a house stands, as far as starting it is concerned; `crisis.settings` keeps it."""

from pathlib import Path
from typing import Protocol


class Place(Protocol):
    """The settings that starting and watching need."""

    @property
    def data_dir(self) -> Path:
        """The folder that is written to."""
        ...

    @property
    def host(self) -> str:
        """Where the pages listen."""
        ...

    @property
    def port(self) -> int:
        """Where the pages listen."""
        ...

    @property
    def prefect_port(self) -> int:
        """Where our own Prefect server listens, on the loopback address."""
        ...

    @property
    def own_prefect(self) -> bool:
        """Whether we bring our own Prefect server."""
        ...

    @property
    def prefect_url(self) -> str:
        """The address of Prefect's API, without a slash at its end."""
        ...

    @property
    def prefect_login(self) -> str:
        """What a client of Prefect's API says to be let in; empty for nothing."""
        ...

    @property
    def engine_only(self) -> bool:
        """Whether another host of the same house serves the pages."""
        ...

    @property
    def deploys(self) -> bool:
        """Whether flows run as deployments, which Prefect schedules."""
        ...

    def environment(self) -> dict[str, str]:
        """Return the settings as variables, for a child process."""
        ...
