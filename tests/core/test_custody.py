"""What the log says of itself: kept as marks, and asked again with care after a restore."""

from crisis.core import event as ev
from crisis.core.chronicle import chronicle
from crisis.core.custody import Kept
from crisis.core.delivery import OutcomeKind
from crisis.core.incident import fold
from crisis.core.playbook import Start
from crisis.core.scope import read_scope
from crisis.core.state import CustodyMark
from tests.builders import T0, a_step, entries_of, minutes
from tests.core.test_pursuit import a_timeline

KEPT = Kept(version=2, seq=2, hash="aa", remains="bb")
ERASED = ev.EntriesErased(rule="people", days=730, entries=(KEPT,))
ACCEPTED = ev.BrokenChainAccepted(at_version=2, found_hash="aa", reason="Platte", found=(KEPT,))
RESTORED = ev.LogRestored(upto_version=3, lost_to=7)


def test_marks_are_kept_in_the_state_and_change_nothing_else() -> None:
    incident = fold(entries_of(ERASED, ACCEPTED, RESTORED, ev.Erased(what="answered")))

    assert incident.custody == (
        CustodyMark(at=T0 + minutes(1), version=2, event=ERASED),
        CustodyMark(at=T0 + minutes(2), version=3, event=ACCEPTED),
        CustodyMark(at=T0 + minutes(3), version=4, event=RESTORED),
    )
    assert incident.restored_at == T0 + minutes(3)
    assert fold(entries_of(ERASED)).restored_at is None


def test_chronicle_tells_what_was_done_to_the_log() -> None:
    entries = entries_of(ERASED, ACCEPTED, RESTORED, ev.LogRestored(upto_version=4))

    told = chronicle(read_scope(entries, at=T0 + minutes(9)))

    assert [(moment.kind, moment.detail) for moment in told[1:]] == [
        ("entries-erased", "people, 1"),
        ("broken-chain-accepted", "2: Platte"),
        ("log-restored", "3 … 7"),
        ("log-restored", "4 … ?"),
    ]


def test_what_is_asked_after_a_restore_may_be_a_repeat_until_it_has_arrived() -> None:
    timeline = a_timeline(a_step())
    timeline.append(*timeline.planned().facts, RESTORED)

    sent = timeline.perform([OutcomeKind.REJECTED, OutcomeKind.ACCEPTED])
    timeline.now += minutes(5)
    later = timeline.perform([])
    timeline.now += minutes(5)
    last = timeline.perform([])

    assert [(ask.channel, ask.possible_repeat) for ask in (*sent, *later, *last)] == [
        ("ohs-http", True),
        ("ohs-sms", True),
        ("ohs-email", False),
        ("ohs-dep-http", True),
        ("ohs-dep-sms", True),
        ("ohs-dep-email", True),
    ]


def test_step_that_was_to_begin_before_the_restore_may_have_begun_before() -> None:
    timeline = a_timeline(a_step("A10"), a_step("A11", start=Start(offset=minutes(30))))
    timeline.append(RESTORED)

    sent = timeline.perform([])
    timeline.now += minutes(30)
    sent += timeline.perform([])

    assert {(ask.step, ask.possible_repeat) for ask in sent if ask.level == 0} == {
        ("A10", True),
        ("A11", False),
    }
