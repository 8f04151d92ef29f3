"""What changed between two versions of an agreement, party by party and clause by clause."""

from pathlib import Path

import pytest

from crisis.loading.agreement_difference import agreement_differences
from crisis.loading.agreement_file import AgreementFile
from crisis.loading.single_file import read_single

TEXT = """\
id: charter
kind: agreement
title: {de: Charta, en: Charter}
regions: ["14"]
subjects: [mass-casualty]
in_force_from: 2020-07-17
review_months: 6
parties:
  - {organisation: desk, signatory: {de: Leitung}, roles: [OB-L]}
  - {organisation: police, signatory: {de: Präsidium}, roles: [POL-FLZ, POL-OS]}
clauses:
  - {id: S9.1, text: {de: Beide helfen.}}
  - {id: S9.2, text: {de: Beide üben.}}
"""
TOLD = {
    "title": (
        "{de: Charta, en",
        "{de: Neue Charta, en",
        [("agreement", "title-changed", "neutral", "Charta", "Neue Charta")],
    ),
    "date": (
        "in_force_from: 2020-07-17",
        "in_force_from: unknown\nends_on: 2027-01-01",
        [
            ("agreement", "in-force-from-changed", "neutral", "2020-07-17", ""),
            ("agreement", "ends-on-changed", "neutral", "", "2027-01-01"),
        ],
    ),
    "region": (
        'regions: ["14"]',
        'regions: ["05"]',
        [
            ("agreement", "region-removed", "weaker", "14", ""),
            ("agreement", "region-added", "stricter", "", "05"),
        ],
    ),
    "subject": (
        "subjects: [mass-casualty]",
        "subjects: [mass-casualty, training]\nsupersedes: [old]",
        [
            ("agreement", "subject-added", "neutral", "", "training"),
            ("agreement", "superseded-added", "neutral", "", "old"),
        ],
    ),
    "later-review": (
        "review_months: 6",
        "review_months: 12",
        [("agreement", "review-later", "weaker", "6 months", "12 months")],
    ),
    "sooner-review": (
        "review_months: 6",
        "review_months: 3",
        [("agreement", "review-sooner", "stricter", "6 months", "3 months")],
    ),
    "party": (
        "organisation: police",
        "organisation: help",
        [
            ("party police", "party-removed", "weaker", "Präsidium (POL-FLZ, POL-OS)", ""),
            ("party help", "party-added", "neutral", "", "Präsidium (POL-FLZ, POL-OS)"),
        ],
    ),
    "signatory": (
        "{de: Leitung}",
        "{de: Vorsitz}",
        [("party desk", "signatory-changed", "neutral", "Leitung", "Vorsitz")],
    ),
    "role": (
        "roles: [POL-FLZ, POL-OS]",
        'roles: [POL-FLZ, KH], regions: ["14612"]',
        [
            ("party police", "role-removed", "weaker", "POL-OS", ""),
            ("party police", "role-added", "stricter", "", "KH"),
            ("party police", "regions-changed", "unclear", "wherever it holds", "14612"),
        ],
    ),
    "clause": (
        "id: S9.2",
        "id: S9.3",
        [
            ("clause S9.2", "clause-removed", "weaker", "Beide üben.", ""),
            ("clause S9.3", "clause-added", "stricter", "", "Beide üben."),
        ],
    ),
    "reworded": (
        "Beide üben.",
        "Beide üben jährlich.",
        [("clause S9.2", "clause-reworded", "unclear", "Beide üben.", "Beide üben jährlich.")],
    ),
    "nothing": ("id: charter", "id: charter", []),
}


def agreement(folder: Path, text: str) -> AgreementFile:
    file = folder / "charter.yaml"
    file.write_text(text, encoding="utf-8")
    return read_single(file, AgreementFile)[1]


@pytest.mark.parametrize("name", TOLD)
def test_change_of_an_agreement_is_told(tmp_path: Path, name: str) -> None:
    old, new, told = TOLD[name]
    assert old in TEXT
    before, after = agreement(tmp_path, TEXT), agreement(tmp_path, TEXT.replace(old, new))

    found = agreement_differences(before, after)

    rows = [(one.where, one.kind, one.verdict.value, one.before, one.after) for one in found]
    assert rows == told
