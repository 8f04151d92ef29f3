"""The fault bench in its short form: a handful of kinds, by the same code as `make faults`."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.faults.cluster import programs
from bench.faults.run import Run
from bench.faults.stage import SHORT
from bench.faults.storm import WAVES
from bench.faults.table import is_kept
from tests.required import absent

pytestmark = pytest.mark.integration
SEED = 20261122
# All of it is tried, however busy the machine is.
PATIENT = replace(SHORT, kills=2, limit_s=900.0)


def test_sqlite_loses_nothing_under_a_handful_of_faults(tmp_path: Path) -> None:
    kinds = frozenset({"kill-engine-sending", "kill-web", "mail-drops-after-data"})
    run = Run(folder=tmp_path, seed=SEED, size=PATIENT, kinds=kinds)

    found = run.on(["sqlite"])

    assert [tally.wrong for tally in found if tally.wrong] == []
    assert {tally.kind for tally in found} == {*kinds, WAVES}
    assert is_kept(found)
    assert sum(tally.kills for tally in found) == 2
    assert sum(tally.asked for tally in found) >= SHORT.partners


def test_postgres_killed_in_a_wave_loses_nothing(tmp_path: Path) -> None:
    if programs() is None:
        absent("postgres", "PostgreSQL's initdb is neither on PATH nor under /usr/lib/postgresql")
    kinds = frozenset({"kill-postgres"})
    run = Run(folder=tmp_path, seed=SEED, size=replace(PATIENT, kills=1), kinds=kinds)

    found = run.on(["postgres"])

    assert [tally.wrong for tally in found if tally.wrong] == []
    assert is_kept(found)
    assert sum(tally.kills for tally in found) == 1
