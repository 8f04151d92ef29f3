"""Proving at the command line that there is always somebody."""

import json
from textwrap import dedent

from tests.cli.desk import CommandLine

PROVE = ("contacts", "coverage", "alarm", "--region", "Dresden")
CHRISTMAS = (*PROVE, "--from", "2026-12-24", "--to", "2026-12-28")


def test_coverage_lists_each_cause_with_the_hour_at_which_it_opens(ada: CommandLine) -> None:
    result = ada.run(*CHRISTMAS)

    assert result.exit_code == 1, result.output
    assert result.stdout == dedent("""\
        alarm 1.0.0 in 14612 Dresden
        From 2026-12-24 00:00 to 2026-12-28 00:00, with any one provider out
        and any one person away:
        0 of 3 binding steps are covered.

        {head}
        {night}  5      63.3 h  desk     S1, S3  only desk-duty is left
        {night}  5      63.3 h  police   S2      only police-duty is left
        {office}  4      32.7 h  desk     S1, S3  with sms-gateway out only desk-duty is left
        {office}  4      32.7 h  police   S2      with sms-gateway out only police-duty is left
        """).format(
        head="opens             until             hours   times  in all  partner  steps   why",
        night="2026-12-24 00:00  2026-12-24 07:40  night ",
        office="2026-12-24 07:40  2026-12-24 15:50  office",
    )


def test_coverage_tells_a_program_every_gap(ada: CommandLine) -> None:
    result = ada.run(*CHRISTMAS, "--json")

    told = json.loads(result.stdout)
    assert (result.exit_code, told["covered"], told["from"]) == (
        1,
        False,
        "2026-12-23T23:00:00+00:00",
    )
    assert told["steps"][0] == {
        "step": "S1",
        "mandatory": "always",
        "covered": False,
        "unheld_roles": [],
        "partners": [{"partner": "desk", "gaps": 9}],
    }
    assert told["gaps"][2] == {
        "partner": "desk",
        "role": "",
        "steps": ["S1", "S3"],
        "opens_at": "2026-12-24T06:40:00+00:00",
        "hours": "office",
        "duration": 4 * (8 * 60 + 10) * 60.0,
        "why": [{"out": "sms-gateway", "left": ["desk-duty"]}],
        "periods": [
            {"from": f"2026-12-{day}T06:40:00+00:00", "to": f"2026-12-{day}T14:50:00+00:00"}
            for day in (24, 25, 26, 27)
        ],
    }


def test_role_that_nobody_holds_is_a_gap_all_the_time(ada: CommandLine) -> None:
    result = ada.run(*PROVE[:4], "14626", *CHRISTMAS[5:])

    assert "POL-FLZ  S2      nobody holds this role here\n" in result.stdout


def test_coverage_writes_a_page(ada: CommandLine) -> None:
    result = ada.run(*CHRISTMAS, "--page", "pages/coverage.html", "--language", "en")

    assert "pages/coverage.html: written\n" in result.stderr
    page = (ada.folder / "pages" / "coverage.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page


def test_page_that_cannot_be_written_says_so(ada: CommandLine) -> None:
    (ada.folder / "file").write_text("", encoding="utf-8")

    result = ada.run(*CHRISTMAS, "--page", "file/coverage.html")

    assert (result.exit_code, result.stderr) == (
        5,
        "file/coverage.html cannot be written: File exists. Name another file with --page.\n",
    )


def test_coverage_refuses_what_it_cannot_prove(ada: CommandLine) -> None:
    results = [
        ada.run(*PROVE, "--from", "2026-12-24", "--to", "2026-12-24"),
        ada.run(*PROVE, "--from", "2026-12-24", "--to", "2028-12-24"),
        ada.run(*PROVE, "--from", "soon", "--to", "2026-12-24"),
        ada.run("contacts", "coverage", "flood", *CHRISTMAS[3:]),
        ada.run("contacts", "coverage", "alarm", "--region", "11", *CHRISTMAS[5:]),
    ]

    period = (
        2,
        "a proof covers more than nothing and at most 570 days: choose another --from or --to",
    )
    assert [(one.exit_code, one.stderr.partition(";")[0].strip()) for one in results] == [
        period,
        period,
        (
            2,
            (
                "`soon` is no moment. Write 2026-12-18T19:20+01:00,"
                " 2026-12-18 19:20 (Europe/Berlin) or 19:40 (today)."
            ),
        ),
        (3, "there is no playbook `flood`"),
        (3, "alarm holds in 14, not in 11"),
    ]
