"""Handing the lead over and entering what came out, at the command line."""

from tests.cli.desk import CommandLine


def test_lead_is_offered_and_taken(opened: CommandLine) -> None:
    offered = opened.screen(
        *("incident", "hand-over", "last", "--to", "police", "--reason", "Schichtwechsel")
    )
    waiting = opened.read("incident", "show", "last")["lead"]
    opened.screen("incident", "ack", "last", "H01")
    taken = opened.read("incident", "show", "last")["lead"]

    assert offered.startswith("H01 police: the lead is offered to police-duty.\n")
    assert "H01   police   police-duty  http     accepted\n" in offered
    assert (waiting["partners"], waiting["offered_to"]) == (["desk"], "police-duty")
    assert (taken["partners"], taken["offered_to"]) == (["police"], None)
    assert taken["contact"] == "police-duty"


def test_brief_that_no_playbook_asks_for_is_refused(opened: CommandLine) -> None:
    refused = opened.run(
        *("incident", "hand-over", "last", "--to", "police", "--reason", "Schicht"),
        *("--set", "present=Dienst"),
    )

    assert (refused.exit_code, refused.stderr) == (
        2,
        "this playbook asks for no brief at a hand-over; say it in the reason\n",
    )


def test_step_that_clears_nothing_is_not_published(opened: CommandLine) -> None:
    refused = opened.run("incident", "publish", "last", "S1")

    assert (refused.exit_code, refused.stderr) == (
        4,
        "S1 clears nothing that could be published, or has not begun yet\n",
    )
