"""Whatever lies where a file should be is answered, and not waited for."""

import os
from pathlib import Path

import pytest

from crisis.errors import NotFoundError
from crisis.loading.contact_directory import load_contacts
from crisis.loading.files import files_in, read_at_most, resolved
from tests.builders import T0
from tests.flows.house import write_contacts


def test_pipe_is_not_waited_for_and_a_folder_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"abc")

    assert read_at_most(tmp_path / "file", 2) == b"ab"
    assert read_at_most(Path("/dev/zero"), 2) == b"\0\0"
    with pytest.raises(OSError, match="is a pipe"):
        read_at_most(tmp_path / "pipe", 2)
    with pytest.raises(IsADirectoryError):
        read_at_most(tmp_path, 2)


def test_rota_that_is_a_pipe_is_a_mistake_in_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "contacts"
    write_contacts(folder, partners=1, port=80)
    file = folder / "stellen.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("round-the-clock", "{rota: a.ics}"), encoding="utf-8")
    os.mkfifo(folder / "a.ics")

    problems = load_contacts(folder, around=T0).problems

    assert [(one.code, one.message) for one in problems if one.code == "CT021"] == [
        ("CT021", "the rota `a.ics` cannot be read: is a pipe")
    ]


def test_path_that_leads_round_in_a_circle_stays_as_it_is(tmp_path: Path) -> None:
    circle = tmp_path / "circle.yaml"
    circle.symlink_to(circle)

    assert resolved(circle) == circle


def test_name_that_no_file_can_have_names_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no "):
        files_in([tmp_path / ("a" * 300)], kind="playbook", deep=False)
