"""A rehearsal plays by the rules of the house: nothing in it decides anything itself."""

from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.contact import ChannelKind, Directory
from crisis.core.event import Event, Mode
from crisis.core.incident import fold
from crisis.core.obligation import ObligationState
from crisis.core.playbook import ExpectReport, ExpectSignOff, Playbook
from crisis.errors import NotFoundError, RefusedError, UsageError
from crisis.simulated.stage import make_stage
from crisis.usecases.rehearse import LONGEST, Cue, Simulation, Transcript, cue_moment, simulate
from tests.builders import (
    REGION,
    T0,
    OneShelf,
    a_contact,
    a_decision_step,
    a_directory,
    a_form_step,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)

PLAYBOOK = a_playbook(a_decision_step(), a_form_step())


def played(
    *cues: Cue,
    playbook: Playbook = PLAYBOOK,
    directory: Directory | None = None,
    **changes: object,
) -> Transcript:
    library = OneShelf(playbook, directory or a_directory(a_partner("ohs")))
    stage = make_stage(library, at=T0)
    simulation = Simulation(
        playbook="pb",
        region=REGION,
        at=T0,
        cues=cues,
        **{"until": T0 + timedelta(hours=3), **changes},  # type: ignore[arg-type]  # -- passed on
    )
    return simulate(stage, simulation)


def happened(transcript: Transcript, *kinds: type[Event]) -> list[tuple[timedelta, Event]]:
    return [
        (entry.at - T0, entry.event)
        for entry in transcript.entries
        if isinstance(entry.event, kinds)
    ]


def test_rehearsal_is_an_exercise_and_its_log_gives_its_end() -> None:
    transcript = played()

    assert transcript.incident.opened.mode is Mode.EXERCISE
    assert transcript.incident == fold(transcript.entries)
    assert transcript.ended_at == T0 + timedelta(hours=3)
    assert {entry.actor for entry in transcript.entries} == {"rehearsal", "system"}


def test_rehearsal_that_nobody_answers_climbs_every_level_in_its_time() -> None:
    risen = happened(played(), ev.Escalated)

    assert [(at, event.level) for at, event in risen if event.step == "A02"] == [  # type: ignore[union-attr]  # -- all are Escalated
        (minutes(5), 1),
        (minutes(10), 2),
        (minutes(15), 3),
        (minutes(20), 4),
    ]


@pytest.mark.parametrize(
    ("cue", "event"),
    [
        (
            Cue(doing="acknowledge", step="A02", after=minutes(4)),
            ev.Acknowledged(
                step="A02",
                partner="ohs",
                contact="ohs",
                via=ev.Via.PAGE,
                happened_at=T0 + minutes(4),
            ),
        ),
        (
            Cue(doing="acknowledge", step="A02", after=minutes(12), who="deputy"),
            ev.Acknowledged(
                step="A02",
                partner="ohs",
                contact="ohs-dep",
                via=ev.Via.PAGE,
                happened_at=T0 + minutes(12),
            ),
        ),
        (
            Cue(doing="acknowledge", step="A02", partner="ohs", after=minutes(17), who="superior"),
            ev.Acknowledged(
                step="A02",
                partner="ohs",
                contact="ohs-sup",
                via=ev.Via.PAGE,
                happened_at=T0 + minutes(17),
            ),
        ),
        (
            Cue(doing="decline", step="A02", after=minutes(4), text="keine Kräfte"),
            ev.Declined(
                step="A02",
                partner="ohs",
                contact="ohs",
                via=ev.Via.PAGE,
                reason="keine Kräfte",
                happened_at=T0 + minutes(4),
            ),
        ),
        (
            Cue(doing="decline", step="A02", after=minutes(4)),
            ev.Declined(
                step="A02",
                partner="ohs",
                contact="ohs",
                via=ev.Via.PAGE,
                reason="rehearsal",
                happened_at=T0 + minutes(4),
            ),
        ),
        (
            Cue(doing="answer", step="A02", at=T0 + minutes(8), answers={"room": "yes"}),
            ev.Answered(
                step="A02",
                partner="ohs",
                contact="ohs",
                via=ev.Via.PAGE,
                answers={"room": "yes"},
                happened_at=T0 + minutes(8),
            ),
        ),
        (
            Cue(
                doing="decide",
                step="A04",
                at=T0 + minutes(9),
                happened_at=T0 + minutes(7),
                value="yes",
                text="Lagebild",
            ),
            ev.Decided(
                step="A04",
                option="yes",
                reason="Lagebild",
                by_default=False,
                happened_at=T0 + minutes(7),
            ),
        ),
        (
            Cue(doing="set", at=T0 + minutes(80), name="suspected_crime", value="yes"),
            ev.AttributeSet(
                attribute="suspected_crime",
                value="yes",
                source="rehearsal",
                happened_at=T0 + minutes(80),
            ),
        ),
        (
            Cue(doing="stand-down", at=T0 + minutes(30), text="Fehlalarm"),
            ev.StoodDown(reason="Fehlalarm", happened_at=T0 + minutes(30)),
        ),
    ],
)
def test_cue_happens_as_the_script_says(cue: Cue, event: Event) -> None:
    assert event in [entry.event for entry in played(cue).entries]


