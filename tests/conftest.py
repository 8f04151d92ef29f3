"""What every test finds in the room: real PostgreSQL, a real browser, and no way to the world."""

import os

import pytest
from hypothesis import settings

pytest_plugins = ["tests.browser", "tests.postgres"]

# Time limits per example fail on a busy machine and say nothing about the rule under test.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# Prefect and every child process look nothing up outside this machine.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")

_MARKS = {
    "postgres_server": pytest.mark.integration,
    "browser": pytest.mark.e2e,
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server or a browser, so that the fast run leaves it out."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in _MARKS:
                item.add_marker(_MARKS[fixture])
