"""The working folder: what exists, what is wrong across files, and what changed."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crisis.core.contact import ChannelKind
from crisis.errors import NotFoundError
from crisis.loading.library import FileLibrary
from crisis.loading.problem import InvalidFilesError, render
from crisis.simulated.clock import FakeClock

ROOT = Path(__file__).parents[2]
TEMPLATE = (ROOT / "playbooks" / "templates" / "five-steps.yaml").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONTACTS = """\
organisations:
  - {id: haus, name: {de: Haus, en: House}}
units:
  - id: ob-l
    organisation: haus
    name: {de: Dienst, en: Duty desk}
    roles: [OB-L]
    regions: ["14"]
    competences: [koordination.land, lage.entscheiden]
    contact: dienst
  - id: polizei
    organisation: haus
    name: {de: Polizei, en: Police}
    roles: [POL-FLZ]
    regions: ["14"]
    competences: [lage.melden]
    contact: dienst
  - id: opferhilfe
    organisation: haus
    name: {de: Opferhilfe, en: Victim support}
    roles: [OHS, WR]
    regions: ["14"]
    competences: [beratung.opferhilfe]
    contact: dienst
functions:
  - id: dienst
    title: {de: Dienst, en: Duty desk}
    deputy: vertretung
    superior: vertretung
    availability: round-the-clock
    channels:
      - {kind: phone-by-hand, address: "+49 30 23125 001", provider: netz, verified_on: 2026-11-02}
  - id: vertretung
    title: {de: Vertretung, en: Deputy}
    availability: round-the-clock
    channels:
      - {kind: phone-by-hand, address: "+49 30 23125 003", provider: netz, verified_on: 2026-11-02}
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileLibrary:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "playbooks" / "templates").mkdir(parents=True)
    (tmp_path / "contacts").mkdir()
    _write("playbooks/five-steps.yaml", TEMPLATE)
    _write("contacts/all.yaml", CONTACTS)
    return FileLibrary(
        playbooks=Path("playbooks"), contacts=Path("contacts"), clock=FakeClock(NOW)
    )


def _write(name: str, text: str) -> None:
    path = Path(name)
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, encoding="utf-8")
    # Two writes within one tick of the file system's clock would look alike.
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_playbook_ids_leave_out_templates_and_rehearsals(library: FileLibrary) -> None:
    for name in ("another", "five-steps.night.rehearsal", "templates/starter"):
        shutil.copy("playbooks/five-steps.yaml", f"playbooks/{name}.yaml")

    assert library.playbook_ids() == ("another", "five-steps")


def test_problems_of_a_sound_folder_are_none(library: FileLibrary) -> None:
    assert render(library.problems()) == "No mistakes."


def test_playbook_is_read_again_when_its_file_changes(library: FileLibrary) -> None:
    before = library.playbook("five-steps")
    _write("playbooks/five-steps.yaml", TEMPLATE.replace("version: 0.1.0", "version: 0.2.0"))

    after = library.playbook("five-steps")

    assert (before.version, after.version) == ("0.1.0", "0.2.0")


def test_playbook_is_kept_while_its_file_stays_the_same(library: FileLibrary) -> None:
    assert library.playbook("five-steps") is library.playbook("five-steps")


def test_playbook_that_is_not_there_lists_what_is(library: FileLibrary) -> None:
    with pytest.raises(NotFoundError) as caught:
        library.playbook("four-steps")

    assert str(caught.value) == "there is no playbook `four-steps`; known: five-steps"


def test_playbook_with_mistakes_is_refused_whole(library: FileLibrary) -> None:
    _write("playbooks/five-steps.yaml", TEMPLATE.replace("region: ", "regoin: "))

    with pytest.raises(InvalidFilesError) as caught:
        library.playbook("five-steps")

    assert str(caught.value) == (
        "playbooks/five-steps.yaml:5:1: SH002 missing key `region`\n"
        "playbooks/five-steps.yaml:9:1: SH001 unknown key `regoin`\n"
        "  = help: did you mean `region`?\n"
        "2 mistakes in 1 file. `crisis playbook explain SH002` says more."
    )


