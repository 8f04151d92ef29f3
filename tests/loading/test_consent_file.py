"""Policies on consent from files: what holds, what is wrong, what a gate needs by them."""

from pathlib import Path
from shutil import copytree

import pytest

from crisis.core.consent_policy import STRICTEST, ConsentKind, Matter, policy_in
from crisis.loading.consent_file import load_policies
from crisis.loading.contact_directory import load_contacts
from crisis.loading.inquiry import answered
from crisis.loading.library import FileLibrary
from crisis.simulated.clock import FakeClock
from tests.builders import T0

EXAMPLE = Path("contacts/example")
HOUSE = load_contacts(EXAMPLE, around=T0)


def test_example_policies_have_no_mistake_and_bring_no_contacts() -> None:
    assert HOUSE.policy_problems == ()
    assert sorted(policy.land for policy in HOUSE.consent_policies) == ["00", "03", "05", "14"]


@pytest.mark.parametrize(
    ("region", "matter", "by", "to", "needs"),
    [
        ("03241", Matter.NUMBERS, "POL-OS", "OB-L", ConsentKind.NONE),
        ("03241", Matter.CONTACT_DATA, "POL-OS", "OB-L", ConsentKind.ORAL),
        ("05111", Matter.CONTACT_DATA, "POL-OS", "OB-L", ConsentKind.NONE),
        ("05111", Matter.CASE, "POL-OS", "OB-L", ConsentKind.WRITTEN),
        ("14612", Matter.CASE, "FBS", "BPOL", ConsentKind.ORAL),
        ("14612", Matter.CONTACT_DATA, "POL-OS", "OB-L", ConsentKind.WRITTEN),
        ("12053", Matter.CASE, "FBS", "BPOL", ConsentKind.ORAL),
    ],
)
def test_example_says_what_was_found_for_each_land(
    region: str, matter: Matter, by: str, to: str, needs: ConsentKind
) -> None:
    policy = policy_in(HOUSE.consent_policies, region)

    assert policy is not None
    assert policy.needs(matter, by=(by,), to=(to,)) is needs


WRONG = """\
land: "99"
title: {de: Nirgends, en: Nowhere}
rules:
  - {hands_over: case, needs: oral, law: alle}
  - {hands_over: case, by: [FBZ], needs: written, law: nie}
  - {hands_over: numbers, needs: maybe, law: ""}
"""
SOUND = """\
land: "14"
title: {de: Sachsen, en: Saxony}
rules:
  - {hands_over: case, by: [FBS], needs: oral, law: S5.4}
  - {hands_over: case, needs: written, law: sonst}
"""


def found(tmp_path: Path, *texts: str) -> list[str]:
    files = []
    for number, text in enumerate(texts):
        files.append(tmp_path / f"{number}.yaml")
        files[-1].write_text(text, encoding="utf-8")
    policies, problems = load_policies(files)
    assert len(policies) == (1 if texts.count(SOUND) == 1 else 0)
    return [
        f"{Path(one.path).name}:{one.line}:{one.column} {one.code} {one.message}"
        for one in problems
    ]


def test_every_mistake_of_a_policy_is_told(tmp_path: Path) -> None:
    shaped = WRONG.replace('maybe, law: ""', "none, law: Summen")

    assert found(tmp_path, shaped) == [
        "0.yaml:1:7 CP101 `99` is not a Land",
        "0.yaml:5:28 CP102 unknown role `FBZ`",
        "0.yaml:5:5 CP103 an earlier rule says something about all of this already",
    ]


def test_shape_of_a_policy_is_checked_and_what_does_not_fit_holds_nowhere(tmp_path: Path) -> None:
    codes = [line.split()[1] for line in found(tmp_path, WRONG, "[")]

    assert len(codes) >= 2
    assert not [code for code in codes if code.startswith("CP")]


def test_two_policies_for_one_land_are_told_twice(tmp_path: Path) -> None:
    assert found(tmp_path, SOUND, SOUND) == [
        "0.yaml:1:7 CP104 there are 2 policies for 14",
        "1.yaml:1:7 CP104 there are 2 policies for 14",
    ]


def a_library(tmp_path: Path) -> tuple[FileLibrary, Path]:
    contacts = tmp_path / "contacts"
    copytree(EXAMPLE, contacts)
    library = FileLibrary(playbooks=Path("playbooks"), contacts=contacts, clock=FakeClock(T0))
    return library, contacts / "consent" / "sachsen.yaml"


@pytest.mark.parametrize("region", ["14612", "12053"])
def test_of_two_policies_for_one_land_neither_holds_but_the_strictest(
    tmp_path: Path, region: str
) -> None:
    library, saxony = a_library(tmp_path)
    for file in (saxony, saxony.with_name("bund.yaml")):
        laxer = file.read_text(encoding="utf-8").replace("needs: written", "needs: none")
        file.with_name(f"a-{file.name}").write_text(laxer, encoding="utf-8")

    assert library.consent_policy(region=region, around=T0) == STRICTEST


def test_explain_says_which_consent_a_gate_needs_in_each_land(tmp_path: Path) -> None:
    library, _ = a_library(tmp_path)

    here = answered(library, "bpol-kok-control.B30.gate", region="14612", at=T0)
    anywhere = answered(library, "bpol-kok-control.B30", region="", at=T0)
    ungated = answered(library, "bpol-kok-control.B21", region="14612", at=T0)

    said = "in 14 (Sachsen): a consent, given orally or in writing; Vereinbarung"
    assert [line[: len(said)] for line in here.consents] == [said]
    assert [line.partition(":")[0] for line in anywhere.consents] == [
        "elsewhere (Bund und übrige Länder)",
        "in 03 (Niedersachsen)",
        "in 05 (Nordrhein-Westfalen)",
        "in 14 (Sachsen)",
    ]
    assert anywhere.consents[1].endswith("a consent in writing; no rule, so the strictest")
    assert ungated.consents == ()


def test_explain_is_silent_where_the_house_keeps_no_policy(tmp_path: Path) -> None:
    library, file = a_library(tmp_path)
    for policy in file.parent.glob("*.yaml"):
        policy.unlink()

    assert answered(library, "B30", region="14612", at=T0).consents == ()
    assert library.consent_policy(region="14612", around=T0) is None


def test_check_tells_of_a_gate_that_no_rule_speaks_of(tmp_path: Path) -> None:
    library, file = a_library(tmp_path)
    playbook = Path("playbooks/nw-proactive-referral.yaml")
    before = [one.code for one in library.problems([playbook])]
    nw = file.parent / "nordrhein-westfalen.yaml"
    nw.write_text(nw.read_text(encoding="utf-8").replace("[BHG]", "[FBS]"), encoding="utf-8")

    [told] = [one for one in library.problems([playbook]) if one.code == "CP201"]

    assert "CP201" not in before
    assert (told.strength.value, told.message) == (
        "notice",
        "no rule for Nordrhein-Westfalen speaks of what R05 hands over",
    )


def test_mistake_in_a_policy_is_told_by_the_check_of_the_house(tmp_path: Path) -> None:
    library, file = a_library(tmp_path)
    file.write_text(SOUND.replace("FBS", "FBZ"), encoding="utf-8")

    told = [one.code for one in library.problems() if one.path.endswith("sachsen.yaml")]

    assert told == ["CP102"]
    held = [library.consent_policy(region=one, around=T0) for one in ("14612", "12053", "03241")]
    assert held[:2] == [STRICTEST, STRICTEST]
    assert held[2] is not None
    assert held[2].land == "03"
