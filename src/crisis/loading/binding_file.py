"""
Who holds a role in a region, as authors write it.

    bind:
      IRLS: irls-ostsachsen
      OHS-B: {unit: ohs-beratung-goerlitz, deputy: ohs-beratung-dresden}
"""

from typing import Annotated

from pydantic import BeforeValidator, Field

from crisis.core.layer import Binding
from crisis.loading.identifiers import WordList
from crisis.loading.shape import FileModel


class BindingFile(FileModel):
    """Who holds a role, who stands in and who stands above."""

    unit: WordList = Field(description="The unit in contacts/ that holds the role, or several.")
    deputy: str = Field("", description="The unit whose first function stands in.")
    superior: str = Field("", description="The unit whose first function stands above.")


def _spelled_out(value: object) -> object:
    return {"unit": value} if isinstance(value, str | list) else value


BindingText = Annotated[BindingFile, BeforeValidator(_spelled_out)]


def to_binding(role: str, written: BindingFile) -> Binding:
    """Return the core value; its layer is known to whoever merged the files."""
    return Binding(
        role=role,
        units=tuple(written.unit),
        deputy=written.deputy,
        superior=written.superior,
    )