@pytest.mark.parametrize(
    ("value", "text", "verdict"),
    [("", "", "agreed"), ("remark", "Zeile 3", "remark"), ("dissent", "falsch", "dissent")],
)
def test_signature_is_given_as_the_script_says(value: str, text: str, verdict: str) -> None:
    playbook = a_playbook(a_step("A72", expect=ExpectSignOff()))

    transcript = played(
        Cue(doing="sign", step="A72", after=minutes(4), value=value, text=text), playbook=playbook
    )

    signature = transcript.incident.obligations["A72", "ohs"].signature
    assert signature is not None
    assert (signature.verdict, signature.remark) == (verdict, text)


@pytest.mark.parametrize(
    ("result", "state", "channels"),
    [
        ("reached", ObligationState.ACKNOWLEDGED, ["phone-by-hand"]),
        ("wrong-number", ObligationState.ASKING, ["phone-by-hand", "email"]),
        ("no-answer", ObligationState.ASKING, ["phone-by-hand", "email"]),
        ("done", ObligationState.ASKING, ["phone-by-hand"]),
    ],
)
def test_call_is_made_as_the_script_says(
    result: str, state: ObligationState, channels: list[str]
) -> None:
    kinds = (ChannelKind.PHONE_BY_HAND, ChannelKind.EMAIL)
    directory = a_directory(a_partner("ohs"), contacts=(a_contact("ohs", kinds=kinds),))

    transcript = played(
        Cue(doing="task", step="A10", at=T0 + minutes(2), value=result),
        playbook=a_playbook(),
        directory=directory,
        until=T0 + minutes(4),
    )

    obligation = transcript.incident.obligations["A10", "ohs"]
    assert obligation.state is state
    assert [attempt.channel for attempt in obligation.attempts] == [
        f"ohs-{channel}" for channel in channels
    ]


def test_task_that_is_not_there_is_refused_as_the_house_does() -> None:
    cue = Cue(doing="task", step="A02", partner="wr", at=T0 + minutes(2), value="reached")

    with pytest.raises(NotFoundError, match=r"^task A02: there is no task 'none for A02'"):
        played(cue)


def test_planned_start_is_moved_and_confirmed_as_the_script_says() -> None:
    began = T0 + timedelta(hours=2)

    transcript = played(
        Cue(doing="move-start", at=T0 + minutes(1), moment=began, text="Nebel"),
        Cue(doing="start", at=began + minutes(4)),
        playbook=a_playbook(),
        planned_for=T0 + timedelta(hours=1),
    )

    assert happened(transcript, ev.StartMoved, ev.StartConfirmed) == [
        (minutes(1), ev.StartMoved(planned_for=began, reason="Nebel")),
        (timedelta(hours=2, minutes=4), ev.StartConfirmed(happened_at=began + minutes(4))),
    ]


def test_start_that_is_moved_to_no_moment_is_refused() -> None:
    with pytest.raises(UsageError, match="say with `move_to` to which moment T0 is moved"):
        played(
            Cue(doing="move-start", at=T0 + minutes(1)),
            playbook=a_playbook(),
            planned_for=T0 + timedelta(hours=1),
        )


