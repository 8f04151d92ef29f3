"""How a report's ids read: steps and partners by name, keys by label, in one language."""

from collections.abc import Mapping

from crisis.core.report import ReflectionReport
from crisis.core.words import Words
from crisis.render import labels
from crisis.render.wording import Wording


class Names:
    """Looks up what people call the steps, partners and states of one report."""

    def __init__(self, report: ReflectionReport, wording: Wording) -> None:
        self._wording = wording
        facts = {fact.attribute: fact.label for fact in report.facts}
        questions = {question.id: question.label for question in report.questions}
        self._subjects = {**questions, **facts, **labels.SUBJECTS}
        self._partners = {partner.id: partner.name for partner in report.partners}
        self._occasions = {one.id: one.title for one in report.occasions}
        self._steps = {
            **{step.id: step.title for step in report.plan},
            **{step.id: step.title for step in report.steps},
        }

    def partner(self, partner_id: str) -> str:
        """Return a partner's name, else its id."""
        return self._look_up(self._partners, partner_id)

    def partners(self, partner_ids: tuple[str, ...]) -> str:
        """Return the names of some partners as a list."""
        return ", ".join(map(self.partner, partner_ids)) or self._wording.quantity(None)

    def step(self, step_id: str) -> str:
        """Return a step's title, else its id."""
        return self._look_up(self._steps, step_id)

    def state(self, state: str) -> str:
        """Return symbol and word of a state."""
        return self._look_up(labels.STATES, state)

    def occasion(self, occasion_id: str) -> str:
        """Return what an occasion is called, else its id."""
        return self._look_up(self._occasions, occasion_id)

    def subject(self, subject: str) -> str:
        """Return what a row without step or partner is about."""
        return self._look_up(self._subjects, subject)

    def source(self, source: str) -> str:
        """Return from whom a fact came: a step's partner by name, else what was written."""
        step, _, partner = source.partition("/")
        return f"{step} {self.partner(partner)}" if partner else self.subject(source)

    def kind(self, kind: str) -> str:
        """Return what people call a kind of log entry."""
        return self._look_up(labels.KINDS, kind)

    def detail(self, detail: str) -> str:
        """Return a fixed word of an entry in this language, any other text as it is."""
        return self._look_up(labels.DETAILS, detail)

    def value(self, value: str) -> str:
        """Return an attribute's value; words of the house in this language."""
        return self._look_up(labels.VALUES, value)

    def stat(self, key: str) -> str:
        """Return the label of one of a figure's numbers."""
        if key.startswith("channel-"):
            channel = self._look_up(labels.CHANNELS, key.removeprefix("channel-"))
            return self._wording.pick(f"Gescheitert: {channel}", f"Failed: {channel}")
        return self._look_up(labels.STATS, key)

    def complaint(self, category: str) -> str:
        """Return a kind of complaint; a house may have kinds of its own, which read as written."""
        return self._look_up(labels.COMPLAINTS, category)

    def rule(self, rule: str) -> str:
        """Return the rule behind a proposal."""
        return self._look_up(labels.RULES, rule)

    def _look_up(self, table: Mapping[str, Words], key: str) -> str:
        found = table.get(key)
        return key if found is None else self._wording.words(found)
