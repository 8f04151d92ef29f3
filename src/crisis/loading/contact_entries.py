"""The entries that stand in the files of a folder of contacts."""

from pathlib import Path

from crisis.loading.contact_checks import Entries
from crisis.loading.contacts_file import (
    Entry,
    FunctionEntry,
    Located,
    OrganisationEntry,
    Source,
    UnitEntry,
    sound_entries,
)
from crisis.loading.located import Document
from crisis.loading.material_file import MaterialEntry
from crisis.loading.service_file import ServiceEntry
from crisis.loading.training_file import TrainingEntry

# Whoever lies in a folder of this name is made up.
EXAMPLE_FOLDER = "example"
SECTIONS = ("organisations", "units", "functions", "services", "materials")


def entries_of(documents: list[tuple[Path, Document]], *, folder: Path) -> Entries:
    """Return all entries that fit their shape, and the ids of all that were written."""
    named = {
        section: frozenset(
            str(item["id"])
            for _, document in documents
            for item in _listed(document, section)
            if isinstance(item, dict) and "id" in item
        )
        for section in SECTIONS
    }
    files = [
        Source(document=document, file=file, is_example=is_example(file, folder))
        for file, document in documents
    ]
    return Entries(
        organisations=_sound(files, "organisations", OrganisationEntry),
        units=_sound(files, "units", UnitEntry),
        functions=_sound(files, "functions", FunctionEntry),
        services=_sound(files, "services", ServiceEntry),
        materials=_sound(files, "materials", MaterialEntry),
        training=_sound(files, "training", TrainingEntry),
        named=named,
    )


def is_example(file: Path, folder: Path) -> bool:
    """Return whether a file of a folder of contacts is made up: it lies in or below `example`."""
    return EXAMPLE_FOLDER in (folder.name, *file.relative_to(folder).parts[:-1])


def _sound(files: list[Source], section: str, model: type[Entry]) -> tuple[Located[Entry], ...]:
    return tuple(one for file in files for one in sound_entries(file, section, model))


def _listed(document: Document, section: str) -> list[object]:
    listed = document.data.get(section)
    return list(listed) if isinstance(listed, list) else []
