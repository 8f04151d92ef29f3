"""Where a figure comes from."""

import platform
from pathlib import Path

from bench.machine import commit, load, machine, processor


def test_processor_is_read_from_what_linux_lists() -> None:
    listed = "processor\t: 0\nmodel name\t: Kern  3000   CPU\n\nmodel name\t: another\n"

    assert processor(listed) == "Kern 3000 CPU"


def test_processor_falls_back_to_architecture() -> None:
    assert processor("") == platform.machine()


def test_machine_names_python() -> None:
    assert machine().endswith(f" cores, Python {platform.python_version()}")


def test_load_is_never_negative() -> None:
    assert load() >= 0.0


def test_commit_outside_git_is_empty(tmp_path: Path) -> None:
    assert commit(tmp_path) == ""