def test_roles_that_nobody_holds_are_reported(library: FileLibrary) -> None:
    text = TEMPLATE.replace("  role: OB-L", "  role: OB-X").replace("[OHS, WR]", "[OHS, WRR]")
    _write("playbooks/five-steps.yaml", text)

    assert render(library.problems()) == (
        "playbooks/five-steps.yaml:13:9: PB402 nobody holds the role `OB-X`\n"
        "  = help: let a unit in contacts/ hold it; did you mean `OB-L`?\n"
        "playbooks/five-steps.yaml:123:14: PB401 nobody holds the role `WRR`\n"
        "  = help: let a unit in contacts/ hold it; did you mean `WR`?\n"
        "2 mistakes in 1 file. `crisis playbook explain PB402` says more."
    )


def test_competence_that_no_holder_has_is_reported(library: FileLibrary) -> None:
    _write("contacts/all.yaml", CONTACTS.replace("[lage.melden]", "[verfahren.ermittlung]"))

    assert render(library.problems()) == (
        "playbooks/five-steps.yaml:86:21: L-KOMPETENZ S2 needs `lage.melden`, "
        "which none of polizei has\n"
        "  = help: ask a partner that has it, or name the competence the task really needs\n"
        "1 mistake in 1 file. `crisis playbook explain L-KOMPETENZ` says more."
    )


def test_competence_that_a_holder_must_not_have_is_reported(library: FileLibrary) -> None:
    forbidden = "[verfahren.ermittlung]\n    must_not: [lage.melden]"
    _write("contacts/all.yaml", CONTACTS.replace("[lage.melden]", forbidden))

    assert [one.message for one in library.problems()] == [
        "S2 needs `lage.melden`, which none of polizei has",
        "`polizei` must not do `lage.melden`",
    ]


def test_directory_with_mistakes_is_refused(library: FileLibrary) -> None:
    _write("contacts/all.yaml", CONTACTS.replace("contact: dienst", "contact: niemand"))

    with pytest.raises(InvalidFilesError, match="niemand"):
        library.directory(around=NOW)


def test_address_follows_the_file_at_once(library: FileLibrary) -> None:
    (channel,) = library.directory(around=NOW).contacts["dienst"].channels
    before = library.address(channel.id)
    _write("contacts/all.yaml", CONTACTS.replace("23125 001", "23125 002"))

    after = library.address(channel.id)

    assert (before, after) == ("+493023125001", "+493023125002")
    assert library.kind(channel.id) is ChannelKind.PHONE_BY_HAND


def test_address_stays_in_force_while_the_files_hold_mistakes(library: FileLibrary) -> None:
    (channel,) = library.directory(around=NOW).contacts["dienst"].channels
    before = library.address(channel.id)
    _write("contacts/all.yaml", "functions: [")

    assert (before, library.address(channel.id)) == ("+493023125001", "+493023125001")


def test_contacts_are_worked_out_anew_when_the_day_in_germany_changes(
    library: FileLibrary,
) -> None:
    evening = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)

    first = library.directory(around=evening)

    assert library.directory(around=datetime(2026, 11, 22, 1, tzinfo=UTC)) is first
    assert library.directory(around=evening + timedelta(minutes=1)) is not first


def test_files_are_shown_as_people_would_type_them(library: FileLibrary) -> None:
    _write("playbooks/five-steps.yaml", "id: [")
    here = Path.cwd()

    near = library.problems([here / "playbooks" / "five-steps.yaml"])
    far = library.problems([here.parent / "elsewhere.yaml"])

    assert near[0].path == "playbooks/five-steps.yaml"
    assert far[0].path == (here.parent / "elsewhere.yaml").as_posix()


def test_hub_without_members_is_reported(library: FileLibrary) -> None:
    playbook = Path("playbooks/five-steps.yaml")
    written = playbook.read_text(encoding="utf-8")
    _write(
        str(playbook),
        written.replace("        who: [OHS, WR] ", "        hub: true\n        who: [OHS, WR] "),
    )

    assert [one.message for one in library.problems()] == [
        "S4 is passed on, but opferhilfe has no members"
    ]
