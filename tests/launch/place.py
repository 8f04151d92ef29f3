"""A place for a house in a test."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class APlace:
    """Keeps the protocol `Place`."""

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8080
    prefect_port: int = 4200
    own_prefect: bool = True
    prefect_url: str = "http://127.0.0.1:4200/api"
    prefect_login: str = ""
    deploys: bool = False
    engine_only: bool = False
    variables: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Return the variables it was given."""
        return dict(self.variables)
