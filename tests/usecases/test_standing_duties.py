"""What Federal Police and counselling owe each other without an operation, as it is shipped."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crisis.core.contact import ChannelKind, Tlp
from crisis.core.event import Mode
from crisis.core.form import Answer
from crisis.core.obligation import ObligationState
from crisis.errors import PersonalDataError, RefusedError, UsageError
from crisis.loading.library import FileLibrary
from crisis.simulated.clock import FakeClock
from crisis.simulated.sender import RecordingSender
from crisis.simulated.stage import make_stage
from crisis.usecases import steering
from crisis.usecases.issuing import Bulletin, issue
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.rehearse import Stage, settle

ROOT = Path(__file__).parents[2]
# Monday, 8 February 2027, 10:00 in Germany: a week before the duty's date.
OPENED = datetime(2027, 2, 8, 9, tzinfo=UTC)
ASKED = datetime(2027, 2, 15, 8, tzinfo=UTC)


@pytest.fixture
def stage() -> Stage:
    playbooks, contacts = ROOT / "playbooks", ROOT / "contacts" / "example"
    library = FileLibrary(playbooks=playbooks, contacts=contacts, clock=FakeClock(OPENED))
    return make_stage(library, at=OPENED)


def _open(stage: Stage, playbook: str, region: str) -> str:
    opening = Opening(
        playbook=playbook, region=region, mode=Mode.EXERCISE, by="ada", accept_gaps=True
    )
    incident = open_incident(stage.desk, opening)
    settle(stage.desk, incident.id)
    return incident.id


def _until(stage: Stage, incident: str, moment: datetime) -> None:
    """Let time pass to a moment, wake-up by wake-up."""
    while True:
        wake_at = settle(stage.desk, incident)
        if wake_at is None or wake_at > moment:
            stage.clock.set(moment)
            settle(stage.desk, incident)
            return
        stage.clock.set(wake_at)


def _learn(stage: Stage, incident: str, attribute: str, value: int | str) -> None:
    steering.set_attribute(
        stage.desk, incident, name=attribute, value=value, source="Opferschutz", by="ada"
    )
    settle(stage.desk, incident)


def _owed(stage: Stage, incident: str, step: str) -> dict[str, tuple[ObligationState, object]]:
    """Return how each partner of a step stands, and by when it owes it."""
    found = stage.desk.incidents.current(incident)
    return {
        one.partner: (one.state, one.due_at)
        for one in found.obligations.values()
        if one.step == step
    }


def _overdue_since(stage: Stage, incident: str) -> dict[str, datetime | None]:
    found = stage.desk.incidents.current(incident)
    return {
        one.partner: one.overdue_at for one in found.obligations.values() if one.step == "B03b"
    }


def test_notes_on_kok_are_overdue_after_two_weeks_without_evidence(stage: Stage) -> None:
    incident = _open(stage, "bpol-kok-standing", "00")
    due = ASKED + timedelta(days=14)

    _until(stage, incident, due - timedelta(minutes=1))
    before = _overdue_since(stage, incident)
    _until(stage, incident, due + timedelta(minutes=1))

    assert before == {"bpol-praesidium": None}
    assert _overdue_since(stage, incident) == {"bpol-praesidium": due}


def test_each_action_day_invites_counselling_anew(stage: Stage) -> None:
    incident = _open(stage, "bpol-kok-standing", "00")
    assert "B03c" not in stage.desk.incidents.current(incident).steps

    _learn(stage, incident, "action_days_planned", 1)

    assert _owed(stage, incident, "B03c")["kok-geschaeftsstelle"] == (
        ObligationState.ASKING,
        OPENED + timedelta(days=14),
    )


def _issue(
    stage: Stage, incident: str, step: str, *, partner: str = "", **answers: Answer
) -> None:
    bulletin = Bulletin(
        incident=incident,
        step=step,
        answers={"valid_until": "2027-03-31", **answers},
        by="ada",
        partner=partner,
    )
    issue(stage.desk, bulletin)
    settle(stage.desk, incident)


def test_written_bulletin_goes_to_counselling_and_kok_with_its_label(stage: Stage) -> None:
    incident = _open(stage, "bpol-kok-stations", "14612")

    _issue(stage, incident, "B04b", about="country-of-origin", countries=["RO"], text="Lage neu.")

    due = OPENED + timedelta(hours=24)
    sender = stage.desk.house.sender
    assert isinstance(sender, RecordingSender)
    assert [one.tlp for one in sender.sent] == [Tlp.AMBER_STRICT] * 2
    assert not any("Lage neu" in one.body for one in sender.sent)
    assert _owed(stage, incident, "B04b") == {
        "fbs-kobranet": (ObligationState.ASKING, due),
        "kok-geschaeftsstelle": (ObligationState.ASKING, due),
    }


def test_bulletin_by_word_of_mouth_leaves_by_telephone_alone(stage: Stage) -> None:
    incident = _open(stage, "bpol-kok-stations", "14612")

    with pytest.raises(UsageError, match="text: "):
        _issue(stage, incident, "B04", about="counsellors", text="Bedrohung")
    _issue(stage, incident, "B04", about="counsellors")

    sender = stage.desk.house.sender
    assert isinstance(sender, RecordingSender)
    assert [(one.id.split("/")[1:3], one.kind, one.tlp) for one in sender.sent] == [
        (["B04", partner], ChannelKind.PHONE_BY_HAND, Tlp.RED)
        for partner in ("fbs-kobranet", "kok-geschaeftsstelle")
    ]


@pytest.mark.parametrize("word", ["AHORN 47", "Fall 2027-01", "E-7K2M"])
def test_general_bulletin_takes_no_case(stage: Stage, word: str) -> None:
    incident = _open(stage, "bpol-kok-stations", "14612")

    with pytest.raises(PersonalDataError, match="about no case"):
        _issue(stage, incident, "B05", partner="fbs-kobranet", about="general", text=word)
    found = stage.desk.incidents.current(incident)
    assert (found.bulletins, "B05" in found.steps) == ({}, False)

    _issue(stage, incident, "B05", partner="fbs-kobranet", about="general", text="Mehr Anfragen.")
    assert list(_owed(stage, incident, "B05")) == ["bpol-inspektion-dresden"]


def test_police_issue_no_bulletin_of_counselling(stage: Stage) -> None:
    incident = _open(stage, "bpol-kok-stations", "14612")

    with pytest.raises(RefusedError, match="issues no bulletins over B04b"):
        _issue(stage, incident, "B04b", partner="fbs-kobranet", about="affected", text="x")
