"""The board of needs, totals and feedback at the command line; Eve's words stay hers."""

import json
from textwrap import dedent

import pytest

from tests.cli.desk import CommandLine

FORM = """\
      needs:
        kind: needs
        label: {de: Bedarfe, en: Needs}
      hints:
        kind: count
        label: {de: Hinweise erteilt, en: Hints given}
        total: true
      languages:
        kind: list
        label: {de: In welchen Sprachen, en: In which languages}
        total: true
"""
NEED = {"group": "support", "code": "Dolmetschen", "region": "Dresden", "band": "5-19"}
REPLY = """\
      - id: S4
        title: {de: Antworten, en: Reply}
        mandatory: if-true
        who: OB-L
        start: after S2
        via: K24
        expect: {answer: SITUATION, to: S2}
        within: 1h
        escalate: A
        competence: lage.entscheiden
        basis: [S3.6]
        message: {de: "{code_word}: Bitte antworten.", en: "{code_word}: Please reply."}
stand_down:
"""
REPORT = """\
**Gemeldete Bedarfe nach Stand**

| Gruppe | Stand | Zahl |
| --- | --- | --- |
| Unterstützung | ✓ gedeckt | 1 |

**Bedarfe, die alle lesen dürfen, jeder einmal**

| Bedarf | Gruppe | Gemeldet | Von | Stand | Zugesagt von | Widersprüche | Beleg |
| --- | --- | --- | --- | --- | --- | --- | --- |
| Dolmetschen, Dresden | Unterstützung | 18.12. 19:21 | Polizei, Lagezentrum | ✓ gedeckt | RAA | - | 11, 13 |

**Summen aus den Antworten aller Partner**

| Angabe | Summe | Antworten | Beleg |
| --- | --- | --- | --- |
| Hinweise erteilt | 1.202 | 2 | 11, 13 |
| In welchen Sprachen | uk (1) | 1 | 11 |

**Rückkopplung und Antworten**

| Rückkopplung | Von | Zeit | Antwort schuldet | Antwort | Beleg |
| --- | --- | --- | --- | --- | --- |
| S2 Lage erfragen | Polizei | 18.12. 19:21 | Lagezentrum | offen, bis 18.12. 20:22 (überfällig) | 11 |
| S2 Lage erfragen | Lagezentrum | 18.12. 19:22 | Lagezentrum | offen, bis 18.12. 20:22 (überfällig) | 13 |
"""  # noqa: E501 -- tables as they stand in the file


@pytest.fixture
def asked(ada: CommandLine) -> CommandLine:
    """Return an exercise that asks two partners for needs, and one for a reply."""
    path = ada.folder / "playbooks" / "alarm.yaml"
    text = path.read_text()
    text = text.replace("      remark:\n", f"{FORM}      remark:\n", 1)
    text = text.replace("who: POL-FLZ", "who: [POL-FLZ, OB-L]", 1)
    path.write_text(text.replace("stand_down:\n", REPLY, 1))
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    return ada


def say(ada: CommandLine, partner: str, step: str = "S2", **answers: object) -> None:
    """Enter a partner's answers to the form, a minute later."""
    ada.clock.advance(minutes=1)
    file = ada.folder / "answer.json"
    file.write_text(json.dumps(answers), encoding="utf-8")
    ada.screen(*("incident", "answer", "last", step, "--partner", partner, "--file", str(file)))


def test_two_who_report_the_same_share_a_line(asked: CommandLine) -> None:
    say(asked, "police", needs=[{**NEED, "promised_by": "RAA"}], hints=4, languages=["uk"])
    say(asked, "desk", needs=[{**NEED, "band": "100+", "promised_by": "WR"}], hints=2)

    assert asked.screen("incident", "needs", "last") == dedent("""\
        state     need                  group    since             reported by   promised by  conflicts
        assigned  Dolmetschen, Dresden  support  2026-12-18 19:21  police, desk  RAA, WR      promise, band

        question             total   answers
        Hinweise erteilt     6       2
        In welchen Sprachen  uk (1)  1

        feedback  from    said              owed by  reply
        S2        police  2026-12-18 19:21  desk     open, due 2026-12-18 20:22
        S2        desk    2026-12-18 19:22  desk     open, due 2026-12-18 20:22
        """)  # noqa: E501 -- a table as it stands on the screen


