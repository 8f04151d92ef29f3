"""Listing, showing and reading incidents."""

import json
import threading
from textwrap import dedent

from crisis.core.link import ack_code
from crisis.usecases import steering
from tests.cli.desk import CommandLine

ID = "20261218-1820-k7m2"


def _code(ada: CommandLine) -> str:
    with ada.world() as world:
        return ack_code(world.desk.house.secret, incident=ID, step="S1", partner="desk")


def test_list_says_how_to_begin(ada: CommandLine) -> None:
    assert ada.screen("incident", "list") == (
        "There is no incident yet; open one with `crisis incident open`.\n"
    )
    assert ada.read("incident", "list") == []


def test_list_shows_each_incident_with_those_who_wait(opened: CommandLine) -> None:
    assert opened.screen("incident", "list") == dedent("""\
        id                  code word  mode      playbook  region  since             state  waiting
        20261218-1820-k7m2  AHORN 47   exercise  alarm     14612   2026-12-18 19:20  open   2
        """)
    assert opened.read("incident", "list") == [
        {
            "id": "20261218-1820-k7m2",
            "code_word": "AHORN 47",
            "label": "",
            "mode": "exercise",
            "playbook": "alarm",
            "version": "1.0.0",
            "region": "14612",
            "opened_at": "2026-12-18T18:20:00+00:00",
            "t0": "2026-12-18T18:20:00+00:00",
            "planned": False,
            "closed_at": None,
            "state": "open",
            "degraded": False,
            "waiting": 2,
            "obligations": {"asking": 2},
        }
    ]


def test_show_says_what_is_known_in_the_words_of_the_playbook(opened: CommandLine) -> None:
    facts = ("kind_of_event=unclear", "injured=3", "languages=pl,cs", "suspect_at_large=unknown")
    opened.screen("incident", "set", "last", *facts, "--source", "Leitstelle")

    [known] = [
        line
        for line in opened.screen("incident", "show", "last").splitlines()
        if line.startswith("Known")
    ]

    assert known == (
        "Known     Kind of event: cause not known yet; Number of injured: 3; Languages: pl, cs;"
        " Suspect at large: not known yet"
    )


def test_show_lists_obligations_and_what_lies_on_the_desk(opened: CommandLine) -> None:
    opened.clock.advance(minutes=20)
    opened.screen("incident", "note", "last", "weiter")

    assert opened.screen("incident", "show", "last") == dedent("""\
        AHORN 47 (exercise), open

        Incident  20261218-1820-k7m2
        Playbook  alarm 1.0.0
        Region    14612 Dresden
        Occurred  not known
        Since     2026-12-18 19:20
        Known     nothing yet
        Next      2026-12-18 19:50

        step  partner  state             due               level  attempts  done
        S1    desk     handed_to_person  2026-12-18 19:30  4      4
        S2    police   handed_to_person  2026-12-18 19:40  4      5

        On the lead's desk:
        task                 since             why        contact    about
        other-way/S1/desk    2026-12-18 19:40  other-way
        other-way/S2/police  2026-12-18 19:40  other-way
        phone/S1/desk/2      2026-12-18 19:40  phone      desk-duty
        Say what came of it: crisis incident task 20261218-1820-k7m2 TASK RESULT

        Call desk-duty: +493023125110
          Say   [ÜBUNG] AHORN 47: Bitte übernehmen.
          Code  {code}
          Then  crisis incident task {id} phone/S1/desk/2 reached
          Or    wrong-number or no-answer
        """).format(code=_code(opened), id=ID)


def test_tasks_lists_the_desk_alone(opened: CommandLine) -> None:
    assert opened.screen("incident", "tasks", "last") == "Nothing lies on the lead's desk.\n"
    assert opened.read("incident", "tasks", "last") == []

    opened.clock.advance(minutes=5)
    opened.screen("incident", "note", "last", "weiter")

    assert opened.screen("incident", "tasks", "last") == dedent("""\
        On the lead's desk:
        task             since             why    contact    about
        phone/S1/desk/2  2026-12-18 19:25  phone  desk-duty

        Call desk-duty: +493023125110
          Say   [ÜBUNG] AHORN 47: Bitte übernehmen.
          Code  {code}
          Then  crisis incident task {id} phone/S1/desk/2 reached
          Or    wrong-number or no-answer
        """).format(code=_code(opened), id=ID)
    assert opened.read("incident", "tasks", "last") == [
        {
            "task": "phone/S1/desk/2",
            "kind": "phone",
            "step": "S1",
            "partner": "desk",
            "contact": "desk-duty",
            "subject": "2",
            "raised_at": "2026-12-18T18:25:00+00:00",
            "results": ["reached", "wrong-number", "no-answer"],
            "call": {
                "number": "+493023125110",
                "say": "[ÜBUNG] AHORN 47: Bitte übernehmen.",
                "code": _code(opened),
                "is_oral": False,
            },
        }
    ]


def test_tasks_says_if_the_contacts_hold_no_number_any_more(opened: CommandLine) -> None:
    opened.clock.advance(minutes=5)
    opened.screen("incident", "note", "last", "weiter")
    file = opened.folder / "contacts" / "partners.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "phone-by-hand" not in line]
    file.write_text("".join(kept), encoding="utf-8")

    screen = opened.screen("incident", "tasks", "last")

    assert "\nCall desk-duty: the contacts hold no number any more\n" in screen


