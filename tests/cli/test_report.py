"""Reports as files."""

from hashlib import sha256

import pytest

from tests.cli.desk import CommandLine


@pytest.mark.parametrize("form", ["html", "json", "md"])
def test_build_writes_the_same_bytes_again(opened: CommandLine, form: str) -> None:
    file = opened.folder / "out" / f"report-20261218-1820-k7m2.{form}"
    screens, contents = [], []
    for _ in range(2):
        screens.append(opened.screen("report", "build", "last", "--format", form, "--out", "out"))
        contents.append(file.read_bytes())

    digest = sha256(contents[0]).hexdigest()
    assert contents[0] == contents[1]
    assert screens == 2 * [
        f"out/{file.name}: draft from the log, entries 1 to 7\nSHA-256 {digest}\n"
    ]


def test_build_tells_a_program_what_it_wrote(opened: CommandLine) -> None:
    told = opened.read("report", "build", "last", "--format", "md", "--language", "en")

    file = opened.folder / "report-20261218-1820-k7m2.md"
    assert told == {
        "incident": "20261218-1820-k7m2",
        "status": "draft",
        "format": "md",
        "language": "en",
        "log_from": 1,
        "log_to": 7,
        "file": file.name,
        "sha256": sha256(file.read_bytes()).hexdigest(),
    }


def test_build_reads_the_log_up_to_an_entry(opened: CommandLine) -> None:
    told = opened.read("report", "build", "last", "--format", "json", "--log-to", "3")

    assert told["log_to"] == 3


def test_build_of_a_pdf_is_refused_and_says_what_to_do(opened: CommandLine) -> None:
    result = opened.run("report", "build", "last", "--format", "pdf")

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        "the report as PDF comes with a later version; build --format html and print it from a"
        " browser, its pages are laid out for paper\n"
    )


def test_build_into_a_folder_that_cannot_be_written_says_what_to_do(opened: CommandLine) -> None:
    (opened.folder / "out").write_text("a file", encoding="utf-8")

    result = opened.run("report", "build", "last", "--format", "md", "--out", "out/deeper")

    assert (result.exit_code, result.stderr) == (
        5,
        (
            "out/deeper/report-20261218-1820-k7m2.md cannot be written: Not a directory."
            " Name another folder with --out.\n"
        ),
    )


def test_build_of_an_unknown_incident_lists_what_exists(opened: CommandLine) -> None:
    result = opened.run("report", "build", "none", "--format", "md")

    assert (result.exit_code, result.stderr) == (
        3,
        "there is no incident 'none'; there are: 20261218-1820-k7m2\n",
    )
