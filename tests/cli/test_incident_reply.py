"""What partners said, entered by the duty officer."""

from tests.cli.desk import CommandLine


def _last_events(ada: CommandLine, number: int) -> list[tuple[str, str, dict[str, object]]]:
    entries = ada.read("incident", "log", "last")[-number:]
    return [(entry["actor"], entry["kind"], entry["data"]) for entry in entries]


def test_ack_is_entered_with_who_how_and_when(opened: CommandLine) -> None:
    opened.clock.advance(minutes=4)

    result = opened.run(
        *("incident", "ack", "last", "S1", "--by", "ada", "--at", "19:22", "--via", "desk"),
        *("--partner", "desk", "--contact", "desk-head"),
    )

    assert (result.exit_code, result.stdout) == (0, "S1 desk: acknowledged.\n")
    assert _last_events(opened, 1) == [
        (
            "ada",
            "acknowledged",
            {
                "step": "S1",
                "partner": "desk",
                "contact": "desk-head",
                "via": "desk",
                "happened_at": "2026-12-18T18:22:00+00:00",
            },
        )
    ]


def test_ack_twice_is_refused(opened: CommandLine) -> None:
    opened.screen("incident", "ack", "last", "S1")

    result = opened.run("incident", "ack", "last", "S1")

    assert (result.exit_code, result.stdout) == (4, "")
    assert "already acknowledged" in result.stderr


def test_ack_of_an_unknown_step_lists_what_exists(opened: CommandLine) -> None:
    result = opened.run("incident", "ack", "last", "S7")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "there is no step 'S7'; there are: S1, S2, S3, S9\n"


def test_ack_before_the_opening_is_refused(opened: CommandLine) -> None:
    result = opened.run("incident", "ack", "last", "S1", "--at", "18:00")

    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        "2026-12-18 18:00:00 lies before the incident was opened (2026-12-18 19:20:00)\n",
    )


def test_ack_in_the_minute_of_the_opening_counts_from_the_opening(ada: CommandLine) -> None:
    ada.clock.advance(seconds=32)
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")

    ada.screen("incident", "ack", "last", "S1", "--at", "19:20")

    assert _last_events(ada, 1)[0][2]["happened_at"] == "2026-12-18T18:20:32+00:00"


def test_ack_of_a_step_that_has_not_begun_says_so(opened: CommandLine) -> None:
    unnamed = opened.run("incident", "ack", "last", "S9")
    named = opened.run("incident", "ack", "last", "S9", "--partner", "desk")

    said = "S9 has not begun: nobody was asked yet\n"
    assert (unnamed.exit_code, unnamed.stderr) == (4, said)
    assert (named.exit_code, named.stderr) == (3, said)


def test_answer_sets_the_attribute_and_sends_what_follows(opened: CommandLine) -> None:
    result = opened.run("incident", "answer", "last", "S2", "--set", "injured=5")

    assert result.stdout == (
        "S2: answered.\n\n"
        "step  partner  contact    channel  outcome\n"
        "S3    desk     desk-duty  http     accepted\n"
    )
    assert opened.read("incident", "show", "last")["attributes"] == {"injured": 5}


def test_answer_takes_a_file_which_set_outranks(opened: CommandLine) -> None:
    file = opened.folder / "answers.yaml"
    file.write_text("injured: 3\nremark: no\n", encoding="utf-8")

    opened.screen("incident", "answer", "last", "S2", "--file", str(file), "--set", "injured=4")

    answered = [data for _, kind, data in _last_events(opened, 9) if kind == "answered"]
    assert [data["answers"] for data in answered] == [{"injured": 4, "remark": "no"}]


def test_answer_from_a_file_that_is_refused_names_the_file(opened: CommandLine) -> None:
    file = opened.folder / "answers.yaml"
    file.write_text("injured: many\n", encoding="utf-8")

    result = opened.run("incident", "answer", "last", "S2", "--file", str(file))

    assert result.exit_code == 2
    assert result.stderr.startswith(f"{file}, not entered:\ninjured: ")


