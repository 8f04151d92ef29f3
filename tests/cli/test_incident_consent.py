"""Consents at the command line: given, refused, taken back."""

import pytest

from tests.cli.desk import CommandLine

GATED = """\
      - id: S4
        title: {de: Erkenntnisse weitergeben, en: Pass findings on}
        mandatory: always
        who: POL-FLZ
        start: T0
        via: K24
        expect: acknowledgement
        gate: {consent: {findings: {de: Erkenntnisse, en: Findings}}, by: OHS}
        basis: [S5.4]
        message: {de: "{code_word}: Bitte Rückruf ({consent}).", en: "Please call ({consent})."}
stand_down:
"""


@pytest.fixture
def running(ada: CommandLine) -> CommandLine:
    """Return a command line over an exercise with a step behind a gate."""
    path = ada.folder / "playbooks" / "alarm.yaml"
    path.write_text(path.read_text().replace("stand_down:\n", GATED, 1))
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    return ada


def police(line: CommandLine) -> str:
    """Return the id of the partner that may be told."""
    steps = {
        row["step"]: row["partner"] for row in line.read("incident", "show", "last")["obligations"]
    }
    return str(steps["S2"])


def test_consent_lets_the_step_begin_and_is_taken_back(running: CommandLine) -> None:
    words = ("incident", "consent", "last", "--scope", "findings", "--to", police(running))

    given = running.run(*words, "--days", "30")

    assert given.stdout.splitlines()[0] == "E-01: consent recorded."
    shown = running.read("incident", "show", "last")
    assert shown["consents"] == [
        {
            "consent": "E-01",
            "scope": "findings",
            "recipient": police(running),
            "form": "oral",
            "refused": False,
            "expires_at": "2027-01-17T18:20:00+00:00",
            "revoked_at": None,
        }
    ]
    assert "S4" in [row["step"] for row in shown["obligations"]]

    back = running.screen("incident", "consent", "last", "--revoked", "E-01")

    assert back.splitlines()[0] == "E-01: taken back."
    log = running.screen("incident", "log", "last")
    assert "E-01: consent taken back" in log


POLICY = """\
land: "14"
title: {de: Sachsen, en: Saxony}
rules:
  - {hands_over: case, by: [OHS], needs: written, law: Satzung}
"""


def test_policy_of_the_land_is_pinned_and_asks_for_a_consent_in_writing(
    ada: CommandLine,
) -> None:
    path = ada.folder / "playbooks" / "alarm.yaml"
    path.write_text(path.read_text().replace("stand_down:\n", GATED, 1))
    file = ada.folder / "contacts" / "consent" / "sn.yaml"
    file.parent.mkdir()
    file.write_text(POLICY, encoding="utf-8")
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    file.unlink()
    words = ("incident", "consent", "last", "--scope", "findings", "--to", police(ada))

    refused = ada.run(*words)
    done = ada.screen(*words, "--form", "written")

    assert (refused.exit_code, refused.stderr) == (
        2,
        (
            "in Sachsen S4 needs a consent in writing (Satzung); record it as written once it is"
            " there\n"
        ),
    )
    assert done.splitlines()[0] == "E-01: consent recorded."
    log = ada.screen("incident", "log", "last")
    assert f"E-01: consent to findings for {police(ada)} (written)" in " ".join(log.split())


def test_refusal_passes_nothing_on(running: CommandLine) -> None:
    done = running.screen("incident", "consent", "last", "--scope", "findings", "--refused")

    assert done.splitlines()[0] == "E-01: no consent; nothing is passed on."
    steps = [row["step"] for row in running.read("incident", "show", "last")["obligations"]]
    assert "S4" not in steps


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--scope", "findings"), 2, "say --scope and --to, or --scope and --refused"),
        (("--revoked", "E-07"), 3, "there is no consent 'E-07'; there are: none"),
        (("--scope", "all", "--refused"), 3, "no step asks for consent to 'all'"),
    ],
)
def test_what_cannot_be_recorded_says_why(
    running: CommandLine, words: tuple[str, ...], code: int, said: str
) -> None:
    result = running.run("incident", "consent", "last", *words)

    assert result.exit_code == code
    assert said in result.stderr
