"""The witness is whole or not there, and readable to its owner alone."""

import os
from pathlib import Path

import pytest

from crisis.errors import UnreachableError
from crisis.launch.witness_file import lost_ones, recall, remember
from crisis.usecases.custody import Head
from crisis.usecases.witness import Loss, Seen

SEEN = Seen(label="here", heads={"i1": Head(version=3, seq=7, hash="ff")})
LOST = Loss(incident="i2", upto_version=0, lost_to=4, lost_hash="ee")


def test_what_was_remembered_comes_back(tmp_path: Path) -> None:
    assert (recall(tmp_path), lost_ones(tmp_path)) == (None, ())
    remember(tmp_path, SEEN, lost=(LOST,))
    assert (recall(tmp_path), lost_ones(tmp_path)) == (SEEN, (LOST,))
    [file] = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"heads": [1]}', '{"heads": {"a": {}}}'])
def test_damaged_witness_tells_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "witness.json").write_text(text)
    assert (recall(tmp_path), lost_ones(tmp_path)) == (None, ())


def test_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="cannot be written: No such file"):
        remember(tmp_path / "none", SEEN)
    assert os.listdir(tmp_path) == []  # noqa: PTH208 -- plain names
