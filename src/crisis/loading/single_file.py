"""A file that stands alone, read and brought into its shape or refused with every mistake."""

from pathlib import Path
from typing import TypeVar

from crisis.loading.located import Document, read_yaml
from crisis.loading.problem import raise_for_errors
from crisis.loading.shape import FileModel, check_shape

Model = TypeVar("Model", bound=FileModel)


def read_single(path: Path, model: type[Model]) -> tuple[Document, Model]:
    """
    Return a file's places, and what is written in it as the model says.

    Raises:
        InvalidFilesError: the file holds mistakes; all of them are listed.
    """
    document, problems = read_yaml(path, shown_as=path.name)
    raise_for_errors(problems)
    if document is None:  # pragma: no cover -- unreadable files are errors above
        raise AssertionError(path)
    written, problems = check_shape(document, model)
    raise_for_errors(problems)
    if written is None:  # pragma: no cover -- shapeless files are errors above
        raise AssertionError(path)
    return document, written
