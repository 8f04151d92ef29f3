"""The report's tables about what forms brought: needs, totals, feedback and its replies."""

from crisis.core.answer_review import FeedbackReview, NeedReview, TotalReview
from crisis.core.report import ReflectionReport
from crisis.render import labels
from crisis.render.names import Names
from crisis.render.report_tables import Table
from crisis.render.wording import Language, Wording


class AnswerTables:
    """Lays out the tables about answers of one report in one language."""

    def __init__(self, report: ReflectionReport, language: Language) -> None:
        self.report = report
        self.wording = Wording(language)
        self.names = Names(report, self.wording)
        self.pick = self.wording.pick

    def tables(self) -> tuple[Table, ...]:
        """Return the tables that have something to say."""
        found = (
            self.need_counts(),
            self.needs(),
            self.totals(),
            self.feedback(),
            self.complaints(),
        )
        return tuple(table for table in found if table.rows)

    def need_counts(self) -> Table:
        """Return how many needs of each group stand how."""
        pick = self.pick
        return Table(
            caption=pick("Gemeldete Bedarfe nach Stand", "Reported needs by state"),
            heads=(pick("Gruppe", "Group"), pick("Stand", "State"), pick("Zahl", "Number")),
            rows=tuple(
                (self._group(one.group), self._need_state(one.state), str(one.count))
                for one in self.report.need_counts
            ),
        )

    def needs(self) -> Table:
        """Return each need that everybody may read, with who reported it and what differs."""
        pick = self.pick
        return Table(
            caption=pick(
                "Bedarfe, die alle lesen dürfen, jeder einmal", "Needs open to all, each once"
            ),
            heads=(
                pick("Bedarf", "Need"),
                pick("Gruppe", "Group"),
                pick("Gemeldet", "Raised"),
                pick("Von", "By"),
                pick("Stand", "State"),
                pick("Zugesagt von", "Promised by"),
                pick("Widersprüche", "Conflicts"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(map(self._need, self.report.needs)),
        )

    def totals(self) -> Table:
        """Return what answers add up to over all partners."""
        pick = self.pick
        return Table(
            caption=pick(
                "Summen aus den Antworten aller Partner", "Totals of all partners' answers"
            ),
            heads=(
                pick("Angabe", "Item"),
                pick("Summe", "Total"),
                pick("Antworten", "Answers"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(map(self._total, self.report.totals)),
        )

    def feedback(self) -> Table:
        """Return feedback on partners' work, and whether it was replied to."""
        pick = self.pick
        return Table(
            caption=pick("Rückkopplung und Antworten", "Feedback and replies"),
            heads=(
                pick("Rückkopplung", "Feedback"),
                pick("Von", "From"),
                pick("Zeit", "Time"),
                pick("Antwort schuldet", "Reply owed by"),
                pick("Antwort", "Reply"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(map(self._feedback, self.report.feedback)),
        )

    def complaints(self) -> Table:
        """Return how many complaints there are of each category, and nothing of what they say."""
        pick = self.pick
        return Table(
            caption=pick("Beschwerden, nur gezählt", "Complaints, only counted"),
            heads=(
                pick("Art", "Category"),
                pick("Offen", "Open"),
                pick("Abgeschlossen", "Closed"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(
                (
                    self.names.complaint(one.category),
                    str(one.open),
                    str(one.closed),
                    self.wording.numbers(one.evidence),
                )
                for one in self.report.complaints
            ),
        )

    def _need(self, review: NeedReview) -> tuple[str, ...]:
        need = review.need
        by = tuple(dict.fromkeys(one.partner for one in need.reports))
        return (
            ", ".join(part for part in (need.code, need.region) if part),
            self._group(need.group),
            self.wording.short_moment(need.raised_at),
            self.names.partners(by),
            self._need_state(need.state),
            ", ".join(need.promised_by) or "-",
            ", ".join(self.wording.words(labels.CONFLICTS[one]) for one in need.conflicts) or "-",
            self.wording.numbers(review.evidence),
        )

    def _total(self, review: TotalReview) -> tuple[str, ...]:
        total = review.total
        shares = ", ".join(
            f"{self.wording.words(share.word)} ({share.count})" for share in total.shares
        )
        told = shares if total.value is None else self.wording.number(total.value)
        if total.withheld:
            told = self.pick("nicht genannt, zu klein", "not told, too small")
        return (
            self.wording.words(total.label),
            told,
            str(total.answers),
            self.wording.numbers(review.evidence),
        )

    def _feedback(self, review: FeedbackReview) -> tuple[str, ...]:
        one, moment = review.feedback, self.wording.short_moment
        if one.replied_at is not None:
            reply = f"{moment(one.replied_at)} ({self.names.partner(one.replied_by)})"
        else:
            due = "" if one.due_at is None else f", {self.pick('bis', 'by')} {moment(one.due_at)}"
            late = f" ({self.pick('überfällig', 'overdue')})" if review.late else ""
            reply = f"{self.pick('offen', 'open')}{due}{late}"
        return (
            f"{one.step} {self.names.step(one.step)}",
            self.names.partner(one.partner),
            moment(one.said_at),
            self.names.partners(one.owed_by),
            reply,
            self.wording.numbers(review.evidence),
        )

    def _group(self, group: str) -> str:
        return self.wording.words(labels.NEED_GROUPS[group])

    def _need_state(self, state: str) -> str:
        return self.wording.words(labels.NEED_STATES[state])
