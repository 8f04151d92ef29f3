"""A complaint goes to the complaint office, which alone records its outcome and closes it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core.complaint import ComplaintCount, as_allowed, outcome_of
from crisis.core.incident import Incident
from crisis.errors import CrisisError, NotFoundError, RefusedError, UsageError
from crisis.usecases import answering, steering
from crisis.usecases.answering import Reply
from crisis.usecases.complaining import Complaint, complain, complaints
from crisis.usecases.reading import desk_for
from crisis.usecases.reports import build
from tests.builders import T0, DrawnIds
from tests.complained import COMPLAINT, a_house, complained
from tests.web.staged import Stage

Act = Callable[[Stage], Incident]


def a_reply(stage: Stage, step: str, partner: str, *, via: ev.Via = ev.Via.PAGE) -> Reply:
    return Reply(incident=stage.incident, step=step, partner=partner, by=partner, via=via)


def take_over(stage: Stage, step: str, partner: str = "bst") -> None:
    answering.acknowledge(stage.desk, a_reply(stage, step, partner))
    stage.tick()


def record_outcome(stage: Stage, outcome: str) -> None:
    answering.answer(stage.desk, a_reply(stage, "K3", "bst"), answers={"outcome": outcome})
    stage.tick()


def current(stage: Stage) -> Incident:
    return stage.desk.incidents.current(stage.incident)


def test_complaint_is_asked_of_its_two_sides_only() -> None:
    stage = complained()

    asked = [sent.id.split("/")[1:3] for sent in stage.world.sender.sent if "/K" in sent.id]

    assert sorted(asked) == [["K1", "cy"], ["K2", "bst"]]
    assert current(stage).opened.label == "Beschwerde zu i1 über pol, conduct"


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
    with pytest.raises(RefusedError, match="the complaint is closed; nothing was changed"):
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
        as_allowed(current(stage), (closing,))


def test_nothing_decided_is_nothing_refused() -> None:
    assert as_allowed(current(complained()), ()) == ()


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
