"""Prefect declares wider ranges than it works with; these tests hold our pins to what works."""

import importlib
from importlib.metadata import version

import pytest

pytestmark = pytest.mark.integration


def test_prefect_server_imports_with_the_pinned_fastapi() -> None:
    """FastAPI 0.155 and newer break this import; see docs/adr/0007-version-pins.md."""
    server = importlib.import_module("prefect.server.api.server")

    assert callable(server.create_app)


def test_prefect_is_the_pinned_series() -> None:
    """An unpinned Prefect beside Apprise 2 silently becomes Prefect 2.11."""
    assert version("prefect").split(".")[:2] == ["3", "8"]
