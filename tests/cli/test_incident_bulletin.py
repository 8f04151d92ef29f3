"""Bulletins at the command line: issued, refused, shown."""

import pytest

from tests.cli.desk import CommandLine

CARRYING = """\
      - id: S4
        title: {de: Sicherheitshinweis, en: Security bulletin}
        mandatory: optional
        who: POL-FLZ
        start: T0
        via: K24
        expect: acknowledgement
        bulletin: {about: [counsellors, country-of-origin], by: [OHS]}
        within: 24h
        basis: [S5.5]
        message: {de: "Hinweis {bulletin}.", en: "Bulletin {bulletin}."}
stand_down:
"""
# The last day as Germans write it; the log and programs have it as ISO 8601 does.
WORDS = ("--about", "country-of-origin", "--country", "ro", "--until", "31.03.2027")


@pytest.fixture
def running(ada: CommandLine) -> CommandLine:
    """Return a command line over an exercise with a step that carries bulletins."""
    path = ada.folder / "playbooks" / "alarm.yaml"
    path.write_text(path.read_text().replace("stand_down:\n", CARRYING, 1))
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    return ada


def test_bulletin_is_issued_shown_and_kept_in_the_log(running: CommandLine) -> None:
    sent = len(running.sender.sent)

    done = running.screen("incident", "bulletin", "last", "S4", *WORDS, "--text", "Fahrdienste.")

    assert done.splitlines()[0] == "H-01: bulletin issued."
    assert "S4" in done.splitlines()[3]
    shown = running.read("incident", "show", "last")
    asked = [row["partner"] for row in shown["obligations"] if row["step"] == "S4"]
    assert shown["bulletins"] == [
        {
            "bulletin": "H-01",
            "step": "S4",
            "about": "country-of-origin",
            "countries": ["RO"],
            "valid_until": "2027-03-31",
            "expired": False,
            "replaces": None,
            "partner": None,
            "text": "Fahrdienste.",
            "issued_at": "2026-12-18T18:20:00+00:00",
            "asked": asked,
            "confirmed": [],
        }
    ]
    bodies = [one.body for one in running.sender.sent[sent:]]
    assert [("H-01" in body, "Fahrdienste" in body) for body in bodies] == [(True, False)]
    log = " ".join(running.screen("incident", "log", "last").split())
    assert "H-01 about country-of-origin (RO), until 2027-03-31: Fahrdienste." in log


def test_confirmed_replaced_and_expired_is_said(running: CommandLine) -> None:
    running.screen("incident", "bulletin", "last", "S4", *WORDS, "--text", "Fahrdienste.")
    running.screen("incident", "ack", "last", "S4")
    running.screen(
        "incident", "bulletin", "last", "S4", *WORDS, "--text", "Anders.", "--replaces", "H-01"
    )
    running.clock.advance(minutes=120 * 24 * 60)

    lines = running.screen("incident", "show", "last").splitlines()
    assert lines[-2:] == [
        "H-01 situation in the country (RO), until 2027-03-31, replaced by H-02: 1 of 1 confirmed",
        "H-02 situation in the country (RO), until 2027-03-31, expired: 0 of 1 confirmed",
    ]
    first, second = running.read("incident", "show", "last")["bulletins"]

    assert (first["confirmed"], first["expired"]) == (first["asked"], True)
    assert (second["replaces"], second["confirmed"], second["expired"]) == ("H-01", [], True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("S4", "--about", "weather", "--until", "soon"), 2, "text: Bitte beantworten."),
        (("S4", *WORDS, "--text", "Frau Muster"), 4, "a person's name"),
        (("S1", *WORDS, "--text", "x"), 4, "S1 carries no bulletins; these do: S4"),
        (("S4", *WORDS, "--text", "x", "--partner", "nobody"), 4, "nobody issues no bulletins"),
        (("S99", *WORDS, "--text", "x"), 3, "there is no step 'S99'"),
        (("S4", "--about", "counsellors"), 2, "Missing option '--until'"),
    ],
)
def test_what_cannot_be_issued_is_refused_and_nothing_is_stored(
    running: CommandLine, words: tuple[str, ...], code: int, said: str
) -> None:
    refused = running.run("incident", "bulletin", "last", *words)

    assert (refused.exit_code, said in refused.stderr) == (code, True)
    assert running.read("incident", "show", "last")["bulletins"] == []
