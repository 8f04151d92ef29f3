"""Ada's command line, fresh for each test."""

from pathlib import Path

import pytest

from tests.cli.desk import CommandLine, settle


@pytest.fixture
def ada(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Return a command line in a small house of its own, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    return settle(tmp_path)


@pytest.fixture
def opened(ada: CommandLine) -> CommandLine:
    """Return the same after an exercise was opened at 19:20."""
    result = ada.run("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    assert result.exit_code == 0, result.output
    return ada
