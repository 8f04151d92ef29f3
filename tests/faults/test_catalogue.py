"""The kinds of fault, and the page that promises something for each."""

import re
from pathlib import Path

from bench.faults.catalogue import ACTS, KINDS
from bench.faults.kind import POSTGRES, SQLITE

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "delivery-guarantees.md"
# Figures at the foot of the page's tables: `fault: id`.
_NAMED = re.compile(r"`fault: ([a-z0-9-]+)`")


def test_kinds_have_names_of_their_own() -> None:
    assert len(KINDS) == sum(len(act.kinds) for act in ACTS)


def test_each_database_meets_at_least_twenty_kinds() -> None:
    counts = {
        database: sum(database in kind.databases for kind in KINDS.values())
        for database in (SQLITE, POSTGRES)
    }

    assert min(counts.values()) >= 20


def test_guarantees_name_every_kind_and_no_other() -> None:
    named = set(_NAMED.findall(PAGE.read_text(encoding="utf-8")))

    assert named == set(KINDS)