def test_show_json_has_the_keys_of_the_contract(opened: CommandLine) -> None:
    shown = opened.read("incident", "show", "20261218-1820-k7m2")

    promised = {
        *("id", "mode", "playbook", "version", "layers", "region", "opened_at", "occurred_at"),
        *("state", "lead", "attributes", "degraded", "next_wake_at", "obligations"),
    }
    assert promised <= set(shown)
    assert {
        *("step", "partner", "state", "started_at", "due_at", "done_at", "level", "attempts")
    } <= set(shown["obligations"][0])
    assert {*("n", "channel", "contact", "at", "outcome", "code", "possible_repeat")} <= set(
        shown["obligations"][0]["attempts"][0]
    )


def test_show_of_an_unknown_incident_lists_what_exists(opened: CommandLine) -> None:
    result = opened.run("incident", "show", "20990101-0000-none")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        "there is no incident '20990101-0000-none'; there are: 20261218-1820-k7m2\n"
    )


def test_last_of_no_incident_says_how_to_begin(ada: CommandLine) -> None:
    result = ada.run("incident", "show", "last")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "there is no incident yet; open one with `crisis incident open`\n"


def test_log_shows_each_entry_and_marks_the_late_ones(opened: CommandLine) -> None:
    opened.clock.advance(minutes=4)
    opened.screen("incident", "ack", "last", "S1", "--at", "19:22", "--by", "ada")

    head, *lines = opened.screen("incident", "log", "last").splitlines()

    assert head == "n  time                 by            step  partner  what"
    assert [line.removeprefix(f"{n}  2026-12-18 ") for n, line in enumerate(lines, 1)][:5] == [
        "19:20:00  duty-officer                 exercise opened as AHORN 47, alarm 14612",
        "19:20:00  system        S1             begins for desk",
        "19:20:00  system        S2             begins for police",
        "19:20:00  system        S1    desk     ask desk-duty over desk-duty-http",
        "19:20:00  system        S2    police   ask police-duty over police-duty-http",
    ]
    # Both messages are under way at once; their outcomes come in any order.
    assert sorted(line.partition("system        ")[2] for line in lines[5:7]) == [
        "S1    desk     attempt 1 accepted (250)",
        "S2    police   attempt 1 accepted (250)",
    ]
    assert lines[7].endswith(
        "ada           S1    desk     acknowledged by desk-duty via phone"
        " (at 2026-12-18 19:22, entered late)"
    )


def test_log_json_holds_the_chain_and_leaves_the_pinned_content_out(opened: CommandLine) -> None:
    entries = opened.read("incident", "log", "last")

    first, second = entries[:2]
    assert (first["kind"], first["version"], first["prev_hash"]) == ("incident-opened", 1, "")
    assert second["prev_hash"] == first["hash"]
    assert set(first["data"]) & {"playbook", "directory"} == set()
    assert first["data"]["region"] == "14612"


def test_log_follow_goes_on_until_the_incident_is_closed(opened: CommandLine) -> None:
    def end() -> None:
        # Not by a second command: the runner's screen belongs to one thread.
        with opened.world() as world:
            for step in ("S1", "S2"):
                steering.skip(world.desk, ID, step=step, reason="Probe", by="ada")
            steering.close(world.desk, ID, reason="Probe vorbei", by="ada")

    closing = threading.Timer(0.3, end)
    closing.start()
    lines = opened.screen("incident", "log", "last", "--follow").splitlines()
    closing.join()

    assert lines[0].endswith("exercise opened as AHORN 47, alarm 14612")
    assert [line.partition("  ")[0] for line in lines] == [str(n + 1) for n in range(len(lines))]
    assert lines[-1].endswith("closed: Probe vorbei")


def test_log_follow_prints_one_json_object_a_line(opened: CommandLine) -> None:
    for step in ("S1", "S2", "S3"):
        opened.screen("incident", "skip", "last", step, "--reason", "Probe")
    opened.screen("incident", "close", "last", "--reason", "Probe vorbei")

    lines = opened.screen("incident", "log", "last", "--follow", "--json").splitlines()

    assert [json.loads(line) for line in lines] == opened.read("incident", "log", "last")


def test_log_marks_whatever_was_entered_late(opened: CommandLine) -> None:
    opened.clock.advance(minutes=9)
    late = ("--at", "19:22")
    why = ("--reason", "Lage klar")
    opened.screen("incident", "note", "last", "Schule informiert", *late)
    opened.screen("incident", "set", "last", "languages=pl", *late)
    opened.screen("incident", "answer", "last", "S2", "--set", "injured=5", *late)
    opened.screen("incident", "task", "last", "phone/S1/desk/2", "reached", *late)
    opened.screen("incident", "decide", "last", "S3", "yes", *why, *late)

    lines = opened.screen("incident", "log", "last").splitlines()

    marked = [line for line in lines if line.endswith(" (at 2026-12-18 19:22, entered late)")]
    told = [" ".join(line.split()[3:]).partition(" (at")[0] for line in marked]
    assert [words.removeprefix("duty-officer ") for words in told] == [
        "Schule informiert",
        "languages = pl, from duty-officer",
        "S2 police acknowledged by police-duty via phone",
        "S2 police answered by police-duty via phone: injured=5",
        "injured = 5, from S2/police",
        "task phone/S1/desk/2: reached",
        "S1 desk acknowledged by desk-duty via phone",
        "S3 decided yes because: Lage klar",
    ]
