"""A complaint goes to the complaint office, which alone records its outcome and closes it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core.allowed import Allowed
from crisis.core.complaint import ComplaintCount, by_partner, outcome_of
from crisis.core.incident import Incident
from crisis.errors import (
    CrisisError,
    NotFoundError,
    PersonalDataError,
    RefusedError,
    UsageError,
)
from crisis.usecases import answering, steering
from crisis.usecases.complaining import (
    Complaint,
    categories,
    complain,
    complaints,
)
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.reading import desk_for
from crisis.usecases.reports import build
from tests.builders import REGION, T0, DrawnIds
from tests.complained import (
    COMPLAINT,
    a_house,
    a_reply,
    complained,
    counts,
    current,
    record_outcome,
    take_over,
)
from tests.web.staged import Stage

Act = Callable[[Stage], Incident]


def test_complaint_is_asked_of_its_two_sides_only() -> None:
    stage = complained()

    asked = [sent.id.split("/")[1:3] for sent in stage.world.sender.sent if "/K" in sent.id]

    assert sorted(asked) == [["K1", "cy"], ["K2", "bst"]]
    opened = current(stage).opened
    assert (opened.label, opened.complaint_on, opened.complaint_about) == ("", "i1", "pol")


def test_office_records_the_outcome_and_closes() -> None:
    stage = complained()
    take_over(stage, "K1", "cy")
    take_over(stage, "K2")
    record_outcome(stage, "partly")
    take_over(stage, "K4", "cy")

    assert complaints(stage.desk, "i1") == (
        ComplaintCount(category="conduct", open=1, closed=0, evidence=made_at(stage)),
    )
    take_over(stage, "K5")

    incident = current(stage)
    assert (outcome_of(incident), incident.state) == ("partly", "closed")
    [counted] = complaints(stage.desk, "i1")
    assert (counted.category, counted.open, counted.closed) == ("conduct", 0, 1)
    with pytest.raises(RefusedError, match="its log takes no more answers"):
        record_outcome(stage, "upheld")
    with pytest.raises(RefusedError, match="only the complaint office and whoever complains"):
        steering.note(stage.desk, stage.incident, text="Unsinn", by="eve")


def made_at(stage: Stage) -> tuple[int, ...]:
    entries = stage.desk.incidents.entries("i1")
    return tuple(e.seq for e in entries if isinstance(e.event, ev.ComplaintCounted))


def test_office_closes_nothing_without_an_outcome() -> None:
    stage = complained()
    closing = ev.Acknowledged(
        step="K5", partner="bst", contact="bst", via=ev.Via.PAGE, happened_at=T0
    )

    with pytest.raises(RefusedError, match="record the outcome first, then close the complaint"):
        by_partner(current(stage), (closing,))


def test_nothing_decided_is_nothing_refused() -> None:
    assert by_partner(current(complained()), ()) == Allowed(events=())


EVES: dict[str, Act] = {
    "acknowledge": lambda s: answering.acknowledge(
        s.desk, replace(a_reply(s, "K2", "bst", via=ev.Via.PHONE), by="eve")
    ),
    "answer": lambda s: answering.answer(
        s.desk,
        replace(a_reply(s, "K3", "bst", via=ev.Via.DESK), by="eve"),
        answers={"outcome": "not_upheld"},
    ),
    "decline": lambda s: answering.decline(
        s.desk, replace(a_reply(s, "K2", "bst", via=ev.Via.HUB), by="eve"), reason="Ende"
    ),
    "set": lambda s: steering.set_attribute(
        s.desk, s.incident, name="category", value="other", source="Eve", by="eve"
    ),
    "skip": lambda s: steering.skip(s.desk, s.incident, step="K3", reason="Ende", by="eve"),
    "note": lambda s: steering.note(s.desk, s.incident, text="Unsinn", by="eve"),
    "stand down": lambda s: steering.stand_down(s.desk, s.incident, reason="Ende", by="eve"),
    "ask": lambda s: steering.ask(
        s.desk, s.incident, partner="cy", text="Warum?", reason="Eve", within=None, by="eve"
    ),
    "revoke": lambda s: steering.revoke_link(
        s.desk,
        s.incident,
        link_hash=current(s).obligations["K2", "bst"].attempts[0].link_hash,
        reason="Ende",
        by="eve",
    ),
}


@pytest.mark.parametrize("act", EVES.values(), ids=EVES)
def test_eve_changes_nothing_under_whatever_sign(act: Act) -> None:
    stage = complained()
    take_over(stage, "K2")
    before = stage.desk.incidents.entries(stage.incident)

    with pytest.raises(RefusedError):
        act(stage)

    assert stage.desk.incidents.entries(stage.incident) == before


def test_nobody_at_a_desk_closes_it_even_when_nobody_waits() -> None:
    stage = complained()
    take_over(stage, "K1", "cy")
    take_over(stage, "K2")
    record_outcome(stage, "upheld")
    take_over(stage, "K4", "cy")
    answering.decline(stage.desk, a_reply(stage, "K5", "bst"), reason="später")

    with pytest.raises(RefusedError, match="only the complaint office and whoever complains"):
        steering.close(stage.desk, stage.incident, reason="Ende", by="eve")

    assert current(stage).closed_at is None


def test_report_counts_complaints_and_tells_nothing_of_them() -> None:
    stage = complained()

    report = build(stage.desk, "i1")

    assert [(one.category, one.open, one.closed) for one in report.complaints] == [
        ("conduct", 1, 0)
    ]
    assert stage.incident not in repr(report)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"incident": "i9"}, NotFoundError, "there is no incident 'i9'"),
        ({"about": "eve"}, NotFoundError, "there is no partner 'eve' in i1; there are: lead"),
        ({"category": "noise"}, UsageError, "category='noise' does not fit"),
        ({"complainant": "pol"}, RefusedError, "pol is complained about"),
    ],
)
def test_what_does_not_fit_opens_nothing(
    changes: dict[str, str], error: type[CrisisError], words: str
) -> None:
    stage = a_house()

    with pytest.raises(error, match=words):
        complain(stage.desk, replace(COMPLAINT, **changes))

    assert stage.desk.house.log.incidents() == ("i1",)


def test_a_complaint_is_opened_although_its_first_id_is_taken() -> None:
    stage = a_house()
    house = replace(stage.desk.house, ids=DrawnIds("i1", "i1", "b2b2"))

    opened = complain(desk_for(house), COMPLAINT)

    assert opened.id == "b2b2"
    assert house.log.incidents() == ("i1", "b2b2")


def test_nobody_complains_about_a_complaint_here() -> None:
    stage = complained()
    again = Complaint(
        incident=stage.incident, about="bst", complainant="cy", category="delay", by="ada"
    )

    with pytest.raises(RefusedError, match="only the complaint office deals with it"):
        complain(stage.desk, again)


def test_what_is_sent_twice_is_one_complaint() -> None:
    stage = complained()

    again = complain(stage.desk, COMPLAINT)
    other = complain(stage.desk, replace(COMPLAINT, category="delay"))

    assert (again.id, counts(stage)) == (stage.incident, [(1, 0), (1, 0)])
    assert other.id != stage.incident


def test_matter_that_names_somebody_opens_nothing() -> None:
    stage = a_house()

    with pytest.raises(PersonalDataError, match="einen Personennamen"):
        complain(stage.desk, replace(COMPLAINT, matter="Frau Muster wurde angeschrien."))

    assert stage.desk.house.log.incidents() == ("i1",)


def test_nothing_is_said_in_a_complaint_that_is_closed() -> None:
    stage = complained()
    take_over(stage, "K2")
    record_outcome(stage, "upheld")
    take_over(stage, "K5")
    late = ev.Acknowledged(step="K1", partner="cy", contact="cy", via=ev.Via.PAGE, happened_at=T0)

    with pytest.raises(RefusedError, match="the complaint is closed; nothing was changed"):
        by_partner(current(stage), (late,))


def test_playbook_of_complaints_opens_only_by_a_complaint() -> None:
    stage = a_house()
    alone = Opening(playbook="complaint", region=REGION, mode=ev.Mode.EXERCISE, by="ada")

    with pytest.raises(RefusedError, match="crisis incident complain ID --about PARTNER"):
        open_incident(stage.desk, replace(alone, accept_gaps=True))

    assert stage.desk.house.log.incidents() == ("i1",)


def test_categories_are_said_in_both_languages() -> None:
    known = categories(a_house().desk)

    assert list(known) == ["conduct", "delay", "information", "omission", "other"]
    assert (known["delay"].de, known["delay"].en) == ("Verzögerung", "Delay")
