"""Checks of who may begin a run: each is a role that somebody can hold (S5.P5)."""

from collections.abc import Iterator

from crisis.loading.catalogue import ROLES
from crisis.loading.located import Document
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean


def check_beginners(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every role that could never begin a run, because there is no such role."""
    for index, role in enumerate(written.begun_by):
        if role not in ROLES:
            yield document.problem(
                ("begun_by", index),
                "PB409",
                f"unknown role `{role}`",
                hint=did_you_mean(role, ROLES),
            )
