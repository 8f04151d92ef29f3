"""M18 and M20: consents, and questions about protection."""

from dataclasses import replace

from crisis.core import event as ev
from crisis.core.figure import Figure, RowState
from crisis.core.form import Answers, Field, FieldKind, Form
from crisis.core.metrics_protection import metric_m18, metric_m20
from crisis.core.scope import read_scope
from crisis.core.words import Words
from tests.builders import T0, a_directory, a_form_step, a_partner, a_playbook, a_step, minutes
from tests.core.playing import a_timeline
from tests.core.timelines import Timeline


def _guard(name: str, **changes: object) -> Field:
    field = Field(id=name, kind=FieldKind.TRISTATE, label=Words(de=name), guard=True)
    return replace(field, **changes)  # type: ignore[arg-type]  # -- replace checks the names itself


FORM = Form(
    id="F1",
    title=Words(de="Anlaufstelle"),
    fields=(
        _guard("room"),
        _guard("press"),
        _guard("quiet", visible_to=("OHS",)),
        _guard("plain", guard=False),
    ),
)


def stats(figure: Figure) -> dict[str, object]:
    return {stat.key: stat.value for stat in figure.stats}


def a_run() -> Timeline:
    playbook = replace(a_playbook(a_form_step("A21"), a_step("A10")), forms=(FORM,))
    directory = a_directory(a_partner("ohs"), a_partner("kit"))
    timeline = a_timeline(playbook, directory=directory)
    timeline.perform([])
    return timeline


def answered(timeline: Timeline, partner: str, answers: Answers, *, refused: str = "") -> None:
    timeline.append(
        ev.Answered(
            step="A21",
            partner=partner,
            contact=partner,
            via=ev.Via.PAGE,
            answers=answers,
            happened_at=T0,
        )
    )
    if refused:
        timeline.append(
            ev.TaskRaised(
                task=f"guard/A21/{partner}/{refused}/9",
                task_kind=ev.TaskKind.GUARD,
                step="A21",
                partner=partner,
                subject=refused,
            )
        )


def m20(timeline: Timeline) -> Figure:
    return metric_m20(read_scope(timeline.entries, at=T0 + minutes(90)))


def test_last_answers_count_and_a_no_is_open_until_it_is_mended() -> None:
    timeline = a_run()
    assert stats(m20(timeline)) == {
        "guards-yes": 0,
        "guards-no": 0,
        "guards-unmended": 0,
        "guards-unknown": 0,
    }
    answered(timeline, "ohs", {"room": "no", "press": "unknown", "quiet": "no", "plain": "no"})
    answered(timeline, "ohs", {"room": "no", "press": "yes", "quiet": "no"}, refused="room")
    answered(timeline, "kit", {"press": "yes"})

    figure = m20(timeline)

    assert stats(figure) == {
        "guards-yes": 2,
        "guards-no": 1,
        "guards-unmended": 1,
        "guards-unknown": 1,
    }
    [row] = figure.censored
    assert (row.step, row.partner, row.subject, row.state) == (
        "A21",
        "ohs",
        "room",
        RowState.RUNNING,
    )
    assert (len(row.evidence), figure.rows, figure.n) == (2, (), 4)

    timeline.append(
        ev.TaskDone(task="guard/A21/ohs/room/9", result="done", note="", happened_at=T0)
    )
    mended = m20(timeline)
    assert [(row.subject, row.state) for row in mended.rows] == [("room", RowState.CORRECTED)]
    assert (mended.censored, mended.stat("guards-unmended")) == ((), 0)


def test_consents_are_counted_and_never_weighed() -> None:
    timeline = a_run()
    given = ev.ConsentGiven(
        consent="E-01",
        scope="findings",
        recipient="ohs",
        partner="",
        expires_at=None,
        happened_at=T0,
    )
    refused = ev.ConsentRefused(consent="E-02", scope="findings", partner="", happened_at=T0)
    revoked = ev.ConsentRevoked(consent="E-01", partner="", happened_at=T0)
    before = len(timeline.entries)
    timeline.append(given, refused, revoked)

    figure = metric_m18(read_scope(timeline.entries, at=T0))

    assert stats(figure) == {"consents-given": 1, "consents-refused": 1, "consents-revoked": 1}
    seqs = [entry.seq for entry in timeline.entries[before:]]
    assert [(row.subject, row.evidence) for row in figure.rows] == [
        ("consent-given", (seqs[0],)),
        ("consent-refused", (seqs[1],)),
        ("consent-revoked", (seqs[2],)),
    ]
