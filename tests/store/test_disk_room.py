"""Whether there is room under the log; that a full disk is found is shown by `make faults`."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from crisis.errors import UnreachableError
from crisis.store.database import reach
from crisis.store.disk_room import require_room


def test_disk_with_room_is_fine(tmp_path: Path) -> None:
    database = reach(f"sqlite:///{tmp_path / 'crisis.db'}", patience=1)
    require_room(database)
    database.dispose()


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        # A file system that never has a free byte.
        ("proc/self", "is full. Make room there; it then goes on by itself."),
        ("nowhere", "No such file or directory"),
    ],
)
def test_disk_without_room_is_told(tmp_path: Path, folder: str, said: str) -> None:
    database = reach(f"sqlite:///{tmp_path / 'crisis.db'}", patience=1)
    elsewhere = replace(database, url=make_url(f"sqlite:////{folder}/crisis.db"))
    with pytest.raises(UnreachableError, match=said):
        require_room(elsewhere)
    database.dispose()


@pytest.mark.integration
@pytest.mark.parametrize(
    "options",
    [pytest.param("", id="as it is"), pytest.param("-c temp_file_limit=8", id="limited")],
)
def test_postgres_that_may_write_nothing_beside_its_tables_is_fine(
    postgres_url: str, options: str
) -> None:
    address = make_url(postgres_url)
    if options:
        address = address.update_query_dict({"options": options})
    database = reach(address.render_as_string(hide_password=False), patience=1)
    require_room(database)
    database.dispose()
