"""A refusal leaves a note on competences for the reflection."""

from dataclasses import replace

from crisis.core import event as ev
from crisis.core.competence_note import CompetenceNote, competence_notes
from crisis.core.scope import read_scope
from tests.builders import T0, a_directory, a_partner, a_playbook, a_step
from tests.core.playing import a_timeline, acknowledged
from tests.core.timelines import Timeline


def refused() -> Timeline:
    knows = replace(a_partner("ohs"), competences=("beratung.opferhilfe",))
    playbook = a_playbook(a_step(competences=("beratung.opferhilfe", "therapie.trauma_akut")))
    timeline = a_timeline(playbook, directory=a_directory(knows))
    timeline.perform([])
    timeline.append(
        ev.Declined(
            step="A10",
            partner="ohs",
            contact="ohs",
            via=ev.Via.PAGE,
            reason="Keine Therapie.",
            happened_at=timeline.now,
        )
    )
    return timeline


def notes(timeline: Timeline) -> tuple[CompetenceNote, ...]:
    return competence_notes(read_scope(timeline.entries, at=timeline.now))


def test_note_puts_need_and_directory_side_by_side() -> None:
    timeline = refused()

    assert notes(timeline) == (
        CompetenceNote(
            step="A10",
            partner="ohs",
            at=T0,
            reason="Keine Therapie.",
            needed=("beratung.opferhilfe", "therapie.trauma_akut"),
            held=("beratung.opferhilfe",),
            taken_back=False,
            evidence=(timeline.entries[-1].seq,),
        ),
    )


def test_refusal_that_was_taken_back_stays_noted() -> None:
    timeline = refused()
    timeline.append(acknowledged())

    assert [note.taken_back for note in notes(timeline)] == [True]
