"""Steering: decisions, facts, what is left out, asked, noted, reported and ended."""

from tests.cli.desk import CommandLine


def test_decide_is_entered_with_its_reason(opened: CommandLine) -> None:
    opened.screen("incident", "answer", "last", "S2", "--set", "injured=5")

    result = opened.run("incident", "decide", "last", "S3", "yes", "--reason", "Lage klar")

    assert (result.exit_code, result.stdout) == (0, "S3: decided yes.\n")
    assert opened.read("incident", "show", "last")["decisions"] == {"S3": "yes"}


def test_decide_for_an_unknown_option_lists_what_exists(opened: CommandLine) -> None:
    result = opened.run("incident", "decide", "last", "S3", "perhaps", "--reason", "x")

    assert (result.exit_code, result.stderr) == (
        3,
        "S3 has no option 'perhaps'; there are: yes, no\n",
    )


def test_decide_says_before_it_is_entered_that_standing_down_is_for_good(ada: CommandLine) -> None:
    words = " ".join(ada.screen("incident", "decide", "--help").split())

    assert (
        "An option that stands the incident down does so at once and for good: everyone who was"
        " contacted is told, and no later decision takes it back."
    ) in words


def test_set_enters_several_facts_at_once(opened: CommandLine) -> None:
    result = opened.run(
        "incident", "set", "last", "kind_of_event=crime", "languages=pl,cs", "--source", "police"
    )

    assert result.stdout == "kind_of_event = crime\nlanguages = pl, cs\n"
    assert opened.read("incident", "show", "last")["attributes"] == {
        "kind_of_event": "crime",
        "languages": ["pl", "cs"],
    }


def test_set_enters_nothing_if_one_value_is_wrong(opened: CommandLine) -> None:
    result = opened.run("incident", "set", "last", "injured=3", "kind_of_event=war")

    assert (result.exit_code, result.stderr) == (
        2,
        "`kind_of_event` cannot be `war`; it takes accident | crime | unclear\n",
    )
    assert opened.read("incident", "show", "last")["attributes"] == {}


def test_set_enters_nothing_if_one_value_seems_to_name_a_person(opened: CommandLine) -> None:
    result = opened.run("incident", "set", "last", "injured=3", "languages=Frau Müller")

    assert (result.exit_code, result.stderr[:10]) == (4, "languages:")
    assert opened.read("incident", "show", "last")["attributes"] == {}


def test_set_of_an_unknown_attribute_lists_what_exists(opened: CommandLine) -> None:
    result = opened.run("incident", "set", "last", "colour=red")

    assert (result.exit_code, result.stderr) == (
        3,
        (
            "there is no attribute `colour`; there are: kind_of_event, injured, suspect_at_large,"
            " languages\n"
        ),
    )


def test_skip_leaves_one_partner_out(opened: CommandLine) -> None:
    result = opened.run(
        "incident", "skip", "last", "S2", "--partner", "police", "--reason", "am Tisch"
    )

    assert (result.exit_code, result.stdout.partition("\n")[0]) == (0, "S2 police: left out.")
    states = [o["state"] for o in opened.read("incident", "show", "last")["obligations"]]
    assert states == ["asking", "obsolete", "asking"]


def test_ask_becomes_a_step_of_its_own(opened: CommandLine) -> None:
    result = opened.run(
        *("incident", "ask", "last", "police", "--text", "Bitte Treffpunkt nennen"),
        *("--reason", "fehlt im Ablaufplan", "--within", "30m"),
    )

    assert result.stdout == (
        "X01 police: asked.\n\n"
        "step  partner  contact      channel  outcome\n"
        "X01   police   police-duty  http     accepted\n"
    )
    asked = opened.read("incident", "show", "last")["obligations"][-1]
    assert (asked["step"], asked["due_at"]) == ("X01", "2026-12-18T18:50:00+00:00")


def test_ask_of_an_unknown_partner_lists_what_exists(opened: CommandLine) -> None:
    result = opened.run("incident", "ask", "last", "eve", "--text", "?", "--reason", "?")

    assert (result.exit_code, result.stderr) == (
        3,
        "there is no partner 'eve' in this incident; there are: desk, police\n",
    )


def test_ask_with_a_wrong_duration_says_what_to_write(opened: CommandLine) -> None:
    result = opened.run(
        "incident", "ask", "last", "police", "--text", "?", "--reason", "?", "--within", "soon"
    )

    assert (result.exit_code, result.stderr) == (
        2,
        "`soon` is no duration. Write 30m, 1h30m or 2d.\n",
    )


def test_note_is_refused_if_it_names_a_person(opened: CommandLine) -> None:
    taken = opened.run("incident", "note", "last", "Schule informiert")
    refused = opened.run("incident", "note", "last", "Frau Muster informiert")

    assert (taken.exit_code, taken.stdout) == (0, "Noted.\n")
    assert (refused.exit_code, refused.stdout) == (4, "")
    assert "The text seems to hold a person's name and was not stored." in refused.stderr
    assert "Muster" not in refused.stderr


def test_task_reached_by_telephone_is_an_acknowledgement(opened: CommandLine) -> None:
    opened.clock.advance(minutes=5)
    opened.screen("incident", "note", "last", "weiter")

    result = opened.run("incident", "task", "last", "phone/S1/desk/2", "reached", "--by", "ada")

    assert (result.exit_code, result.stdout) == (0, "phone/S1/desk/2: reached.\n")
    assert opened.read("incident", "show", "last")["obligations"][0]["state"] == "acknowledged"


def test_task_that_does_not_exist_lists_the_open_ones(opened: CommandLine) -> None:
    result = opened.run("incident", "task", "last", "phone/S1/desk/9", "reached")

    assert (result.exit_code, result.stderr) == (
        3,
        "there is no task 'phone/S1/desk/9'; open are: none\n",
    )


def test_stand_down_tells_everyone_who_was_contacted(opened: CommandLine) -> None:
    result = opened.run("incident", "stand-down", "last", "--reason", "Fehlalarm")

    assert result.stdout == (
        "20261218-1820-k7m2: stood down.\n\n"
        "step  partner  contact      channel  outcome\n"
        "S9    desk     desk-duty    http     accepted\n"
        "S9    police   police-duty  http     accepted\n"
    )
    assert opened.read("incident", "show", "last")["state"] == "stood-down"


def test_close_is_refused_while_somebody_waits_and_lists_them(opened: CommandLine) -> None:
    result = opened.run("incident", "close", "last", "--reason", "vorbei")

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith(
        "2 partners have not answered: S1 desk (asking); S2 police (asking)."
    )


def test_close_ends_the_record_and_nothing_is_said_of_an_engine(opened: CommandLine) -> None:
    for step in ("S1", "S2", "S3"):
        opened.screen("incident", "skip", "last", step, "--reason", "Probe")

    result = opened.run("incident", "close", "last", "--reason", "Probe vorbei")

    assert (result.stdout, result.stderr) == ("20261218-1820-k7m2: closed.\n", "")
    again = opened.run("incident", "close", "last", "--reason", "vorbei")
    assert again.exit_code == 4
