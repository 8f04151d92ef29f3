"""Checking contacts, and who answers when."""

import json
from textwrap import dedent

from tests.cli.desk import CommandLine

EVENING = ("--at", "2026-12-18 19:20")


def test_check_lists_warnings_and_ends_well(ada: CommandLine) -> None:
    assert ada.screen("contacts", "check") == dedent("""\
        contacts/partners.yaml:31:19: CT016 warning: \
`desk-head` answers in its hours only, and so does its deputy
          = help: add a channel with `out_of_hours: true`, or a deputy on stand-by
        1 warning in 1 file. `crisis playbook explain CT016` says more.
        """)


def test_check_lists_mistakes_and_ends_with_one(ada: CommandLine) -> None:
    file = ada.folder / "contacts" / "partners.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("deputy: desk-head", "deputy: nobody"), encoding="utf-8")

    result = ada.run("contacts", "check", "contacts/partners.yaml", "--json")

    found = json.loads(result.stdout)
    assert (result.exit_code, found["ok"], found["files"]) == (1, False, 1)
    errors = [problem for problem in found["problems"] if problem["strength"] == "error"]
    assert {problem["path"] for problem in errors} == {"contacts/partners.yaml"}
    assert len(errors) == 2


def test_check_of_a_missing_folder_says_what_to_do(ada: CommandLine) -> None:
    result = ada.run("contacts", "check", "nowhere")

    assert (result.exit_code, result.stderr) == (
        3,
        (
            "there is no nowhere; name files or folders that exist,"
            " or set CRISIS_PLAYBOOKS_DIR and CRISIS_CONTACTS_DIR\n"
        ),
    )


def test_who_shows_the_three_levels_at_a_moment(ada: CommandLine) -> None:
    screen = ada.screen("contacts", "who", "POL-FLZ", "--region", "Dresden", *EVENING)

    closed = "not reachable: nobody answers on any channel at this hour."
    assert ada.screen(
        "contacts", "who", "POL-FLZ", "--region", "14612", *EVENING, "--language", "en"
    ) == (
        "POL-FLZ in 14612 Dresden at 2026-12-18 19:20\n\n"
        f"partner  level     contact      on duty      {'reachable':<58}  channels\n"
        f"police   first     police-duty  police-duty  {'reachable':<58}  http, sms\n"
        f"         deputy    desk-head    desk-head    {closed}\n"
        f"         superior  desk-head    desk-head    {closed}\n"
    )
    assert "erreichbar" in screen


def test_who_tells_a_program_the_channels(ada: CommandLine) -> None:
    told = ada.read("contacts", "who", "OB-L", "--region", "Dresden", *EVENING)

    (partner,) = told["partners"]
    assert (told["role"], told["region"], told["at"]) == (
        "OB-L",
        "14612",
        "2026-12-18T18:20:00+00:00",
    )
    assert (partner["partner"], partner["reachable"]) == ("desk", True)
    assert partner["superior"]["reach"] == "closed"
    assert partner["first"]["channels"][0] == {
        "channel": "desk-duty-http",
        "kind": "http",
        "is_open": True,
        "out_of_hours": False,
        "max_tlp": "green",
    }


def test_who_writes_the_tightest_label_as_playbooks_do(ada: CommandLine) -> None:
    file = ada.folder / "contacts" / "partners.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("provider: telephone", "max_tlp: amber+strict, provider: telephone")
    file.write_text(text, encoding="utf-8")

    told = ada.read("contacts", "who", "OB-L", "--region", "Dresden", *EVENING)

    assert told["partners"][0]["first"]["channels"][1]["max_tlp"] == "amber+strict"


def test_who_ends_with_one_where_nobody_holds_the_role(ada: CommandLine) -> None:
    result = ada.run("contacts", "who", "POL-FLZ", "--region", "Görlitz", *EVENING)

    assert (result.exit_code, result.stdout) == (
        1,
        (
            "POL-FLZ in 14626 Landkreis Görlitz at 2026-12-18 19:20\n\n"
            "Nobody holds this role here: the lead would get the task.\n"
        ),
    )


def test_who_of_an_unknown_role_or_region_lists_what_exists(ada: CommandLine) -> None:
    role = ada.run("contacts", "who", "KING", "--region", "Dresden")
    region = ada.run("contacts", "who", "OB-L", "--region", "Paris")

    assert (role.exit_code, role.stderr) == (
        3,
        "nobody holds a role `KING`; there are: OB-L, POL-FLZ\n",
    )
    assert region.exit_code == 3
    assert region.stderr.startswith("there is no region `Paris`.")


def test_who_refuses_a_directory_with_mistakes(ada: CommandLine) -> None:
    file = ada.folder / "contacts" / "partners.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("deputy: desk-head", "deputy: nobody"), encoding="utf-8")

    result = ada.run("contacts", "who", "OB-L", "--region", "Dresden", *EVENING)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "`nobody`" in result.stderr
