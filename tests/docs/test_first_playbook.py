"""The tutorial's playbook, made as the page says, gives what the page prints."""

import shutil
from pathlib import Path

import pytest

from crisis.core.obligation import ObligationState
from crisis.settings import load_settings
from crisis.workshop import Workshop, open_workshop
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/tutorial/first-playbook.md").read_text(encoding="utf-8")
PLAYBOOK = Path("playbooks/school-bus.yaml")
REHEARSAL = Path("playbooks/school-bus.morning.rehearsal.yaml")
# What the template says, and what the page has the reader write in its place.
EDITS = (
    ("id: five-steps\n", "id: school-bus\n"),
    (
        "title: {de: Vorlage mit fünf Schritten, en: Template with five steps}\n",
        "title: {de: Unfall eines Schulbusses, en: School bus accident}\n",
    ),
    (
        "\nladders: ",
        (
            "  minors:\n    kind: tristate\n    safety: true\n"
            "    label: {de: Kinder betroffen, en: Children affected}\n"
        ),
    ),
    (
        "    order: [http, phone-by-hand, sms, portal]\n",
        "    order: [email, phone-by-hand, sms, portal]\n",
    ),
    (
        "\nphases:\n",
        (
            "      minors:\n        kind: tristate\n"
            '        label: {de: "Sind Kinder betroffen?", en: "Are children affected?"}\n'
            "        stes: minors\n"
        ),
    ),
    (
        "        title: {de: Opferhilfe einbinden, en: Bring in victim support}\n",
        "        title: {de: Krisenteam der Schule, en: School crisis team}\n",
    ),
    (
        "        who: [OHS, WR]               # each becomes an obligation of its own\n",
        "        who: [SCH, JA]\n",
    ),
    (
        "            - {kind_of_event: {is: [crime, unclear]}}\n",
        "            - {minors: {is: yes}}\n",
    ),
)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """Make a working folder as `crisis init` does, with the playbook of the page."""
    for folder in ("playbooks", "contacts/example"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    text = Path("playbooks/templates/five-steps.yaml").read_text(encoding="utf-8")
    for old, new in EDITS:
        assert text.count(old) == 1
        assert new in PAGE
        # What begins with an empty line marks the place before which something is added.
        text = text.replace(old, new + old if old.startswith("\n") else new)
    PLAYBOOK.write_text(text, encoding="utf-8")
    return open_workshop(load_settings({}, env_file=None))


def mended() -> None:
    text = PLAYBOOK.read_text(encoding="utf-8")
    right = "        competence: [schule.krisenteam, kinder.beratung]\n"
    assert right in PAGE
    text = text.replace("stes: minors", "sets: minors")
    PLAYBOOK.write_text(
        text.replace("        competence: beratung.opferhilfe\n", right), encoding="utf-8"
    )


def test_the_slip_and_the_competence_are_found_as_the_page_prints_them(house: Workshop) -> None:
    assert house.check_playbooks((PLAYBOOK,)).text.rstrip() in PAGE


def test_the_mended_playbook_has_no_mistakes(house: Workshop) -> None:
    mended()

    assert house.check_playbooks((PLAYBOOK,)).text.rstrip() == "No mistakes."


def test_the_rehearsal_ends_as_the_page_prints_it(house: Workshop) -> None:
    mended()
    start = PAGE.index("playbook: school-bus\n")
    REHEARSAL.write_text(PAGE[start : PAGE.index("```", start)], encoding="utf-8")

    played = house.simulate(house.rehearsal(REHEARSAL))

    assert [
        (obligation.partner, obligation.state)
        for obligation in played.incident.obligations.values()
        if obligation.step != "S5"
    ] == [
        ("ob-l-sachsen", ObligationState.ACKNOWLEDGED),
        ("pol-flz-dresden", ObligationState.ANSWERED),
        ("ob-l-sachsen", ObligationState.ANSWERED),
        ("sch-dresden", ObligationState.ACKNOWLEDGED),
        ("ja-dresden", ObligationState.DECLINED),
    ]


def test_init_counts_the_files_as_the_page_prints_it() -> None:
    for folder in ("playbooks", "contacts/example"):
        count = sum(path.is_file() for path in (ROOT / folder).rglob("*"))
        assert f"  {folder}/".ljust(21) + f"{count} files" in PAGE