def test_scripts_read_the_same(asked: CommandLine) -> None:
    say(asked, "police", needs=[{**NEED, "status": "met", "language": "uk"}], hints=4)

    assert asked.read("incident", "needs", "last") == {
        "id": "20261218-1820-k7m2",
        "needs": [
            {
                "group": "support",
                "code": "Dolmetschen",
                "region": "Dresden",
                "state": "met",
                "raised_at": "2026-12-18T18:21:00+00:00",
                "promised_by": [],
                "conflicts": [],
                "reports": [
                    {
                        "step": "S2",
                        "partner": "police",
                        "at": "2026-12-18T18:21:00+00:00",
                        "status": "met",
                        "promised_by": "",
                        "band": "5-19",
                        "urgency": "",
                        "language": "uk",
                    }
                ],
            }
        ],
        "totals": [
            {
                "form": "SITUATION",
                "field": "hints",
                "label": {"de": "Hinweise erteilt", "en": "Hints given"},
                "value": 4,
                "shares": [],
                "answers": 1,
            }
        ],
        "feedback": [
            {
                "step": "S2",
                "partner": "police",
                "said_at": "2026-12-18T18:21:00+00:00",
                "reply_step": None,
                "owed_by": [],
                "due_at": None,
                "replied_by": None,
                "replied_at": None,
            }
        ],
    }


@pytest.mark.parametrize(
    ("minutes", "replies", "told"),
    [
        (0, False, "open, due 2026-12-18 20:22"),
        (61, False, "open, was due 2026-12-18 20:22"),
        (5, True, "2026-12-18 19:28, desk"),
    ],
)
def test_feedback_stays_open_until_it_is_replied_to(
    asked: CommandLine, minutes: int, told: str, *, replies: bool
) -> None:
    say(asked, "police", remark="Wartezeiten")
    say(asked, "desk", remark="nichts")
    asked.clock.advance(minutes=minutes)
    if replies:
        say(asked, "desk", "S4", remark="Eigener Raum")

    lines = asked.screen("incident", "needs", "last").splitlines()

    assert lines[-2].endswith(f"  {told}")


def test_feedback_that_nobody_was_asked_to_answer_says_so(asked: CommandLine) -> None:
    say(asked, "police", remark="Wartezeiten")

    assert asked.screen("incident", "needs", "last").endswith("open, nobody was asked yet\n")


def test_report_holds_needs_totals_and_feedback(asked: CommandLine) -> None:
    say(asked, "police", needs=[{**NEED, "promised_by": "RAA"}], hints=1200, languages=["uk"])
    say(asked, "desk", needs=[{**NEED, "status": "met"}], hints=2)
    asked.clock.advance(minutes=61)
    asked.screen("incident", "note", "last", "weiter")
    asked.screen("report", "build", "last", "--format", "md", "--out", str(asked.folder))

    [file] = asked.folder.glob("*.md")
    told = file.read_text(encoding="utf-8")
    begin = told.index("**Gemeldete Bedarfe nach Stand**")
    assert told[begin : told.index("## 5")].rstrip() == REPORT.rstrip()


def test_nothing_was_reported(opened: CommandLine) -> None:
    assert opened.screen("incident", "needs", "last") == "Nobody has reported a need.\n"
    assert opened.read("incident", "needs", "last") == {
        "id": "20261218-1820-k7m2",
        "needs": [],
        "totals": [],
        "feedback": [],
    }


def test_report_withholds_small_sums_of_what_only_some_may_read(ada: CommandLine) -> None:
    path = ada.folder / "playbooks" / "alarm.yaml"
    marked = FORM.replace("kind: count\n", "kind: count\n        visible_to: [OB-L]\n")
    path.write_text(path.read_text().replace("      remark:\n", f"{marked}      remark:\n", 1))
    ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
    say(ada, "police", hints=3)
    ada.screen("report", "build", "last", "--format", "md", "--out", str(ada.folder))

    [file] = ada.folder.glob("*.md")

    assert "| Hinweise erteilt | nicht genannt, zu klein | 1 | 9 |" in file.read_text()
    assert "Hinweise erteilt  3      1" in ada.screen("incident", "needs", "last")
