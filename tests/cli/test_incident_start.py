"""Opening an incident before its T0, moving it, and saying that it has begun."""

from tests.cli.desk import CommandLine

OPEN = ("incident", "open", "alarm", "--region", "Dresden", "--exercise")
PLANNED = (*OPEN, "--planned-for", "2026-12-24 04:00")


def test_planned_incident_asks_nobody_before_it_begins(ada: CommandLine) -> None:
    result = ada.run(*PLANNED, "--label", "PROBE")

    assert result.exit_code == 0
    assert "Planned for  2026-12-24 04:00\n" in result.stdout
    assert ada.sender.sent == ()
    shown = ada.read("incident", "show", "last")
    assert {key: shown[key] for key in ("t0", "planned", "code_word", "label")} == {
        "t0": "2026-12-24T03:00:00+00:00",
        "planned": True,
        "code_word": "AHORN 47",
        "label": "PROBE",
    }


def test_beginning_is_moved_and_confirmed(ada: CommandLine) -> None:
    ada.run(*PLANNED)

    moved = ada.run(
        *("incident", "move-start", "last", "--to", "2026-12-26 05:00", "--reason", "Witterung")
    )
    between = ada.screen("incident", "show", "last")
    begun = ada.run("incident", "start", "last", "--at", "19:20")
    after = ada.screen("incident", "show", "last")
    told = [line for line in ada.screen("incident", "log", "last").splitlines() if "T0" in line]

    assert moved.stdout.startswith("T0 is now 2026-12-26 05:00.\n")
    assert "Planned for  2026-12-26 05:00\n" in between
    assert begun.stdout.startswith("Begun at 2026-12-18 19:20.\n")
    assert "Begun     2026-12-18 19:20\n" in after
    assert [sent.title for sent in ada.sender.sent] == [
        "[ÜBUNG] AHORN 47 · Dresden · S1",
        "[ÜBUNG] AHORN 47 · Dresden · S2",
    ]
    assert len(told) == 2


def test_what_cannot_be_planned_is_refused(ada: CommandLine) -> None:
    past = ada.run(*OPEN, "--planned-for", "2026-12-17 04:00")
    both = ada.run(*PLANNED, "--occurred", "19:02")
    ada.run(*OPEN)
    begun = ada.run("incident", "start", "last")

    assert (past.exit_code, past.stderr) == (
        2,
        (
            "2026-12-17 04:00:00 does not lie ahead (it is 2026-12-18 19:20:00);"
            " what has begun is opened without --planned-for\n"
        ),
    )
    assert both.exit_code == 2
    assert "what is planned has not occurred" in both.stderr
    assert begun.exit_code == 4
    assert "T0 stays" in begun.stderr
