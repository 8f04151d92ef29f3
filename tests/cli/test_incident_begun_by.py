"""Opening an incident at a partner's word: who may, what is shown, what is refused (S5.P5)."""

from tests.cli.desk import CommandLine

OPEN = ("incident", "open", "alarm", "--region", "Dresden", "--exercise")


def _let_police_begin(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "alarm.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\nbegun_by: [POL-FLZ]\n", encoding="utf-8")


def test_who_began_stands_on_every_screen(ada: CommandLine) -> None:
    _let_police_begin(ada)

    opened = ada.screen(*OPEN, "--begun-by", "police", "--by", "ada")

    assert "Begun by  police\n" in opened
    assert "Begun by  police\n" in ada.screen("incident", "show", "last")
    assert ada.read("incident", "show", "last")["begun_by"] == "police"
    assert "exercise opened as AHORN 47, alarm 14612, begun by police\n" in ada.screen(
        "incident", "log", "last"
    )


def test_partner_that_may_not_begin_is_refused(ada: CommandLine) -> None:
    result = ada.run(*OPEN, "--begun-by", "police")

    assert result.exit_code == 4
    assert "police may not begin alarm: it holds none of its roles" in result.stderr
    assert ada.read("incident", "list") == []


def test_unknown_partner_is_not_found(ada: CommandLine) -> None:
    result = ada.run(*OPEN, "--begun-by", "polcie")

    assert result.exit_code == 3
    assert "there is no partner 'polcie'; who may begin it in 14612: " in result.stderr
