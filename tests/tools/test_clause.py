"""The table of clauses: every word of its data leads somewhere, and what is open is shown."""

from pathlib import Path

import pytest

from tools.reference.clause import Known, Served, faults, page, wanting
from tools.reference.clause_data import read_data, read_known

ROOT = Path(__file__).parents[2]
KNOWN = Known(
    words={"step": frozenset({"pb A01"}), "rule": frozenset({"AG203"})},
    tests={"tests/test_a.py": frozenset({"test_it_works"})},
    clauses={"S1.1": "Two branches.", "S5.11": "Reviewed yearly."},
)
SERVED = Served(
    clause="S1.1",
    priority="K",
    served=("step pb A01", "rule AG203"),
    proved=("tests/test_a.py::test_it_works",),
)
OPEN = Served(clause="S5.11", priority="K", served=("rule AG203",), lacks="the review itself")


def test_data_that_lead_somewhere_have_no_fault() -> None:
    assert list(faults({"S1.1": SERVED, "S5.11": OPEN}, KNOWN)) == []


def test_every_word_that_leads_nowhere_is_named() -> None:
    said = {
        "S1.1": Served(
            clause="S1.1",
            priority="X",
            served=("step pb A02", "handshake"),
            proved=("tests/test_a.py::test_it_fails", "tests/test_b.py::test_it_works"),
        ),
        "S9.9": Served(clause="S9.9", priority="W"),
    }

    assert list(faults(said, KNOWN)) == [
        "S5.11 is left out",
        "S1.1 has no weight `X`; write K, W or R",
        "S1.1 is served by `step pb A02`, which does not exist",
        "S1.1 is served by `handshake`, which does not exist",
        "S1.1 is proved by `tests/test_a.py::test_it_fails`, which does not exist",
        "S1.1 is proved by `tests/test_b.py::test_it_works`, which does not exist",
        "S9.9 is no clause of the register",
        "S9.9 lacks a service or a proof; say under `lacks` what is missing",
    ]


def test_open_clause_is_shown_and_wanted() -> None:
    said = {"S1.1": SERVED, "S5.11": OPEN}

    shown = page(said, KNOWN)

    assert "2 clauses: 1 served and proved, 1 open.\n" in shown
    assert (
        "| S1.1 | Two branches. | K | step `pb A01`<br>rule [AG203](rules.md) | "
        "[it works](../../tests/test_a.py) |  |\n"
    ) in shown
    assert (
        "| S5.11 | Reviewed yearly. | K | rule [AG203](rules.md) |  | "
        "**open**: the review itself |\n"
    ) in shown
    assert wanting(said) == ("S5.11",)


def test_clauses_named_for_later_and_marginal_ones_are_not_wanted() -> None:
    later = Served(clause="S1.12", priority="W", lacks="later")
    marginal = Served(clause="S1.8", priority="R", lacks="thanks")

    assert wanting({"S1.12": later, "S1.8": marginal}) == ()


def test_house_says_something_of_every_clause() -> None:
    known = read_known(ROOT)

    assert len(known.clauses) == 86
    assert list(faults(read_data(), known)) == []


@pytest.mark.parametrize("text", ["- a list\n", "S1.1: {serves: [rule AG203]}\n"])
def test_data_of_another_shape_are_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "clauses.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(LookupError):
        read_data(file)
