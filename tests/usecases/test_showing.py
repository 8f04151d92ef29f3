"""One incident as scripts read it."""

from datetime import timedelta

from crisis.core import event as ev
from crisis.core.delivery import OutcomeKind
from crisis.core.desk import open_tasks
from crisis.core.incident import fold
from crisis.usecases.showing import show, summary
from tests.builders import T0, entries_of, minutes
from tests.core.test_cascade import a_cascade, said
from tests.shaped import REASON, a_shaped_playbook

STARTED = ev.StepStarted(
    step="A10", partners=("ohs",), planned_at=T0, due_at=T0 + timedelta(minutes=15)
)
ASKED = ev.AttemptStarted(
    step="A10",
    partner="ohs",
    n=1,
    contact="ohs",
    channel="ohs-email",
    purpose=ev.Purpose.ASK,
    level=0,
    possible_repeat=True,
    outside_hours=True,
    link_hash="0" * 64,
    text_hash="1" * 64,
)
SENT = ev.AttemptEnded(step="A10", partner="ohs", n=1, outcome=OutcomeKind.ACCEPTED, code="250")
RAISED = ev.TaskRaised(
    task="question/dangerous",
    task_kind=ev.TaskKind.QUESTION,
    step="",
    partner="",
    subject="dangerous",
)


def test_incident_is_shown_with_the_keys_that_stay() -> None:
    facts = ev.AttributeSet(
        attribute="deaths", value=2, source="A02/pol", happened_at=T0 + minutes(4)
    )
    lists = ev.AttributeSet(
        attribute="languages", value=("pl", "ar"), source="ada", happened_at=T0 + minutes(5)
    )
    risen = ev.Escalated(step="A10", partner="ohs", level=1)
    incident = fold(entries_of(STARTED, ASKED, SENT, facts, lists, risen, RAISED))

    shown = show(incident, now=T0 + minutes(8))

    assert shown == {
        "id": "i1",
        "code_word": "AHORN 47",
        "label": "",
        "mode": "exercise",
        "playbook": "pb",
        "version": "1.0.0",
        "layers": ["pb 1.0.0"],
        "longer_deadlines": [],
        "digest": "",
        "region": "14612",
        "opened_at": "2026-12-18T18:20:00+00:00",
        "t0": "2026-12-18T18:20:00+00:00",
        "planned": False,
        "opened_by": "ada",
        "begun_by": "",
        "occurred_at": None,
        "gaps": [],
        "state": "open",
        "lead": {
            "role": "OB-L",
            "partners": ["lead"],
            "contact": "lead",
            "since": "2026-12-18T18:20:00+00:00",
            "offered_to": None,
            "deputies": [],
        },
        "attributes": {"deaths": 2, "languages": ["pl", "ar"]},
        "decisions": {},
        "degraded": False,
        "stood_down_at": None,
        "closed_at": None,
        "next_wake_at": "2026-12-18T18:32:00+00:00",
        "needs": [],
        "totals": [],
        "feedback": [],
        "consents": [],
        "bulletins": [],
        "occasions": {},
        "steps": [
            {
                "step": "A10",
                "planned_at": "2026-12-18T18:20:00+00:00",
                "started_at": "2026-12-18T18:21:00+00:00",
                "due_at": "2026-12-18T18:35:00+00:00",
                "held_since": None,
                "obsolete_at": None,
                "skipped_reason": None,
                "decided": None,
                "report": None,
                "basis": ["S2.6"],
                "agreements": [],
                "complete": {"rule": "all", "needed": 1, "fulfilled": 0},
                "sides_confirmed": None,
                "clearance": None,
            }
        ],
        "obligations": [
            {
                "step": "A10",
                "partner": "ohs",
                "through": None,
                "members": None,
                "state": "asking",
                "started_at": "2026-12-18T18:21:00+00:00",
                "due_at": "2026-12-18T18:35:00+00:00",
                "reached_at": None,
                "done_at": None,
                "overdue_at": None,
                "level": 1,
                "escalations": [{"level": 1, "at": "2026-12-18T18:26:00+00:00"}],
                "held": [],
                "attempts": [
                    {
                        "n": 1,
                        "channel": "ohs-email",
                        "contact": "ohs",
                        "purpose": "ask",
                        "level": 0,
                        "at": "2026-12-18T18:22:00+00:00",
                        "ended_at": "2026-12-18T18:23:00+00:00",
                        "outcome": "accepted",
                        "code": "250",
                        "provider": "",
                        "possible_repeat": True,
                    }
                ],
            }
        ],
        "tasks": [
            {
                "task": "question/dangerous",
                "open": True,
                "kind": "question",
                "step": "",
                "partner": "",
                "contact": "",
                "channel": "",
                "subject": "dangerous",
                "raised_at": "2026-12-18T18:27:00+00:00",
                "done_at": None,
                "result": None,
                "note": "",
            }
        ],
    }