def test_answers_of_partners_named_one_by_one_reach_each_their_own() -> None:
    directory = a_directory(a_partner("ohs"), a_partner("wr"))

    transcript = played(
        Cue(doing="acknowledge", step="A10", partner="wr", after=minutes(3)),
        Cue(doing="decline", step="A10", partner="ohs", after=minutes(2)),
        playbook=a_playbook(),
        directory=directory,
    )

    assert [(o.partner, o.state) for o in transcript.incident.obligations_of("A10")] == [
        ("ohs", ObligationState.DECLINED),
        ("wr", ObligationState.ACKNOWLEDGED),
    ]


def test_report_is_drafted_on_the_way() -> None:
    playbook = a_playbook(a_step("A70", expect=ExpectReport()))

    drafted = happened(played(playbook=playbook), ev.ReportDrafted)

    assert [at for at, _ in drafted] == [timedelta()]


def test_rehearsal_without_an_end_goes_on_until_all_is_quiet() -> None:
    playbook = a_playbook()
    cue = Cue(doing="acknowledge", step="A10", after=minutes(3))

    answered = played(cue, playbook=playbook, until=None)

    # The last thing anybody waits for are the twelve hours of the worse case.
    assert answered.ended_at == T0 + timedelta(hours=12)


def test_cue_of_a_step_that_never_begins_never_happens() -> None:
    cue = Cue(doing="acknowledge", step="A02", partner="nobody", after=minutes(3))

    assert happened(played(cue, until=None), ev.Acknowledged) == []


def test_cue_that_lies_in_the_past_happens_at_once() -> None:
    late = Cue(doing="set", at=T0 - minutes(5), name="deaths", value=1)

    assert [at for at, _ in happened(played(late), ev.AttributeSet)] == [timedelta()]


def test_cue_must_say_when() -> None:
    incident = fold(entries_of())

    with pytest.raises(UsageError, match=r"acknowledge A10: say `at` .* or `after`"):
        cue_moment(incident, Cue(doing="acknowledge", step="A10"))
    waiting = cue_moment(incident, Cue(doing="acknowledge", step="A10", after=minutes(1)))
    assert waiting == T0 + 2 * LONGEST


def test_cue_that_the_house_refuses_ends_the_rehearsal_with_the_reason() -> None:
    twice = Cue(doing="acknowledge", step="A02", after=minutes(3))

    with pytest.raises(RefusedError, match=r"^acknowledge A02: A02 was already acknowledged"):
        played(twice, Cue(doing="acknowledge", step="A02", after=minutes(4)))
    with pytest.raises(RefusedError, match=r"^acknowledge A10: A10 was asked of nobody"):
        played(
            Cue(doing="acknowledge", step="A10", at=T0, who="deputy"),
            playbook=a_playbook(a_step(roles=("KRS",))),
        )


def test_cue_that_makes_no_sense_is_named_with_its_place() -> None:
    strange = Cue(doing="acknowledge", step="A77", after=minutes(3), place="x.yaml:5:5")
    empty = Cue(doing="task", step="A02", at=T0 + minutes(7), place="x.yaml:6:5")
    answers = Cue(doing="answer", step="A02", at=T0, answers={"room": "?", "colour": "red"})

    with pytest.raises(NotFoundError, match=r"^x.yaml:5:5: acknowledge A77: there is no step"):
        played(strange)
    with pytest.raises(UsageError, match=r"^x.yaml:6:5: task A02: say with `result`"):
        played(empty)
    with pytest.raises(UsageError, match=r"^answer A02:\n"):
        played(answers)


@pytest.mark.parametrize("out", [{"ohs-http"}, {"http"}])
def test_what_is_out_moves_the_ask_to_the_next_channel(out: set[str]) -> None:
    library = OneShelf(a_playbook(), a_directory(a_partner("ohs")))
    stage = make_stage(library, at=T0, out=frozenset(out))

    transcript = simulate(
        stage, Simulation(playbook="pb", region=REGION, at=T0, until=T0 + minutes(4))
    )

    attempts = transcript.incident.obligations["A10", "ohs"].attempts
    assert [(attempt.channel, attempt.code) for attempt in attempts] == [
        ("ohs-http", "out"),
        ("ohs-sms", "250"),
    ]