def test_answer_takes_json_as_well(opened: CommandLine) -> None:
    file = opened.folder / "answers.json"
    file.write_text('{"injured": 7}', encoding="utf-8")

    opened.screen("incident", "answer", "last", "S2", "--file", str(file))

    assert opened.read("incident", "show", "last")["attributes"] == {"injured": 7}


def test_answer_with_personal_data_is_refused_and_not_stored(opened: CommandLine) -> None:
    before = opened.read("incident", "log", "last")

    result = opened.run(
        "incident", "answer", "last", "S2", "--set", "remark=Frau Muster ruft zurück"
    )

    assert (result.exit_code, result.stdout) == (4, "")
    assert "remark: Der Text scheint einen Personennamen zu enthalten" in result.stderr
    assert opened.read("incident", "log", "last") == before


def test_answer_lists_what_is_wrong_with_the_fields(opened: CommandLine) -> None:
    unknown = opened.run("incident", "answer", "last", "S2", "--set", "colour=red")
    wrong = opened.run("incident", "answer", "last", "S2", "--set", "injured=many")

    assert (unknown.exit_code, unknown.stderr) == (
        3,
        "form `SITUATION` has no field `colour`; there are: injured, remark\n",
    )
    assert wrong.exit_code == 2
    assert "Please enter a whole number from 0" in wrong.stderr


def test_answer_from_files_that_hold_none_is_refused_with_the_place(opened: CommandLine) -> None:
    missing = opened.folder / "missing.yaml"
    broken = opened.folder / "broken.yaml"
    broken.write_text("injured: [1\n", encoding="utf-8")
    listed = opened.folder / "list.yaml"
    listed.write_text("- 1\n", encoding="utf-8")
    strange = opened.folder / "strange.yaml"
    strange.write_text("colour: red\n", encoding="utf-8")

    results = [
        opened.run("incident", "answer", "last", "S2", "--file", str(file))
        for file in (missing, broken, listed, strange)
    ]

    assert [(result.exit_code, result.stderr) for result in results] == [
        (3, f"{missing} cannot be read: No such file or directory\n"),
        (1, f"{broken}:2:1: this is no YAML: expected ',' or ']', but got '<stream end>'\n"),
        (
            2,
            (
                f"{listed}: write one `field: value` line for each answer;"
                " there are: injured, remark\n"
            ),
        ),
        (
            3,
            f"{strange}: form `SITUATION` has no field `colour`; there are: injured, remark\n",
        ),
    ]


def test_answer_to_a_step_without_a_form_is_refused(opened: CommandLine) -> None:
    result = opened.run("incident", "answer", "last", "S1", "--set", "injured=1")

    assert result.exit_code == 4
    assert "asks for no answer to a form" in result.stderr


def test_decline_puts_a_task_on_the_desk(opened: CommandLine) -> None:
    result = opened.run("incident", "decline", "last", "S2", "--reason", "nicht zuständig")

    assert (result.exit_code, result.stdout.partition("\n")[0]) == (0, "S2: declined.")
    shown = opened.read("incident", "show", "last")
    assert [task["kind"] for task in shown["tasks"]] == ["declined"]


def test_decline_without_a_reason_is_a_mistake_of_use(opened: CommandLine) -> None:
    result = opened.run("incident", "decline", "last", "S2")

    assert result.exit_code == 2
    assert result.stderr.endswith("Error: Missing option '--reason'.\n")


def test_sign_of_a_step_without_signature_is_refused(opened: CommandLine) -> None:
    result = opened.run("incident", "sign", "last", "S1", "--verdict", "dissent", "--remark", "no")

    assert (result.exit_code, result.stderr) == (4, "S1 asks for no signature\n")


def test_replies_print_the_stable_keys_as_json(opened: CommandLine) -> None:
    shown = opened.read("incident", "ack", "last", "S1")

    assert [(o["step"], o["state"]) for o in shown["obligations"]] == [
        ("S1", "acknowledged"),
        ("S2", "asking"),
    ]
