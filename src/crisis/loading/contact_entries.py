"""The entries that stand in the files of a folder of contacts."""

from pathlib import Path

from crisis.loading.contact_checks import Entries
from crisis.loading.contacts_file import (
    FunctionEntry,
    OrganisationEntry,
    UnitEntry,
    sound_entries,
)
from crisis.loading.located import Document
from crisis.loading.material_file import MaterialEntry
from crisis.loading.service_file import ServiceEntry
from crisis.loading.training_file import TrainingEntry

SECTIONS = ("organisations", "units", "functions", "services", "materials")


def entries_of(documents: list[tuple[Path, Document]]) -> Entries:
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
    return Entries(
        organisations=tuple(
            one
            for file, document in documents
            for one in sound_entries(
                document, file, section="organisations", model=OrganisationEntry
            )
        ),
        units=tuple(
            one
            for file, document in documents
            for one in sound_entries(document, file, section="units", model=UnitEntry)
        ),
        functions=tuple(
            one
            for file, document in documents
            for one in sound_entries(document, file, section="functions", model=FunctionEntry)
        ),
        services=tuple(
            one
            for file, document in documents
            for one in sound_entries(document, file, section="services", model=ServiceEntry)
        ),
        materials=tuple(
            one
            for file, document in documents
            for one in sound_entries(document, file, section="materials", model=MaterialEntry)
        ),
        training=tuple(
            one
            for file, document in documents
            for one in sound_entries(document, file, section="training", model=TrainingEntry)
        ),
        named=named,
    )


def _listed(document: Document, section: str) -> list[object]:
    listed = document.data.get(section)
    return list(listed) if isinstance(listed, list) else []
