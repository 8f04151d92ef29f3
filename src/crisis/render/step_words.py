"""What a step says, in words: when it begins, by when, over what, what if nobody answers."""

from collections.abc import Mapping
from datetime import timedelta
from typing import assert_never

from crisis.core.deadline import deadline_words, duration_words
from crisis.core.playbook import (
    Completion,
    ExpectAcknowledgement,
    ExpectAnswer,
    ExpectBothConfirm,
    ExpectDecision,
    ExpectNothing,
    ExpectReport,
    ExpectSignOff,
    Playbook,
    Rung,
    RungAction,
    Step,
)
from crisis.core.words import Words
from crisis.render import labels
from crisis.render.condition_words import ConditionWords, listed
from crisis.render.wording import Wording

_ACTIONS = {
    RungAction.NEXT_CHANNEL: Words(de="nächster Kanal", en="next channel"),
    RungAction.DEPUTY: Words(de="Vertretung", en="deputy"),
    RungAction.SUPERIOR: Words(de="übergeordnete Funktion", en="superior"),
    RungAction.LEAD: Words(de="Aufgabe für die Federführung", en="task for the lead"),
}


class StepWords:
    """Words for the steps of one playbook; `clauses` are what the register says, by id."""

    def __init__(
        self, playbook: Playbook, wording: Wording, *, clauses: Mapping[str, Words]
    ) -> None:
        self._wording, self._pick = wording, wording.pick
        self._clauses = clauses
        self._conditions = ConditionWords(playbook, wording)
        self._ladders = {one.id: one for one in playbook.ladders}
        self._profiles = {one.id: one for one in playbook.profiles}
        self._forms = {one.id: one for one in playbook.forms}
        self._stand_down = playbook.stand_down.id

    def start(self, step: Step) -> str:
        """Return when a step begins."""
        pick, start = self._pick, step.start
        if step.id == self._stand_down:
            return pick("bei Entwarnung", "at the stand-down")
        if not start.after:
            return self._moment(start.offset, start.occasion or "T0")
        word = pick("nach", "after")
        named = listed(start.after, any_of=start.mode == "any", wording=self._wording)
        told = f"{word} {named}"
        if start.offset:
            told = f"{self._span(start.offset)} {told}"
        if start.latest is not None:
            latest = self._moment(start.latest, "T0")
            told += pick(f", spätestens {latest}", f", at the latest {latest}")
        return told

    def deadline(self, step: Step) -> str:
        """Return by when an answer is needed; empty without a deadline."""
        within = step.within
        if within is None:
            return ""
        if within.absolute:
            return self._moment(within.duration, within.occasion or "T0")
        return self._wording.words(deadline_words(within))

    def channels(self, step: Step) -> str:
        """Return over what a step asks."""
        profile = self._profiles.get(step.profile)
        if profile is None:
            return step.profile
        kinds = (self._wording.words(labels.CHANNELS[kind.value]) for kind in profile.kinds)
        return f"{self._wording.words(profile.title)} ({', '.join(kinds)})"

    def ladder(self, step: Step) -> str:
        """Return what happens while nobody answers; empty if nothing does."""
        ladder = self._ladders.get(step.ladder or "")
        return "" if ladder is None else "; ".join(map(self._rung, ladder.rungs))

    def expected(self, step: Step) -> str:
        """Return what counts as an answer."""
        pick, words = self._pick, self._wording.words
        match step.expect:
            case ExpectAcknowledgement():
                return pick("Übernahme bestätigen", "Confirm that you take over")
            case ExpectAnswer(form=form):
                title = words(self._forms[form].title) if form in self._forms else form
                return pick(f"Formular ausfüllen: {title}", f"Fill in the form: {title}")
            case ExpectDecision(options=options):
                ways = " / ".join(words(one.label) for one in options)
                return pick(f"Entscheiden: {ways}", f"Decide: {ways}")
            case ExpectSignOff(what=what):
                about = "" if what is None else f": {words(what)}"
                return pick(f"Unterschreiben{about}", f"Sign off{about}")
            case ExpectBothConfirm():
                return pick("Beide Seiten bestätigen einander", "Both sides confirm to each other")
            case ExpectNothing() | ExpectReport():
                return self._unanswered(step.expect)
            case _:
                assert_never(step.expect)

    def _unanswered(self, expect: ExpectNothing | ExpectReport) -> str:
        if isinstance(expect, ExpectReport):
            return self._pick("Das Haus erstellt den Bericht", "The house drafts the report")
        return self._pick("Nichts; es wird nur mitgeteilt", "Nothing; it only tells")

    def condition(self, step: Step) -> str:
        """Return under which condition a step applies; empty if always."""
        return "" if step.when is None else self._conditions.told(step.when)

    def mandatory(self, step: Step) -> str:
        """Return how binding a step is."""
        return self._wording.words(labels.MANDATORY[step.mandatory.value])

    def completion(self, step: Step) -> str:
        """Return how many must answer, where that is not all of them."""
        if step.completion is Completion.ALL:
            return ""
        if step.completion is Completion.ANY:
            return self._pick("eine Antwort genügt", "one answer is enough")
        return self._pick(f"{step.quorum} Antworten genügen", f"{step.quorum} answers are enough")

    def basis(self, step: Step) -> str:
        """Return on what a step is founded: clauses with what they say, laws as they are cited."""
        told = ((clause, self.clause(clause)) for clause in step.basis)
        return "; ".join(f"{clause} ({said})" if said else clause for clause, said in told)

    def clause(self, clause: str) -> str:
        """Return what a clause says; empty where the register does not hold it."""
        said = self._clauses.get(clause)
        return "" if said is None else self._wording.words(said)

    def _rung(self, rung: Rung) -> str:
        action = self._wording.words(_ACTIONS[rung.action])
        after = self._pick("nach", "after")
        if rung.after is not None:
            return f"{after} {self._span(rung.after)} {action}"
        days = rung.working_days
        unit = self._pick(
            "Arbeitstag" if days == 1 else "Arbeitstagen",
            "working day" if days == 1 else "working days",
        )
        return f"{after} {days} {unit} {action}"

    def _span(self, duration: timedelta) -> str:
        return self._wording.words(duration_words(abs(duration)))

    def _moment(self, offset: timedelta, origin: str) -> str:
        if not offset:
            return origin
        sign = "+" if offset > timedelta() else "\u2212"
        return f"{origin}{sign}{self._span(offset)}"
