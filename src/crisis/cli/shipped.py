"""What comes with crisis: playbooks and example contacts, in a wheel or in a checkout."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from crisis.errors import NotFoundError

# From the folder of the source to the folder that people see.
FOLDERS = ("playbooks", "contacts/example")


def shipped_root() -> Path:
    """
    Return the folder that holds `playbooks` and `contacts/example`.

    Raises:
        NotFoundError: this installation came without them.
    """
    package = Path(str(files("crisis")))
    for root in (package / "_shipped", package.parents[1]):
        if all((root / folder).is_dir() for folder in FOLDERS):
            return root
    raise NotFoundError(
        "this installation holds no playbooks and no example contacts;"
        " install crisis again from its wheel or from a checkout"
    )


def is_example(contacts: Path) -> bool:
    """Return whether a folder of contacts holds nothing but the shipped example."""
    files = [file.relative_to(contacts.parent) for file in contacts.rglob("*.yaml")]
    return bool(files) and all("example" in file.parts[:2] for file in files)


def shipped_files(root: Path) -> Iterator[Path]:
    """Return every file that is shipped, relative to the root, sorted."""
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and not any(part.startswith((".", "__")) for part in file.parts):
                yield file.relative_to(root)
