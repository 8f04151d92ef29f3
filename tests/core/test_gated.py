"""What passes only with consent: nothing before it, nothing after it was taken back."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crisis.core import consenting, steer
from crisis.core import event as ev
from crisis.core.audit import audit
from crisis.core.condition import Is
from crisis.core.consenting import Record
from crisis.core.contact import ChannelKind
from crisis.core.delivery import OutcomeKind
from crisis.core.desk import open_tasks
from crisis.core.event import Event, Purpose
from crisis.core.gate import ConsentScope, Gate
from crisis.core.message import call_message
from crisis.core.obligation import ObligationState
from crisis.core.playbook import Start, Step
from crisis.core.words import Words
from crisis.errors import NotFoundError, RefusedError, UsageError
from tests.builders import T0, a_contact, a_directory, a_partner, a_playbook, a_step, minutes
from tests.core.playing import a_timeline, set_to
from tests.core.timelines import Timeline

FINDINGS = ConsentScope(id="findings", label=Words(de="Erkenntnisse"))
SUPPORT = ConsentScope(id="support", label=Words(de="Schutz"))
DAY = timedelta(days=1)


def a_gated_step(name: str = "B30", **changes: object) -> Step:
    gate = Gate(scopes=(FINDINGS, SUPPORT), by=("FBS",))
    return a_step(name, **{"gate": gate, "within": None, "ladder": None, **changes})


def a_run(*steps: Step, by_hand: bool = False) -> Timeline:
    kinds = (ChannelKind.PHONE_BY_HAND, ChannelKind.EMAIL) if by_hand else (ChannelKind.EMAIL,)
    directory = a_directory(
        a_partner("ohs"),
        a_partner("fbs", role="FBS"),
        contacts=(a_contact("ohs", kinds=kinds, deputy="ohs-dep"),),
    )
    return a_timeline(a_playbook(*(steps or (a_gated_step(),))), directory=directory)


def given(
    timeline: Timeline,
    *,
    scope: str = "findings",
    partner: str = "fbs",
    recipient: str = "ohs",
    expires_at: datetime | None = None,
) -> tuple[Event, ...]:
    record = Record(scope=scope, partner=partner, happened_at=timeline.now)
    return consenting.give(
        timeline.incident, record, recipient=recipient, expires_at=expires_at, now=timeline.now
    )


def revoked(timeline: Timeline, code: str = "E-01", partner: str = "") -> tuple[Event, ...]:
    now = timeline.now
    return consenting.revoke(
        timeline.incident, code=code, partner=partner, happened_at=now, now=now
    )


def sent(timeline: Timeline) -> list[tuple[str, str, Purpose]]:
    return [(ask.step, ask.contact, ask.purpose) for ask in timeline.perform([])]


def test_nothing_passes_before_a_consent_and_each_consent_passes_once() -> None:
    timeline = a_run()
    timeline.now = T0 + 30 * DAY
    assert timeline.perform([]) == []
    assert audit(timeline.incident, now=timeline.now) == ()
    timeline.append(*given(timeline))

    assert sent(timeline) == [("B30", "ohs", Purpose.ASK)]
    assert sent(timeline) == []
    timeline.append(*given(timeline, scope="support"))
    assert sent(timeline) == [("B30.2", "ohs", Purpose.ASK)]

    runs = timeline.incident.steps
    assert {name: run.consent for name, run in runs.items()} == {"B30": "E-01", "B30.2": "E-02"}
    assert timeline.incident.obligations["B30", "ohs"].due_at is None


def test_ask_on_a_consent_goes_to_nobody_because_of_time_alone() -> None:
    timeline = a_run()
    timeline.append(*given(timeline))
    assert sent(timeline) == [("B30", "ohs", Purpose.ASK)]
    timeline.now = T0 + 400 * DAY

    assert timeline.perform([]) == []

    assert [open_.raised.task_kind for open_ in open_tasks(timeline.incident)] == []
    assert timeline.incident.obligations["B30", "ohs"].state is ObligationState.ASKING
    assert audit(timeline.incident, now=timeline.now) == ()
    assert timeline.planned().wake_at is None
    with pytest.raises(RefusedError, match="B30 ohs"):
        steer.close(timeline.incident, reason="fertig")


def test_ask_on_a_consent_that_reaches_nobody_over_any_channel_goes_to_the_lead() -> None:
    timeline = a_run()
    timeline.append(*given(timeline))

    timeline.perform([OutcomeKind.REJECTED])

    assert [one.raised.task for one in open_tasks(timeline.incident)] == ["other-way/B30/ohs"]


def test_refusal_is_a_normal_end() -> None:
    timeline = a_run()
    record = Record(scope="findings", partner="fbs", happened_at=T0)
    timeline.append(*consenting.refuse(timeline.incident, record, now=T0))

    assert timeline.perform([]) == []
    assert timeline.planned().wake_at == T0 + timedelta(hours=12)
    with pytest.raises(RefusedError, match="E-01 does not hold any more"):
        revoked(timeline)


def test_consent_opens_no_gate_before_the_step_s_own_moment_and_condition() -> None:
    step = a_gated_step(
        start=Start(offset=minutes(30)), when=Is(attribute="suspected_crime", values=("yes",))
    )
    timeline = a_run(step)
    timeline.append(*given(timeline))
    assert timeline.perform([]) == []
    assert timeline.planned().wake_at == T0 + minutes(30)

    timeline.now = T0 + minutes(30)
    assert timeline.perform([]) == []
    timeline.append(set_to("suspected_crime", "yes"))
    assert sent(timeline) == [("B30", "ohs", Purpose.ASK)]
    timeline.append(set_to("suspected_crime", "no"))
    assert sent(timeline) == [("B30", "ohs", Purpose.OBSOLETE)]


def test_consent_that_was_taken_back_before_anything_went_stops_it() -> None:
    timeline = a_run()
    timeline.append(*given(timeline), *timeline.planned().facts)
    timeline.append(*timeline.planned().facts)
    timeline.append(*revoked(timeline))

    assert timeline.perform([]) == []
    state = timeline.incident.obligations["B30", "ohs"].state
    assert (state, timeline.incident.run_of("B30").obsolete_at) == (ObligationState.OBSOLETE, T0)


def test_everybody_who_had_it_is_told_that_it_was_taken_back_also_after_an_answer() -> None:
    timeline = a_run()
    timeline.append(*given(timeline))
    timeline.perform([OutcomeKind.ACCEPTED])
    by_deputy = ev.Acknowledged(
        step="B30", partner="ohs", contact="ohs-dep", via=ev.Via.PHONE, happened_at=T0
    )
    timeline.append(by_deputy)
    timeline.now = T0 + DAY
    assert sent(timeline) == []

    timeline.append(*revoked(timeline))

    assert sent(timeline) == [
        ("B30", "ohs", Purpose.WITHDRAWN),
        ("B30", "ohs-dep", Purpose.WITHDRAWN),
    ]
    assert sent(timeline) == []
    assert timeline.incident.obligations["B30", "ohs"].state is ObligationState.ACKNOWLEDGED


def test_message_on_its_way_is_followed_once_its_fate_is_known() -> None:
    timeline = a_run()
    timeline.append(*given(timeline))
    timeline.perform([None])
    timeline.append(*revoked(timeline))
    assert sent(timeline) == []

    timeline.now = T0 + minutes(1)

    assert sent(timeline) == [("B30", "ohs", Purpose.WITHDRAWN)]


def test_told_by_telephone_is_taken_back_by_telephone_and_tried_until_heard() -> None:
    timeline = a_run(a_gated_step(profile="ALL"), by_hand=True)
    timeline.append(*given(timeline))
    timeline.perform([])
    [ask] = open_tasks(timeline.incident)
    reached = {"task": ask.raised.task, "note": "", "happened_at": T0, "now": T0}
    timeline.append(*steer.finish_task(timeline.incident, result="reached", **reached))  # type: ignore[arg-type]  # -- a task's words
    timeline.append(*revoked(timeline))
    timeline.perform([])

    [call] = open_tasks(timeline.incident)
    said = call_message(timeline.incident, call.raised, "de", code="7")
    assert said.startswith("Die Einwilligung E-01 wurde widerrufen.")
    silent = {"task": call.raised.task, "note": "", "happened_at": T0, "now": T0}
    timeline.append(*steer.finish_task(timeline.incident, result="wrong-number", **silent))  # type: ignore[arg-type]  # -- a task's words
    assert [(ask.channel, ask.purpose) for ask in timeline.perform([])] == [
        ("ohs-email", Purpose.WITHDRAWN)
    ]


def test_consent_that_ends_stops_what_is_open_and_opens_nothing_more() -> None:
    timeline = a_run()
    timeline.append(*given(timeline, expires_at=T0 + DAY))
    timeline.perform([])
    timeline.now = T0 + minutes(13 * 60)
    assert timeline.planned().wake_at == T0 + DAY

    timeline.now = T0 + DAY
    timeline.perform([])

    assert timeline.incident.obligations["B30", "ohs"].obsolete_reason == "consent"


def test_answered_ask_is_left_alone_when_its_consent_ends() -> None:
    timeline = a_run()
    timeline.append(*given(timeline, expires_at=T0 + DAY))
    timeline.perform([])
    timeline.append(
        ev.Acknowledged(step="B30", partner="ohs", contact="ohs", via=ev.Via.PAGE, happened_at=T0)
    )
    timeline.now = T0 + 2 * DAY
    timeline.perform([])

    assert timeline.incident.obligations["B30", "ohs"].state is ObligationState.ACKNOWLEDGED


def test_step_that_was_left_out_or_an_incident_that_is_over_opens_no_gate() -> None:
    timeline = a_run(a_gated_step(), a_gated_step("B31"))
    timeline.append(ev.StepSkipped(step="B30", partner=None, reason="entfällt"))
    timeline.append(*given(timeline))
    assert sent(timeline) == [("B31", "ohs", Purpose.ASK)]
    timeline.append(ev.StoodDown(reason="vorbei", happened_at=T0))
    timeline.perform([])

    with pytest.raises(RefusedError, match="stood-down"):
        given(timeline)
    timeline.append(*revoked(timeline))
    assert sent(timeline) == [("B31", "ohs", Purpose.WITHDRAWN)]


def test_what_no_consent_can_be_is_refused() -> None:
    timeline = a_run()
    with pytest.raises(NotFoundError, match="no step asks for consent to 'all'"):
        given(timeline, scope="all")
    with pytest.raises(NotFoundError, match="not passed on to 'fbs'; there are: ohs"):
        given(timeline, recipient="fbs")
    with pytest.raises(RefusedError, match="ohs records no consent to findings"):
        given(timeline, partner="ohs")
    with pytest.raises(UsageError, match="has ended already"):
        given(timeline, expires_at=T0)
    timeline.append(*given(timeline, partner=""))
    with pytest.raises(NotFoundError, match="there is no consent 'E-01'; there are: none"):
        revoked(timeline, partner="fbs")
    timeline.append(ev.IncidentClosed(reason="fertig"))
    with pytest.raises(RefusedError, match="is closed"):
        revoked(timeline)


def test_withdrawal_that_a_limit_holds_back_is_still_wanted_and_the_ask_is_not() -> None:
    timeline = a_run()
    timeline.append(*given(timeline))
    timeline.perform([OutcomeKind.ACCEPTED])
    timeline.append(*revoked(timeline))
    later = T0 + minutes(1)
    held = ev.AttemptHeld(
        step="B30",
        partner="ohs",
        contact="ohs",
        channel="ohs-email",
        purpose=Purpose.WITHDRAWN,
        until=later,
        limit="contact 6/minute",
    )
    timeline.append(held, replace(held, channel="ohs-sms", purpose=Purpose.ASK))

    assert timeline.incident.obligations["B30", "ohs"].waiting(T0) == (held,)
    timeline.now = later
    assert sent(timeline) == [("B30", "ohs", Purpose.WITHDRAWN)]
