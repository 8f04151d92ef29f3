"""Opening an incident: what is shown, what is sent, what is refused."""

import os
from textwrap import dedent

from crisis.core.delivery import Outcome, OutcomeKind
from tests.cli.desk import CommandLine

OPEN = ("incident", "open", "alarm", "--region", "Dresden", "--exercise")


def test_open_shows_what_was_sent_and_where_to_look(ada: CommandLine) -> None:
    result = ada.run(*OPEN, "--set", "injured=3", "--occurred", "19:02")

    assert result.exit_code == 0
    assert result.stdout == dedent("""\
        AHORN 47 is open.

        Incident  20261218-1820-k7m2 (exercise)
        Playbook  alarm 1.0.0
        Region    14612 Dresden
        Since     2026-12-18 19:20
        Page      http://127.0.0.1:8080/incidents/20261218-1820-k7m2
        More      crisis incident show 20261218-1820-k7m2

        step  partner  contact      channel  outcome
        S1    desk     desk-duty    http     accepted
        S2    police   police-duty  http     accepted
        """)
    assert result.stderr == (
        "No engine runs here: this command sent what is due now."
        " Later steps and escalations need `crisis serve`.\n"
    )
    assert [(sent.channel, sent.title) for sent in ada.sender.sent] == [
        ("desk-duty-http", "[ÜBUNG] AHORN 47 · Dresden · S1"),
        ("police-duty-http", "[ÜBUNG] AHORN 47 · Dresden · S2"),
    ]


def test_open_leaves_the_asking_to_an_engine_that_runs(ada: CommandLine) -> None:
    with ada.world() as world:
        world.log.beat("engine/host-a", world.wall.now(), {"pid": os.getpid()})

    result = ada.run(*OPEN)

    assert result.stdout.endswith("\nThe engine asks the first partners now.\n")
    assert result.stderr == ""
    assert ada.sender.sent == ()


def test_open_prints_the_stable_keys_as_json(ada: CommandLine) -> None:
    shown = ada.read(*OPEN, "--label", "PROBE", "--by", "ada")

    assert list(shown)[:3] == ["id", "code_word", "label"]
    assert {key: shown[key] for key in ("label", "mode", "region", "opened_by", "url")} == {
        "label": "PROBE",
        "mode": "exercise",
        "region": "14612",
        "opened_by": "ada",
        "url": "http://127.0.0.1:8080/incidents/20261218-1820-k7m2",
    }
    assert shown["engine_runs"] is False
    assert [o["state"] for o in shown["obligations"]] == ["asking", "asking"]


def test_open_is_live_unless_it_is_an_exercise(ada: CommandLine) -> None:
    shown = ada.read(*OPEN[:-1])

    assert shown["mode"] == "live"


def test_open_shows_why_a_message_did_not_go_out(ada: CommandLine) -> None:
    failed = Outcome(kind=OutcomeKind.DEFERRED, code="no-relay")
    ada.sender.script("desk-duty-http", failed)

    screen = ada.screen(*OPEN)

    table = screen[screen.index("step") : screen.index("No engine")]
    assert table == dedent("""\
        step  partner  contact      channel        outcome
        S1    desk     desk-duty    http           deferred (no-relay)
        S2    police   police-duty  http           accepted
        S1    desk     desk-duty    phone-by-hand  accepted
        """)


def test_open_as_live_with_the_example_contacts_warns_loudly(ada: CommandLine) -> None:
    contacts = ada.folder / "contacts"
    (contacts / "example").mkdir()
    (contacts / "partners.yaml").rename(contacts / "example" / "partners.yaml")

    drill = ada.run(*OPEN)
    ada.clock.advance(minutes=1)
    live = ada.run(*OPEN[:-1])

    assert (live.exit_code, "WARNING" in drill.stderr) == (0, False)
    assert live.stderr.startswith(
        "WARNING: 20261218-1821-k7m2 is LIVE, and all contacts are the invented example ones in"
        f" {contacts}: no real partner is reached. If this was a trial, stand it down:\n"
        '  crisis incident stand-down 20261218-1821-k7m2 --reason "opened by mistake"\n'
    )


def test_open_refuses_a_gap_and_lists_role_and_step(ada: CommandLine) -> None:
    result = ada.run("incident", "open", "alarm", "--region", "14626", "--exercise")

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        "nobody holds these roles in 14626: S2 needs POL-FLZ. Add them to the contacts, or open"
        " with --accept-gaps: each becomes a task for the lead\n"
    )


def test_open_with_accepted_gaps_puts_a_task_on_the_desk(ada: CommandLine) -> None:
    result = ada.run(
        "incident", "open", "alarm", "--region", "14626", "--exercise", "--accept-gaps"
    )

    assert result.exit_code == 0
    assert "Nobody for  S2 needs POL-FLZ\n" in result.stdout
    assert [task["kind"] for task in ada.read("incident", "show", "last")["tasks"]] == ["gap"]


def test_open_of_an_unknown_playbook_lists_what_exists(ada: CommandLine) -> None:
    result = ada.run("incident", "open", "flood", "--region", "14612", "--exercise")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "there is no playbook `flood`; known: alarm\n"


def test_open_in_an_unknown_region_lists_what_exists(ada: CommandLine) -> None:
    result = ada.run("incident", "open", "alarm", "--region", "Atlantis", "--exercise")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("there is no region `Atlantis`. Give an official key")
    assert ", 14612 Dresden, " in result.stderr


def test_open_of_a_live_incident_is_refused_while_the_clock_is_sped_up(ada: CommandLine) -> None:
    result = ada.run(*OPEN[:-1], CRISIS_CLOCK_SCALE="60")

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith("the clock is sped up or was moved, so only exercises")


def test_open_takes_an_exercise_while_the_clock_is_sped_up(ada: CommandLine) -> None:
    assert ada.run(*OPEN, CRISIS_CLOCK_SCALE="60").exit_code == 0


def test_open_of_a_drill_as_live_is_refused(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "alarm.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("kind: response", "kind: exercise"), encoding="utf-8")

    result = ada.run(*OPEN[:-1])

    assert (result.exit_code, result.stdout, result.stderr) == (
        4,
        "",
        "alarm is a drill and cannot be opened as live; add --exercise\n",
    )


def test_open_lists_every_attribute_that_does_not_fit(ada: CommandLine) -> None:
    result = ada.run(*OPEN, "--set", "injured=some", "--set", "suspect_at_large=maybe")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "`injured` cannot be `some`; it takes a whole number from 0\n"
        "`suspect_at_large` cannot be `maybe`; it takes yes | no | unknown\n"
    )


def test_open_refuses_a_person_in_the_label(ada: CommandLine) -> None:
    result = ada.run(*OPEN, "--label", "Frau Muster")

    assert result.exit_code == 4
    assert ada.read("incident", "list") == []


def test_open_refuses_a_playbook_with_mistakes_and_lists_them_all(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "alarm.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("within: 10m", "withn: 10m"), encoding="utf-8")

    result = ada.run(*OPEN)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("SH001 unknown key `withn`") == 2


def test_open_a_minute_later_opens_another(opened: CommandLine) -> None:
    opened.clock.advance(minutes=1)

    opened.run(*OPEN)

    ids = [each["id"] for each in opened.read("incident", "list")]
    assert ids == ["20261218-1820-k7m2", "20261218-1821-k7m2"]


def test_open_twice_under_one_id_writes_nothing(opened: CommandLine) -> None:
    assert opened.run(*OPEN).exit_code == 4
    assert len(opened.read("incident", "list")) == 1
