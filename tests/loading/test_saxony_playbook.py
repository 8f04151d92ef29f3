"""
The Saxony playbook against its source, written down a second time by hand.

Each row is a line of the tables in `playbooks.md` §7.1: step, roles, start, deadline,
ladder, profile, how binding. Where one line of the table asks two offices on two
conditions, the playbook has two steps (A23, A25, A27).
"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from crisis.core.condition import AllOf, AnyOf, AtLeast, Decided, Is, IsNot, NotEmpty
from crisis.core.contact import ChannelKind, Tlp
from crisis.core.form import FieldKind
from crisis.core.playbook import (
    ExpectAcknowledgement,
    ExpectAnswer,
    ExpectDecision,
    ExpectReport,
    ExpectSignOff,
    Playbook,
    RungAction,
    Step,
)
from crisis.loading.durations import written
from crisis.loading.placeholders import placeholders_in
from crisis.loading.playbook_loader import load_playbook
from crisis.loading.problem import render

PATH = Path(__file__).parents[2] / "playbooks" / "sn-mass-casualty.yaml"
TABLE = """
A01  | OB-L          | T0                           | 10m    | A | K24    | always
A02  | POL-FLZ       | T0                           | 20m    | A | CALL   | always
A03  | IRLS          | T0                           | 15m    | A | CALL   | always
A04  | OB-L          | any A02 A03 latest T0+30m    | 10m    | A | DESK   | always
A10  | PSNV-LZ       | all A04                      | 15m    | A | K24    | always
A11  | POL-OS        | all A04                      | 15m    | A | K24    | always
A12  | OHS           | all A04                      | 15m    | A | KDI    | always
A13  | WR            | all A04                      | 15m    | A | KDI    | always
A14  | BOB           | all A04                      | 15m    | A | K24    | if-true
A15  | KoBe          | all A04                      | 15m    | A | CALL   | if-true
A16  | KRS           | all A04                      | 15m    | A | K24    | always
A17  | STA           | all A04                      | 1h     | B | KDI    | if-true
A18  | OHS           | all A12                      | 1h     | B | KHUB   | always
A19  | WR            | all A13                      | 1h     | B | KHUB   | always
A20  | reached       | T0+1h30m                     | 30m    | B | CONF   | always
A21  | KRS PSNV-L    | T0+1h30m                     | T0+2h  | B | CALL   | always
A22  | POL-FLZ PASt  | T0+1h30m                     | T0+2h  | B | CALL   | always
A23  | BOB           | T0+2h                        | T0+3h  | B | CALL   | always
A23b | KRS OB-L      | T0+2h                        | T0+3h  | B | CALL   | always
A24  | DOL           | T0+2h                        | T0+4h  | B | KDI    | if-true
A25  | POL-B         | all A20 latest T0+3h         | 1h     | A | ORAL   | if-true
A25b | PSNV-L        | all A20 latest T0+3h         | 1h     | A | ORAL   | if-true
A26  | REL RAA       | T0+3h                        | T0+4h  | B | KDI    | if-true
A27  | JA            | T0+3h                        | T0+4h  | B | KDI    | if-true
A27b | SCH           | T0+3h                        | T0+4h  | B | KDI    | if-true
A36  | reached       | T0+10h                       | T0+12h | C | CONF   | always
A40  | asked         | T0+20h                       | T0+1d  | C | PORTAL | always
A52  | BfJ           | T0+1d12h                     | T0+3d  | D | KBUE   | if-true
A56  | asked         | T0+2d20h                     | T0+3d  | C | PORTAL | always
A60  | asked         | T0+7d                        | -      | D | INVITE | always
A61  | asked         | T0+7d                        | T0+10d | D | PORTAL | always
A70  | OB-L          | T0+42d                       | T0+45d | D | PORTAL | always
A71  | asked         | all A70                      | 21d    | D | PORTAL | always
A72  | OB-L          | all A71 latest T0+64d                      | T0+84d | D | PORTAL | always
"""
UNCLEAR_OR_DEADLY = AnyOf(
    parts=(
        Is(attribute="kind_of_event", values=("terror", "extremism", "unclear")),
        AtLeast(attribute="deaths", number=3),
    )
)
WAVE = Decided(step="A04", options=("yes", "unclear"))
CONDITIONS = {
    **dict.fromkeys(["A10", "A11", "A12", "A13", "A16", "A18", "A19", "A20"], WAVE),
    "A14": AllOf(parts=(WAVE, UNCLEAR_OR_DEADLY)),
    "A15": AllOf(parts=(WAVE, UNCLEAR_OR_DEADLY)),
    "A17": AllOf(parts=(WAVE, IsNot(attribute="suspected_crime", values=("no",)))),
    "A23": IsNot(attribute="bob_takes_over", values=("no",)),
    "A23b": Is(attribute="bob_takes_over", values=("no",)),
    "A24": AnyOf(
        parts=(
            NotEmpty(attribute="languages"),
            IsNot(attribute="foreign_affected", values=("no",)),
        )
    ),
    "A25": AtLeast(attribute="deaths", number=1),
    "A25b": AtLeast(attribute="deaths", number=1),
    "A26": IsNot(attribute="targeted_group", values=("none",)),
    "A27": IsNot(attribute="minors", values=("no",)),
    "A27b": IsNot(attribute="school_affected", values=("no",)),
    "A52": AnyOf(
        parts=(
            Is(attribute="kind_of_event", values=("terror", "extremism")),
            Is(attribute="gba_takes_over", values=("yes",)),
        )
    ),
}
FORMS = {
    "A02": "F1",
    "A03": "PSNV",
    "A20": "F2",
    "A21": "F3",
    "A22": "MISSING",
    "A23": "HOTLINE",
    "A23b": "HOTLINE",
    "A24": "INTERPRETERS",
    "A25": "F4",
    "A36": "F2",
    "A40": "F5",
    "A56": "F5",
    "A60": "F2",
    "A61": "F8",
    "A71": "F9",
}
COMPETENCES = {
    "A01": "koordination.land",
    "A02": "lage.melden",
    "A03": "alarmierung.psnv",
    "A04": "lage.entscheiden",
    "A10": "koordination.land",
    "A11": "verfahren.opferschutz_polizei",
    "A12": "beratung.opferhilfe",
    "A13": "beratung.opferhilfe leistung.soforthilfe_verein",
    "A14": "koordination.bund",
    "A15": "koordination.bund",
    "A16": "koordination.kommune",
    "A17": "verfahren.information_verletzte",
    "A18": "beratung.opferhilfe",
    "A19": "beratung.opferhilfe",
    "A21": "koordination.kommune",
    "A22": "auskunft.vermisste",
    "A23": "oeffentlichkeit.hotline",
    "A23b": "oeffentlichkeit.hotline",
    "A24": "sprache.dolmetschen",
    "A25": "betroffene.todesnachricht",
    "A25b": "akuthilfe.psychosozial",
    "A26": "seelsorge beratung.rechte_gewalt",
    "A27": "kinder.inobhutnahme kinder.beratung",
    "A27b": "schule.krisenteam",
    "A52": "leistung.haerte",
}


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    loaded = load_playbook(PATH, shown_as="sn.yaml", today=date(2026, 11, 22))
    assert loaded.playbook is not None, render(loaded.problems)
    return loaded.playbook


def test_head_is_that_of_the_table(playbook: Playbook) -> None:
    head = (playbook.id, playbook.version, playbook.region, playbook.lead.role)

    assert head == ("sn-mass-casualty", "1.0.0", "14", "OB-L")
    assert len(playbook.agreements) == 4


def test_steps_are_those_of_the_table(playbook: Playbook) -> None:
    rows = [" | ".join(_row(step)) for step in playbook.steps]

    assert rows == [
        " | ".join(cell.strip() for cell in line.split("|")) for line in TABLE.strip().split("\n")
    ]


def _row(step: Step) -> tuple[str, ...]:
    who = " ".join(step.roles) or ("reached" if step.reached_in else "asked")
    return (
        step.id,
        who,
        _start(step),
        _within(step),
        step.ladder or "-",
        step.profile,
        step.mandatory.value,
    )


def _start(step: Step) -> str:
    if not step.start.after:
        return _moment(step.start.offset)
    latest = "" if step.start.latest is None else f" latest {_moment(step.start.latest)}"
    return f"{step.start.mode} {' '.join(step.start.after)}{latest}"


def _within(step: Step) -> str:
    if step.within is None:
        return "-"
    duration = step.within.duration
    return _moment(duration) if step.within.absolute else written(duration)


def _moment(offset: timedelta) -> str:
    return "T0" if not offset else f"T0+{written(offset)}"


def test_conditions_are_those_of_the_table(playbook: Playbook) -> None:
    found = {step.id: step.when for step in playbook.steps if step.when is not None}

    assert found == CONDITIONS


def test_forms_are_those_of_the_table(playbook: Playbook) -> None:
    found = {s.id: s.expect.form for s in playbook.steps if isinstance(s.expect, ExpectAnswer)}

    assert found == FORMS


def test_competences_are_those_of_the_table(playbook: Playbook) -> None:
    found = {step.id: " ".join(step.competences) for step in playbook.steps if step.competences}

    assert found == COMPETENCES


def test_ladders_are_those_of_the_conventions(playbook: Playbook) -> None:
    actions = tuple(RungAction)
    clock = {
        ladder.id: tuple(rung.after and written(rung.after) for rung in ladder.rungs)
        for ladder in playbook.ladders
    }

    assert clock == {
        "A": ("5m", "10m", "15m", "20m"),
        "B": ("15m", "30m", "45m", "1h"),
        "C": ("2h", "4h", "8h", "12h"),
        "D": (None, None, None, None),
    }
    assert all(
        tuple(rung.action for rung in ladder.rungs) == actions for ladder in playbook.ladders
    )
    assert [rung.working_days for rung in playbook.ladders[3].rungs] == [1, 2, 3, 4]


def test_decision_falls_to_unclear_and_no_stands_down(playbook: Playbook) -> None:
    expect = _step(playbook, "A04").expect

    assert isinstance(expect, ExpectDecision)
    assert (expect.default, expect.default_at) == ("unclear", timedelta(minutes=40))
    assert {o.id: o.stands_down for o in expect.options} == {
        "yes": False,
        "no": True,
        "unclear": False,
    }


def test_death_notifications_stay_oral_and_yes_or_no(playbook: Playbook) -> None:
    oral = {step.id: step.tlp for step in playbook.steps if step.profile == "ORAL"}
    profile = next(one for one in playbook.profiles if one.id == "ORAL")
    form = next(one for one in playbook.forms if one.id == "F4")

    assert oral == {"A25": Tlp.RED, "A25b": Tlp.RED}
    assert (profile.oral, profile.kinds) == (True, (ChannelKind.PHONE_BY_HAND,))
    assert {field.kind for field in form.fields} == {FieldKind.TRISTATE}
    assert {field.visible_to for field in form.fields} == {("OB-L", "POL-B", "PSNV-L")}


def test_only_asks_that_bring_people_to_the_site_are_held(playbook: Playbook) -> None:
    danger = Is(attribute="dangerous", values=("yes",))
    held = {step.id: step.hold_while for step in playbook.steps if step.hold_while is not None}

    assert held == {"A24": danger, "A26": danger}


def test_first_coordination_is_with_those_reached_in_wave_1(playbook: Playbook) -> None:
    assert _step(playbook, "A20").reached_in == tuple(f"A{number}" for number in range(10, 18))


def test_check_ins_are_held_tightly(playbook: Playbook) -> None:
    found = {step.id: step.tlp for step in playbook.steps if step.check_in}

    assert found == {"A40": Tlp.AMBER_STRICT, "A56": Tlp.AMBER_STRICT}


def test_report_is_drafted_then_signed(playbook: Playbook) -> None:
    assert _step(playbook, "A70").expect == ExpectReport()
    assert _step(playbook, "A72").expect == ExpectSignOff(publishes="final")


def test_stand_down_asks_everyone_to_acknowledge(playbook: Playbook) -> None:
    step = playbook.stand_down

    assert (step.id, step.expect, step.roles) == ("A95", ExpectAcknowledgement(), ())
    assert step.message.de == "{code_word}: Entwarnung. Keine weiteren Schritte. Danke."


def test_police_never_read_what_counselling_reports(playbook: Playbook) -> None:
    form = next(one for one in playbook.forms if one.id == "F5")
    readers = {field.id: field.visible_to for field in form.fields if field.visible_to}

    assert set(readers) == {"needs", "obstacles", "strain_on_helpers"}
    assert not any(role.startswith("POL") for roles in readers.values() for role in roles)


def test_every_text_is_there_in_both_languages(playbook: Playbook) -> None:
    texts = [
        words
        for step in (*playbook.steps, playbook.stand_down)
        for words in (step.title, step.message, step.benefit)
    ]

    assert [words.de for words in texts if not (words.de and words.en)] == []


def test_languages_carry_the_same_placeholders(playbook: Playbook) -> None:
    differing = [
        step.id
        for step in playbook.steps
        if set(placeholders_in(step.message.de)) != set(placeholders_in(step.message.en))
    ]

    assert differing == []


def _step(playbook: Playbook, step_id: str) -> Step:
    return next(step for step in playbook.steps if step.id == step_id)