def test_closed_incident_wakes_no_more() -> None:
    done = ev.TaskDone(
        task="question/dangerous", result="done", note="Geklärt.", happened_at=T0 + minutes(2)
    )
    decided = ev.Decided(
        step="A10", option="yes", reason="klar", by_default=False, happened_at=T0 + minutes(3)
    )
    drafted = ev.ReportDrafted(step="A10", status="draft", log_to=5, digest="")
    events = (STARTED, RAISED, done, decided, drafted, ev.IncidentClosed(reason="Ende"))

    shown = show(fold(entries_of(*events)), now=T0 + timedelta(days=9))

    assert (shown["state"], shown["next_wake_at"], shown["closed_at"]) == (
        "closed",
        None,
        "2026-12-18T18:26:00+00:00",
    )
    assert shown["decisions"] == {"A10": "yes"}


def test_summary_counts_obligations_and_open_tasks() -> None:
    incident = fold(entries_of(STARTED, RAISED))

    assert summary(incident) == {
        "id": "i1",
        "code_word": "AHORN 47",
        "label": "",
        "mode": "exercise",
        "playbook": "pb",
        "region": "14612",
        "opened_at": "2026-12-18T18:20:00+00:00",
        "t0": "2026-12-18T18:20:00+00:00",
        "planned": False,
        "state": "open",
        "degraded": False,
        "obligations": {"pending": 1},
        "tasks_open": 1,
    }


def test_call_is_open_until_its_partner_took_over() -> None:
    call = ev.TaskRaised(
        task="phone/A10/ohs/1", task_kind=ev.TaskKind.PHONE, step="A10", partner="ohs"
    )
    guard = ev.TaskRaised(
        task="guard/A10/ohs", task_kind=ev.TaskKind.GUARD, step="A10", partner="ohs"
    )
    taken = ev.Acknowledged(
        step="A10", partner="ohs", contact="ohs", via=ev.Via.PAGE, happened_at=T0 + minutes(4)
    )
    before = fold(entries_of(STARTED, call, guard))
    after = fold(entries_of(STARTED, call, guard, taken))

    still_open = [[task.raised.task for task in open_tasks(one)] for one in (before, after)]

    assert still_open == [["phone/A10/ohs/1", "guard/A10/ohs"], ["guard/A10/ohs"]]


def test_longer_deadlines_are_shown_with_their_reasons() -> None:
    entries = entries_of(playbook=a_shaped_playbook())

    shown = show(fold(entries), now=T0)

    assert shown["longer_deadlines"] == [
        {
            "step": "A10",
            "was": "15 min",
            "now": "25 min",
            "reason": {"de": REASON.de, "en": REASON.en},
            "layer": "dresden",
        }
    ]


def test_hub_shows_its_members_and_each_member_its_hub() -> None:
    timeline = a_cascade()
    said(timeline, "ohs")
    said(timeline, "dresden")

    obligations = show(timeline.incident, now=T0)["obligations"]

    assert isinstance(obligations, list)
    assert [(one["partner"], one["through"], one["members"]) for one in obligations] == [
        ("ohs", None, {"count": 2, "answered": 1, "silent": ["goerlitz"]}),
        ("dresden", "ohs", None),
        ("goerlitz", "ohs", None),
    ]
