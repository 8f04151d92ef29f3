"""
One playbook file becomes one core playbook, or every mistake in it at once.

The file is read with its places, put into a pydantic model (unknown keys are
refused), checked for references (`playbook_checks`) and only then turned into the
frozen value that the planner reads.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crisis.core.playbook import Playbook
from crisis.loading.located import Document, read_yaml
from crisis.loading.playbook_checks import check_playbook
from crisis.loading.playbook_file import PlaybookFile, to_playbook
from crisis.loading.problem import Problem, has_errors, in_order
from crisis.loading.shape import check_shape


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPlaybook:
    """A playbook file: the core value unless it holds errors, and what was found."""

    playbook: Playbook | None
    written: PlaybookFile | None
    document: Document | None
    problems: tuple[Problem, ...]


def load_playbook(path: Path, *, shown_as: str, today: date) -> LoadedPlaybook:
    """
    Read and check one playbook file.

    `shown_as` is the path that people read in problems; `today` decides whether the
    review date has passed.
    """
    document, problems = read_yaml(path, shown_as=shown_as)
    written = None
    if document is not None:
        written, problems = check_shape(document, PlaybookFile)
        if written is not None:
            problems += check_playbook(document, written, stem=path.stem, today=today)
    playbook = None
    if written is not None and not has_errors(problems):
        playbook = to_playbook(written, today=today)
    return LoadedPlaybook(
        playbook=playbook, written=written, document=document, problems=in_order(problems)
    )
