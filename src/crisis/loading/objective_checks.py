"""Checks of objectives: the steps they are rated by."""

from collections.abc import Iterator

from crisis.loading.located import Document
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean


def check_objectives(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every step of an objective that does not exist."""
    for key, objective in written.objectives.items():
        for number, step in enumerate(objective.steps):
            if step not in written.steps:
                yield document.problem(
                    ("objectives", key, "steps", number),
                    "PB202",
                    f"unknown step `{step}`",
                    hint=did_you_mean(step, written.steps),
                )
