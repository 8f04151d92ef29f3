"""Checking, explaining and rehearsing playbooks."""

import json
from textwrap import dedent

from tests.cli.desk import CommandLine

SIMULATE = ("playbook", "simulate", "alarm", "--region", "Dresden", "--at", "2026-12-18 19:20")


def test_check_ends_well_with_a_warning_in_the_contacts(ada: CommandLine) -> None:
    result = ada.run("playbook", "check")

    assert result.exit_code == 0
    assert "CT016 warning: `desk-head` answers in its hours only" in result.stdout


def test_check_lists_every_mistake_with_place_rule_and_cure(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "alarm.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("within: 20m", "within: soon").replace("start: T0\n", "start: T1\n")
    file.write_text(text, encoding="utf-8")

    result = ada.run("playbook", "check", "playbooks/alarm.yaml")

    assert result.exit_code == 1
    assert result.stdout == dedent("""\
        playbooks/alarm.yaml:58:16: PB105 not a start: `T1`
          = help: write T0+90m, after A04, after any of A02, A03, latest T0+30m, or with A01
        playbooks/alarm.yaml:73:17: PB104 not a duration: `soon`
          = help: write 30m, 1h30m, 2d or PT30M
        2 mistakes in 1 file. `crisis playbook explain PB105` says more.
        """)


def test_check_tells_a_program_the_place_of_each_mistake(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "alarm.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("review_by: 2099-11-30\n", "colour: red\n"), encoding="utf-8")

    result = ada.run("playbook", "check", "playbooks", "--json")

    found = json.loads(result.stdout)
    assert (result.exit_code, found["ok"], found["files"]) == (1, False, 1)
    assert [(p["path"], p["line"], p["code"], p["strength"]) for p in found["problems"]] == [
        ("playbooks/alarm.yaml", 2, "PB302", "warning"),
        ("playbooks/alarm.yaml", 7, "SH001", "error"),
    ]


def test_check_of_nothing_says_what_to_do(ada: CommandLine) -> None:
    (ada.folder / "empty").mkdir()

    missing = ada.run("playbook", "check", "nowhere")
    empty = ada.run("playbook", "check", "empty")

    assert (missing.exit_code, missing.stderr) == (
        3,
        (
            "there is no nowhere; name files or folders that exist,"
            " or set CRISIS_PLAYBOOKS_DIR and CRISIS_CONTACTS_DIR\n"
        ),
    )
    assert (empty.exit_code, empty.stderr) == (
        3,
        "empty holds no playbook (*.yaml); `crisis init DIR` brings some\n",
    )


def test_explain_says_why_a_rule_exists(ada: CommandLine) -> None:
    assert ada.screen("playbook", "explain", "ya011") == (
        "YA011: When a key stands twice, most programs silently take the last one."
        " A deadline that counts must not depend on that.\n"
        "It is reported as: error.\n"
    )
    assert ada.read("playbook", "explain", "YA011") == {
        "rule": "YA011",
        "why": "When a key stands twice, most programs silently take the last one."
        " A deadline that counts must not depend on that.",
        "strength": "error",
        "served_by": [],
        "failing": "",
        "passing": "",
    }


def test_explain_shows_what_a_rule_reports_and_what_it_does_not(ada: CommandLine) -> None:
    assert ada.screen("playbook", "explain", "L-06") == dedent("""\
        L-06: One number for those missing someone, and published: otherwise every office is \
called, and none knows (S2.8).
        It is reported as: warning.
        Reported:
          - {id: A22, who: PASt, competence: auskunft.vermisste}
        In order:
          - {id: A22, who: PASt, competence: auskunft.vermisste, expect: {answer: GUARDS}}
        """)


def test_explain_names_the_rules_that_serve_another(ada: CommandLine) -> None:
    assert ada.screen("playbook", "explain", "L-27") == dedent("""\
        L-27: People, numbers and agreements change, so a playbook has a day of review (S5.11).
        It is checked by PB302.
        Reported:
          review_by: 2020-01-31
        In order:
          review_by: 2027-06-30
        """)


def test_explain_of_an_unknown_rule_lists_what_exists(ada: CommandLine) -> None:
    near = ada.run("playbook", "explain", "YA11")
    far = ada.run("playbook", "explain", "what")

    assert (near.exit_code, far.exit_code) == (3, 3)
    assert near.stderr.startswith("there is no rule `YA11`. Did you mean YA011? There are: AG101,")
    assert far.stderr == "there is no playbook and no step `what`; playbooks are: alarm\n"


def test_schema_is_json_for_editors(ada: CommandLine) -> None:
    schema = json.loads(ada.screen("playbook", "schema"))

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == "Crisis playbook"


def test_simulate_shows_who_is_asked_and_what_if_nobody_answers(ada: CommandLine) -> None:
    screen = ada.screen(*SIMULATE, "--until", "19:31")

    assert screen == dedent("""\
        alarm 1.0.0 in 14612 Dresden
        T0 is 2026-12-18 19:20. Nothing was sent; this is a simulation.
        Nobody answers.

        {head}
        2026-12-18 19:20  T+0:00  {opened}
        2026-12-18 19:20  T+0:00  S1                                                begins for desk
        2026-12-18 19:20  T+0:00  S2    {police}
        2026-12-18 19:20  T+0:00  S1    desk     desk-duty    http           0      ask
        2026-12-18 19:20  T+0:00  S2    police   police-duty  http           0      ask
        2026-12-18 19:25  T+0:05  S1    desk                                 1      {nobody} 1
        2026-12-18 19:25  T+0:05  S2    police                               1      {nobody} 1
        2026-12-18 19:25  T+0:05  S1    desk     desk-duty    phone-by-hand  1      ask
        2026-12-18 19:25  T+0:05  S2    police   police-duty  sms            1      ask
        2026-12-18 19:25  T+0:05  S1    desk     desk-duty    phone-by-hand         {task}
        2026-12-18 19:30  T+0:10  S1    desk                                        deadline passed
        2026-12-18 19:30  T+0:10  S1    desk                                 2      {nobody} 2
        2026-12-18 19:30  T+0:10  S2    police                               2      {nobody} 2
        2026-12-18 19:30  T+0:10  S1    desk     desk-head    sms            2      ask
        2026-12-18 19:30  T+0:10  S2    police   desk-head    sms            2      ask

        At 2026-12-18 19:31: 1 asking, 1 overdue.
        """).format(
        head="time              T+      step  partner  contact      channel        level  what",
        opened=f"{'':50}exercise opened as AHORN 47, alarm 14612",
        police=f"{'':44}begins for police",
        nobody="nobody answered: level",
        task="task for the lead: phone",
    )
    assert not (ada.folder / "data").exists()


def test_simulate_tells_a_program_each_moment(ada: CommandLine) -> None:
    told = ada.read(*SIMULATE, "--until", "19:21")

    assert {key: told[key] for key in ("playbook", "region", "at", "ended_at", "gaps")} == {
        "playbook": "alarm",
        "region": "14612",
        "at": "2026-12-18T18:20:00+00:00",
        "ended_at": "2026-12-18T18:21:00+00:00",
        "gaps": [],
    }
    assert told["timeline"][3] == {
        "at": "2026-12-18T18:20:00+00:00",
        "since_t0": 0.0,
        "kind": "attempt-started",
        "step": "S1",
        "partner": "desk",
        "contact": "desk-duty",
        "channel": "desk-duty-http",
        "channel_kind": "http",
        "level": 0,
        "outcome": "accepted",
        "code": "250",
        "what": "ask",
    }


def test_simulate_tries_the_next_channel_where_a_provider_is_out(ada: CommandLine) -> None:
    told = ada.read(*SIMULATE, "--until", "19:21", "--out", "gateway")

    tried = [(b["channel"], b["outcome"]) for b in told["timeline"] if b["outcome"]]
    assert tried == [
        ("desk-duty-http", "deferred"),
        ("police-duty-http", "deferred"),
        ("desk-duty-phone-by-hand", "accepted"),
        ("police-duty-sms", "accepted"),
    ]


def test_simulate_holds_back_what_the_limits_of_the_house_do(ada: CommandLine) -> None:
    result = ada.run(*SIMULATE, "--until", "19:31", CRISIS_LIMIT_SMS="1/hour")

    held = [line.split() for line in result.stdout.splitlines() if "(limit sms 1/hour)" in line]
    assert [(row[2], row[3], row[7:13]) for row in held] == [
        ("T+0:10", "S1", ["ask", "desk-head", "over", "desk-head-sms", "waits", "until"]),
        ("T+0:10", "S2", ["ask", "desk-head", "over", "desk-head-sms", "waits", "until"]),
    ]


def test_simulate_writes_a_page(ada: CommandLine) -> None:
    result = ada.run(*SIMULATE, "--until", "19:31", "--out", "gateway", "--page", "run.html")

    page = (ada.folder / "run.html").read_text(encoding="utf-8")
    assert (result.exit_code, result.stderr) == (0, "run.html: written\n")
    assert "<dt>Ausgefallen</dt><dd>gateway</dd>" in page


def test_simulate_lists_gaps_and_puts_them_on_the_desk(ada: CommandLine) -> None:
    screen = ada.screen(
        "playbook", "simulate", "alarm", "--region", "14626", "--at", "2026-12-18 19:20"
    )

    assert screen.endswith("Nobody holds these roles here: S2 needs POL-FLZ.\n")


def test_simulate_plays_a_rehearsal_file(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "alarm.test.rehearsal.yaml"
    file.write_text(
        'playbook: alarm\nregion: "14612"\nat: 2026-12-18T19:20+01:00\nuntil: "19:30"\n'
        "cues:\n"
        "  - {after: 3m, acknowledge: S1}\n"
        '  - {at: "19:24", answer: S2, answers: {injured: 4}}\n',
        encoding="utf-8",
    )

    told = ada.read("playbook", "simulate", "alarm", "--answers", str(file), "--set", "injured=1")

    replies = [(b["since_t0"], b["kind"]) for b in told["timeline"] if b["kind"].endswith("ed")]
    assert [reply for reply in replies if reply[1] in {"acknowledged", "answered"}] == [
        (180.0, "acknowledged"),
        (240.0, "acknowledged"),
        (240.0, "answered"),
    ]
    assert told["incident"]["attributes"] == {"injured": 4}


def test_simulate_names_file_and_cue_of_a_wrong_answer(ada: CommandLine) -> None:
    file = ada.folder / "wrong.rehearsal.yaml"
    file.write_text(
        'playbook: alarm\nregion: "14612"\nat: 2026-12-18T19:20+01:00\n'
        "cues:\n"
        '  - {at: "19:24", answer: S2, answers: {injured: many}}\n',
        encoding="utf-8",
    )

    result = ada.run("playbook", "simulate", "alarm", "--answers", str(file))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "wrong.rehearsal.yaml:5:5: answer S2: injured: Bitte eine ganze Zahl ab 0 eingeben oder"
        " das Feld leer lassen, wenn sie offen ist. / Please enter a whole number from 0, or leave"
        " the field empty while it is not known.\n"
    )


def test_simulate_refuses_a_timeline_of_another_playbook_or_moment(ada: CommandLine) -> None:
    file = ada.folder / "other.rehearsal.yaml"
    file.write_text(
        'playbook: other\nregion: "14612"\nat: 2026-12-18T19:20+01:00\n', encoding="utf-8"
    )
    mine = ada.folder / "mine.rehearsal.yaml"
    mine.write_text(
        'playbook: alarm\nregion: "14612"\nat: 2026-12-18T19:20+01:00\n', encoding="utf-8"
    )

    other = ada.run("playbook", "simulate", "alarm", "--answers", str(file))
    moment = ada.run(
        "playbook", "simulate", "alarm", "--answers", str(mine), "--at", "2026-12-19 19:20"
    )
    missing = ada.run("playbook", "simulate", "alarm", "--answers", "none.yaml")

    assert (other.exit_code, other.stderr) == (2, f"{file} rehearses the playbook other\n")
    assert (moment.exit_code, moment.stderr) == (
        2,
        f"the timeline of {mine} begins at 2026-12-18 19:20; leave --at out, or change the file\n",
    )
    assert (missing.exit_code, missing.stderr) == (3, "there is no file none.yaml\n")


def test_simulate_says_what_is_missing_or_unknown(ada: CommandLine) -> None:
    results = [
        ada.run("playbook", "simulate", "alarm", "--region", "Dresden"),
        ada.run("playbook", "simulate", "flood", *SIMULATE[3:]),
        ada.run("playbook", "simulate", "alarm", "--region", "Paris", *SIMULATE[5:]),
        ada.run(*SIMULATE, "--set", "injured=many"),
        ada.run(*SIMULATE, "--out", "telegraph"),
    ]

    assert [(result.exit_code, result.stderr.partition(";")[0].strip()) for result in results] == [
        (2, "say where and when it begins: --region and --at, or --answers"),
        (3, "there is no playbook `flood`"),
        (3, results[2].stderr.strip()),
        (2, "`injured` cannot be `many`"),
        (3, "there is no provider, kind or channel telegraph"),
    ]
