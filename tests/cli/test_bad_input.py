"""What is no playbook at all is answered, and without filling the memory; how soon: the bench."""

from pathlib import Path

import pytest

from bench.bad_file import BAD, MOST_MB, answered


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_answered_within_two_hundred_megabytes(name: str, tmp_path: Path) -> None:
    found = answered(name, tmp_path)

    assert found.exit_code == 1, found.told
    assert f" {BAD[name][1]} " in found.told.splitlines()[0]
    assert "Traceback" not in found.told
    assert found.mb <= MOST_MB
