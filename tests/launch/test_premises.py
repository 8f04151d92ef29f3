"""What must be right before anything starts."""

import socket
from pathlib import Path

import pytest

from crisis.errors import UnreachableError
from crisis.launch.free_port import free_port
from crisis.launch.premises import check_folder, check_ports
from tests.launch.place import APlace


def test_folder_is_made_where_it_can_be(tmp_path: Path) -> None:
    check_folder(APlace(data_dir=tmp_path / "new" / "data"))

    assert (tmp_path / "new" / "data").is_dir()


def test_folder_that_cannot_be_written_to_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"

    with pytest.raises(UnreachableError) as refused:
        check_folder(APlace(data_dir=folder))

    assert str(refused.value) == (
        f"The data folder {folder} cannot be written to: Not a directory."
        " Give this user the right to, or name another folder in CRISIS_DATA_DIR."
    )


def test_taken_ports_are_all_named(tmp_path: Path) -> None:
    with socket.socket() as pages, socket.socket() as prefect:
        pages.bind(("127.0.0.1", 0))
        prefect.bind(("127.0.0.1", 0))
        pages.listen()
        prefect.listen()
        one, other = pages.getsockname()[1], prefect.getsockname()[1]

        with pytest.raises(UnreachableError) as refused:
            check_ports(APlace(data_dir=tmp_path, port=one, prefect_port=other))

    assert str(refused.value) == (
        f"Port {one} on 127.0.0.1 cannot be had: Address already in use."
        " Stop what uses it, or set CRISIS_PORT or --port to another one.\n"
        f"Port {other} on 127.0.0.1 cannot be had: Address already in use."
        " Stop what uses it, or set CRISIS_PREFECT_PORT to another one."
    )


def test_a_prefect_of_somebody_else_needs_no_port(tmp_path: Path) -> None:
    with socket.socket() as prefect:
        prefect.bind(("127.0.0.1", 0))
        prefect.listen()
        taken = prefect.getsockname()[1]

        check_ports(
            APlace(data_dir=tmp_path, port=free_port(), prefect_port=taken, own_prefect=False)
        )


def test_pages_and_prefect_cannot_share_a_port(tmp_path: Path) -> None:
    port = free_port()

    with pytest.raises(UnreachableError, match=f"cannot both have port {port}"):
        check_ports(APlace(data_dir=tmp_path, port=port, prefect_port=port))
