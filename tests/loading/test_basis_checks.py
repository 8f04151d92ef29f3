"""A playbook is held against the register: what founds it must be in force."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisis.loading.library import FileLibrary
from crisis.loading.problem import render
from crisis.simulated.clock import FakeClock
from tests.loading.test_library import CONTACTS, TEMPLATE

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PARTIES = """
  - {organisation: haus, signatory: {de: Leitung, en: Head}, roles: [POL-FLZ]}
  - {organisation: haus, signatory: {de: Vorsitz, en: Chair}, roles: [FBS]}
"""


def agreement(name: str, more: str = "", since: str = "2020-01-01") -> None:
    """Write one agreement into the register."""
    text = (
        f"id: {name}\nkind: agreement\ntitle: {{de: Vereinbarung}}\nregions: ['14']\n"
        f"subjects: [training]\nin_force_from: {since}\n{more}\nparties:{PARTIES}"
    )
    folder = Path("contacts/agreements")
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def clauses(*ids: str) -> str:
    """Return the clauses of an agreement."""
    return "clauses:\n" + "".join(f"  - {{id: {one}, text: {{de: Satz}}}}\n" for one in ids)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileLibrary:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "contacts").mkdir()
    (tmp_path / "contacts" / "all.yaml").write_text(CONTACTS, encoding="utf-8")
    return FileLibrary(
        playbooks=Path("playbooks"), contacts=Path("contacts"), clock=FakeClock(NOW)
    )


def found(library: FileLibrary, *, agreements: str, basis: str) -> str:
    """Return what is said of a playbook that draws on these and cites that."""
    lines = TEMPLATE.splitlines(keepends=True)
    (at,) = [index for index, line in enumerate(lines) if line.startswith("agreements: ")]
    lines[at] = f"agreements: [{agreements}]\n"
    text = "".join(lines).replace("basis: [S3.1]", f"basis: [{basis}]")
    path = Path("playbooks/five-steps.yaml")
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(1, 1))
    return render(library.problems())


def test_basis_in_force_is_fine(library: FileLibrary) -> None:
    agreement("one", clauses("S2.4", "S2.6", "S2.7"), since="unknown")
    agreement("two", clauses("S3.1"))

    said = found(library, agreements="one, two", basis="S3.1, two, L-05, § 406i StPO, Art. 37 WÜK")

    assert said == "No mistakes."


def test_what_is_not_in_the_register_is_named(library: FileLibrary) -> None:
    agreement("one", clauses("S2.4", "S2.6", "S2.7"))

    said = found(library, agreements="oen", basis="S2.44, L-32, handshake")

    assert said == (
        "playbooks/five-steps.yaml:17:14: AG201 no agreement `oen` in the register\n"
        "  = help: did you mean `one`?\n"
        "playbooks/five-steps.yaml:87:17: AG202 no agreement in the register holds a clause "
        "`S2.44`\n"
        "  = help: did you mean `S2.4`?\n"
        "playbooks/five-steps.yaml:87:24: AG202 no agreement in the register holds a clause "
        "`L-32`\n"
        "  = help: cite a clause of `crisis agreement list --clauses`, a law (§ …, Art. …) or "
        "L-01 to L-31\n"
        "playbooks/five-steps.yaml:87:30: AG202 no agreement in the register holds a clause "
        "`handshake`\n"
        "  = help: cite a clause of `crisis agreement list --clauses`, a law (§ …, Art. …) or "
        "L-01 to L-31\n"
        "4 mistakes in 1 file. `crisis playbook explain AG201` says more."
    )


def test_superseded_agreement_is_named_with_its_successor(library: FileLibrary) -> None:
    agreement("in-2013", clauses("S0.1"), since="2013-01-01")
    agreement("in-2020", "supersedes: [in-2013]")
    agreement("in-2024", "supersedes: [in-2020]\n" + clauses("S2.4", "S2.6", "S2.7"), "2024-01-19")

    said = found(library, agreements="in-2013", basis="S0.1")

    assert said == (
        "playbooks/five-steps.yaml:17:14: AG203 `in-2013` was superseded on 2024-01-19 by "
        "`in-2024`\n"
        "  = help: read what `in-2024` says of this, and cite that\n"
        "playbooks/five-steps.yaml:87:17: AG203 `S0.1` of `in-2013` was superseded on 2024-01-19 "
        "by `in-2024`\n"
        "  = help: read what `in-2024` says of this, and cite that\n"
        "2 mistakes in 1 file. `crisis playbook explain AG203` says more."
    )


def test_agreement_that_ended_or_has_not_begun_is_named(library: FileLibrary) -> None:
    agreement("over", "ends_on: 2025-01-01\n" + clauses("S0.1"))
    agreement("later", clauses("S2.4", "S2.6", "S2.7"), since="2030-01-01")

    said = found(library, agreements="over", basis="S0.1, later")

    over = "`over` has not been in force since 2025-01-01"
    later = "`later` is in force only from 2030-01-01 on"
    assert [line for line in said.splitlines() if ": AG204 " in line] == [
        f"playbooks/five-steps.yaml:17:14: AG204 {over}",
        f"playbooks/five-steps.yaml:71:17: AG204 `S2.4` of {later}",
        f"playbooks/five-steps.yaml:87:17: AG204 `S0.1` of {over}",
        f"playbooks/five-steps.yaml:87:23: AG204 {later}",
        f"playbooks/five-steps.yaml:109:17: AG204 `S2.4` of {later}",
        f"playbooks/five-steps.yaml:134:17: AG204 `S2.6` of {later}",
        f"playbooks/five-steps.yaml:149:17: AG204 `S2.7` of {later}",
    ]


def test_playbook_can_be_opened_although_its_agreement_ended(library: FileLibrary) -> None:
    agreement("over", "ends_on: 2025-01-01\n" + clauses("S0.1"))
    agreement("broken", "ends_on: 1999-01-01")

    assert "AG204" in found(library, agreements="over", basis="S0.1")
    assert library.playbook("five-steps").agreements == ("over",)
    assert library.directory(around=NOW).partners != ()
    assert [each.id for each in library.register(around=NOW).agreements] == ["over"]


def test_clause_with_parts_is_answered_by_a_part(library: FileLibrary) -> None:
    agreement("one", clauses("S2.4", "S2.6", "S2.7", "S5.P9", "S5.9a"))

    said = found(library, agreements="one", basis="S5.9")

    assert said == (
        "playbooks/five-steps.yaml:87:17: AG202 no agreement in the register holds a clause "
        "`S5.9`\n"
        "  = help: did you mean `S5.9a`?\n"
        "1 mistake in 1 file. `crisis playbook explain AG202` says more."
    )
