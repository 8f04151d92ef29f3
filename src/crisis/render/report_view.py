"""A report in the words of one language: its cover, its proposals, its figures."""

from collections.abc import Iterable
from dataclasses import dataclass

from crisis.core.deadline import deadline_words
from crisis.core.event import Mode
from crisis.core.finding import Finding
from crisis.core.layer import LongerDeadline
from crisis.core.report import ReflectionReport
from crisis.core.report_part import ObjectiveReview, PhaseReview
from crisis.render import labels
from crisis.render.figure_view import FigureView, figure_view
from crisis.render.names import Names
from crisis.render.wording import Language, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A proposal: a goal or an objective, its grade with a class for its colour, and why."""

    name: str
    mark: str
    grade: str
    reasons: tuple[str, ...]
    figures: tuple[str, ...] = ()


class ReportView:
    """Says every part of one report in one language."""

    def __init__(self, report: ReflectionReport, language: Language) -> None:
        self.report = report
        self.wording = Wording(language)
        self.names = Names(report, self.wording)

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.wording.language

    def pick(self, de: str, en: str) -> str:
        """Return the German or the English text."""
        return self.wording.pick(de, en)

    @property
    def is_exercise(self) -> bool:
        """Whether this was practice."""
        return self.report.cover.mode is Mode.EXERCISE

    @property
    def mark(self) -> str:
        """What stands first on every page of an exercise's report."""
        return self.pick("[ÜBUNG]", "[EXERCISE]") if self.is_exercise else ""

    @property
    def title(self) -> str:
        """The report's title, with the exercise mark first."""
        cover = self.report.cover
        status = (
            self.pick("Entwurf", "draft")
            if cover.status == "draft"
            else self.pick("Endfassung", "final")
        )
        name = self.pick("Reflexionsbericht", "Reflection report")
        return f"{self.mark} {name} {cover.code_word} ({status})".strip()

    @property
    def tlp(self) -> str:
        """The traffic light label of the whole report."""
        return labels.TLP[self.report.cover.tlp]

    def cover(self) -> tuple[tuple[str, str], ...]:
        """Return part 0 as label and value."""
        cover, say, pick = self.report.cover, self.wording.moment, self.pick
        facts = (
            (pick("Ereignis", "Incident"), cover.label or cover.code_word),
            (pick("Kennung", "Id"), cover.incident),
            (
                pick("Art des Laufs", "Kind of run"),
                pick("Übung", "exercise") if self.is_exercise else pick("Echtfall", "live"),
            ),
            (pick("Gebiet", "Region"), f"{cover.region_name} ({cover.region})"),
            (pick("Zeitpunkt des Ereignisses", "Moment of the incident"), say(cover.occurred_at)),
            (pick("Auslösung (T0)", "Activation (T0)"), say(cover.opened_at)),
            *(
                ((pick("Auf Meldung von", "Begun by"), self.names.partners((cover.begun_by,))),)
                if cover.begun_by
                else ()
            ),
            (pick("Federführung", "Lead"), self.names.partners(self.report.leads)),
            (
                pick("Ablaufplan", "Playbook"),
                " ".join(
                    (
                        f"{self.wording.words(cover.playbook_title)},",
                        cover.playbook,
                        cover.playbook_version,
                    )
                ),
            ),
            (pick("Schichten", "Layers"), ", ".join(cover.layers)),
            *(
                (pick("Längere Frist", "Longer deadline"), self._longer(one))
                for one in cover.longer
            ),
            (pick("Vereinbarungen", "Agreements"), "; ".join(cover.agreements)),
            (pick("Vertraulichkeit", "Protective marking"), self.tlp),
            (
                pick("Grundlage", "Basis"),
                pick(
                    f"Protokoll Nr. {cover.log_from} bis {cover.log_to}, Stand "
                    f"{say(cover.log_read_at)}",
                    f"log entries {cover.log_from} to {cover.log_to}, as of "
                    f"{say(cover.log_read_at)}",
                ),
            ),
            (pick("Prüfsumme des letzten Eintrags", "Hash of the last entry"), cover.log_hash),
            (pick("Prüfsumme der Vorgaben", "Digest of the pinned files"), cover.content_digest),
        )
        ends = (
            (pick("Entwarnung", "Stand-down"), cover.stood_down_at),
            (pick("Abgeschlossen", "Closed"), cover.closed_at),
        )
        return (*facts, *((name, say(at)) for name, at in ends if at is not None))

    def _longer(self, one: LongerDeadline) -> str:
        say = self.wording.words
        now, was = say(deadline_words(one.now)), say(deadline_words(one.was))
        instead = self.pick("statt", "instead of")
        return f"{one.step}: {now} {instead} {was} ({one.layer}). {say(one.reason)}"

    def lights(self) -> tuple[Verdict, ...]:
        """Return the proposed traffic lights of the four goals."""
        return tuple(
            Verdict(
                name=self.wording.words(labels.HEADINGS[light.heading]),
                mark=light.light.value,
                grade=self.wording.words(labels.LIGHTS[light.light]),
                reasons=tuple(self._reason(r.rule, r.evidence) for r in light.reasons),
            )
            for light in self.report.lights
        )

    def key_figures(self) -> tuple[tuple[str, str, str], ...]:
        """Return the figures that belong on the first page: label, value, formula."""
        start, whole = self.pick("erste zwei Stunden", "first two hours"), ""
        median = self.pick("Median, ", "median, ")
        chosen = (
            (self.report.figures, "M1", "duration", whole),
            (self.report.first_hours, "M3", "median", median + start),
            (self.report.first_hours, "M4", "in-time", start),
            (self.report.figures, "M5", "never", whole),
            (self.report.figures, "M9", "in-time", whole),
            (self.report.figures, "M15", "received", whole),
        )
        return tuple(
            (
                self.wording.words(figure.definition.label),
                self.wording.quantity(figure.stat(key)),
                ", ".join(part for part in (name, note) if part),
            )
            for figures, name, key, note in chosen
            for figure in figures
            if figure.id == name
        )

    def findings(self, *, strengths: bool) -> tuple[tuple[str, str, str], ...]:
        """Return candidate findings: what was observed, which clauses, which log entries."""
        return tuple(
            self._finding(finding, self.wording.numbers(finding.evidence))
            for finding in self.report.findings
            if finding.is_strength is strengths
        )

    def main_findings(self, *, strengths: bool) -> tuple[tuple[str, str, str], ...]:
        """Return the first three findings, each with its first log entries only."""
        found = [one for one in self.report.findings if one.is_strength is strengths]
        return tuple(self._finding(one, self._some(one.evidence)) for one in found[:3])

    def _finding(self, finding: Finding, evidence: str) -> tuple[str, str, str]:
        return (
            self.wording.words(finding.observation),
            ", ".join(finding.basis) or "-",
            evidence,
        )

    def figures(self) -> tuple[tuple[str, tuple[FigureView, ...]], ...]:
        """Return the figures under the four headings."""
        return tuple(
            (
                self.wording.words(label),
                tuple(
                    figure_view(figure, names=self.names, wording=self.wording)
                    for figure in self.report.figures
                    if figure.definition.heading == heading
                ),
            )
            for heading, label in labels.HEADINGS.items()
        )

    def reviews(self) -> tuple[Verdict, ...]:
        """Return the proposed grade of every phase, with its own figures."""
        return self._verdicts(self.report.reviews)

    def objectives(self) -> tuple[Verdict, ...]:
        """Return the proposed grade of every declared objective, with its own figures."""
        return self._verdicts(self.report.objectives)

    def _verdicts(self, found: Iterable[PhaseReview | ObjectiveReview]) -> tuple[Verdict, ...]:
        wanted = (("M3", "median"), ("M4", "in-time"), ("M5", "never"), ("M9", "in-time"))
        verdicts = []
        for review in found:
            by_id = {figure.id: figure for figure in review.figures}
            verdicts.append(
                Verdict(
                    name=self._named(review),
                    mark=review.rating.grade.value,
                    grade=self.wording.words(labels.GRADES[review.rating.grade]),
                    reasons=tuple(self._reason(r.rule, r.evidence) for r in review.rating.reasons),
                    figures=tuple(
                        self.wording.quantity(by_id[name].stat(key)) for name, key in wanted
                    ),
                )
            )
        return tuple(verdicts)

    def _named(self, review: PhaseReview | ObjectiveReview) -> str:
        title = self.wording.words(review.title)
        if isinstance(review, ObjectiveReview):
            return f"{review.objective} {title}"
        return title

    def _reason(self, rule: str, evidence: tuple[int, ...]) -> str:
        told = self.names.rule(rule)
        if not evidence:
            return told
        log = self.pick("Protokoll Nr.", "log")
        return f"{told} ({log}\u00a0{self._some(evidence)})"

    def _some(self, evidence: tuple[int, ...]) -> str:
        some = evidence if len(evidence) <= _SHOWN else evidence[:_SHOWN]
        more = "" if some == evidence else " …"
        return f"{self.wording.numbers(some)}{more}"


_SHOWN = 6
