"""One real Prefect server for all tests of the flows, on the loopback address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crisis.launch.free_port import free_port
from crisis.settings import Settings
from tests.flows.house import Processes


@pytest.fixture(scope="session")
def prefect_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Yield the port of a Prefect server that no test kills."""
    port = free_port()
    folder: Path = tmp_path_factory.mktemp("prefect")
    settings = Settings(_env_file=None, data_dir=folder, prefect_port=port)
    processes = Processes(settings)
    try:
        processes.prefect()
        yield port
    finally:
        processes.end_all()
