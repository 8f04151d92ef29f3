"""The tables of a report in the words of one language, the same for every renderer."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from crisis.core.chronicle import Moment
from crisis.core.figure import RowState
from crisis.core.matrix import Cell
from crisis.core.playbook import Completion, Start
from crisis.core.report import Fact, PlannedStep, ReflectionReport, Ruling
from crisis.core.timeline import Bar
from crisis.render import labels
from crisis.render.names import Names
from crisis.render.wording import Language, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    A table: its caption, the heads of its columns, and rows whose first cell heads the row.

    `notes` say more under each head, if given.
    """

    caption: str
    heads: tuple[str, ...]
    notes: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...]


class ReportTables:
    """Lays out the tables of one report in one language."""

    def __init__(self, report: ReflectionReport, language: Language) -> None:
        self.report = report
        self.wording = Wording(language)
        self.names = Names(report, self.wording)
        self.pick = self.wording.pick

    def facts(self) -> Table:
        """Return what was known of the incident, from when, from whom."""
        pick = self.pick
        return Table(
            caption=pick("Verlauf der Angaben zur Lage", "How the facts developed"),
            heads=(
                pick("Angabe", "Fact"),
                pick("Zeit", "Time"),
                pick("Wert", "Value"),
                pick("Quelle", "Source"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(
                (
                    self._counted(fact),
                    self.wording.short_moment(fact.at),
                    self.wording.words(fact.text),
                    self.names.source(fact.source),
                    self._seq(fact.seq, late=fact.late),
                )
                for fact in self.report.facts
            ),
        )

    def _counted(self, fact: Fact) -> str:
        """Return what a fact is called, and for a count what it counts."""
        label, counts = self.wording.words(fact.label), self.wording.words(fact.definition)
        return f"{label} ({counts})" if counts else label

    def rulings(self) -> Table:
        """Return the decision log."""
        pick = self.pick
        return Table(
            caption=pick("Entscheidungen", "Decisions"),
            heads=(
                pick("Schritt", "Step"),
                pick("Zeit", "Time"),
                pick("Funktion", "Function"),
                pick("Entscheidung", "Decision"),
                pick("Begründung", "Reason"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(self._ruling(ruling) for ruling in self.report.rulings),
        )

    def plan(self) -> Table:
        """Return who should have done what."""
        pick = self.pick
        return Table(
            caption=pick("Schritte des geltenden Ablaufplans", "Steps of the playbook in force"),
            heads=(
                pick("Schritt", "Step"),
                pick("Aufgabe", "Task"),
                pick("Rollen", "Roles"),
                pick("Beginn", "Start"),
                pick("Frist", "Deadline"),
                pick("Verbindlichkeit", "How binding"),
                pick("Grundlage", "Basis"),
                pick("Begonnen", "Began"),
            ),
            rows=tuple(self._planned(step) for step in self.report.plan),
        )

    def chronicle(self) -> Table:
        """Return the turning points."""
        pick = self.pick
        return Table(
            caption=pick("In der Reihenfolge der Ereignisse", "In the order of events"),
            heads=(
                pick("Zeit", "Time"),
                pick("ab T0", "since T0"),
                pick("Was", "What"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(
                (
                    self.wording.short_moment(moment.at),
                    self.wording.since_opened(moment.at - self.report.cover.opened_at),
                    self._moment(moment),
                    self._seq(moment.seq, late=moment.late),
                )
                for moment in self.report.chronicle
            ),
        )

    def matrices(self) -> tuple[Table, ...]:
        """Return the contact matrix, part by part."""
        count = len(self.report.matrices)
        return tuple(
            Table(
                caption=self.pick(
                    f"Kontaktmatrix, Teil {part} von {count}",
                    f"Contact matrix, part {part} of {count}",
                ),
                heads=(self.pick("Partner", "Partner"), *matrix.steps),
                notes=("", *map(self.names.step, matrix.steps)),
                rows=tuple(
                    (
                        self.names.partner(row.partner),
                        *("" if cell is None else self._cell(cell) for cell in row.cells),
                    )
                    for row in matrix.rows
                ),
            )
            for part, matrix in enumerate(self.report.matrices, start=1)
        )

    def single_values(self) -> Table:
        """Return the annex: every ask with its times, its level and its outcome."""
        pick = self.pick
        evidence = {
            (row.step, row.partner): row.evidence
            for figure in self.report.figures
            if figure.id == "M3"
            for row in (*figure.rows, *figure.censored)
        }
        return Table(
            caption=pick("Einzelwerte zu M2 bis M6", "Single values behind M2 to M6"),
            heads=(
                pick("Schritt", "Step"),
                pick("Partner", "Partner"),
                pick("Erster Versuch", "First attempt"),
                pick("ab T0 (M2)", "since T0 (M2)"),
                pick("bis Quittung (M3)", "to answer (M3)"),
                pick("Frist", "Deadline"),
                pick("Stufe", "Level"),
                pick("Stand", "State"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(
                self._single(bar, evidence.get((bar.step, bar.partner), ()))
                for bar in self.report.timeline.bars
            ),
        )

    def _seq(self, seq: int, *, late: bool) -> str:
        mark = self.pick("nachgetragen", "late entry")
        return f"{seq}, {mark}" if late else str(seq)

    def _ruling(self, ruling: Ruling) -> tuple[str, ...]:
        option = self.wording.words(ruling.option)
        default = self.pick("nach Ablauf der Frist", "by default after the deadline")
        return (
            ruling.step,
            self.wording.short_moment(ruling.at),
            self.names.partners(ruling.partners),
            f"{option} ({default})" if ruling.by_default else option,
            ruling.reason or self.pick("ohne Begründung", "no reason given"),
            self._seq(ruling.seq, late=ruling.late),
        )

    def _planned(self, step: PlannedStep) -> tuple[str, ...]:
        due = "-" if step.due_at is None else self.wording.short_moment(step.due_at)
        return (
            step.id,
            self.wording.words(step.title),
            self._who(step),
            self._start(step.start),
            due,
            self.wording.words(labels.MANDATORY[step.mandatory]),
            self._basis(step),
            self.pick("ja", "yes") if step.began else self.pick("nein", "no"),
        )

    @cached_property
    def agreements(self) -> tuple[str, ...]:
        """The agreements that found steps; the plan names them by their place here."""
        titles = (title for step in self.report.plan for title in step.agreements)
        return tuple(dict.fromkeys(map(self.wording.words, titles)))

    def _basis(self, step: PlannedStep) -> str:
        clauses = ", ".join(step.basis) or "-"
        known = self.agreements
        places = ", ".join(
            str(known.index(self.wording.words(title)) + 1) for title in step.agreements
        )
        return f"{clauses} [{places}]" if places else clauses

    def _who(self, step: PlannedStep) -> str:
        roles = ", ".join(step.roles) or self.pick("erreichte Partner", "partners reached")
        if step.completion is Completion.ANY:
            return f"{roles} ({self.pick('eine genügt', 'one is enough')})"
        if step.completion is Completion.QUORUM:
            return f"{roles} ({step.quorum} {self.pick('genügen', 'are enough')})"
        return roles

    def _start(self, start: Start) -> str:
        if start.occasion:
            more = f" + {self.wording.duration(start.offset)}" if start.offset else ""
            return f"{self.names.occasion(start.occasion)}{more}"
        if not start.after:
            return "T0" if not start.offset else self.wording.since_opened(start.offset)
        joint = self.pick(" und ", " and ") if start.mode == "all" else self.pick(" oder ", " or ")
        told = f"{self.pick('nach', 'after')} {joint.join(start.after)}"
        if start.offset:
            told += f" + {self.wording.duration(start.offset)}"
        if start.latest is not None:
            latest = self.wording.since_opened(start.latest)
            told += f", {self.pick('spätestens', 'at the latest')} {latest}"
        return told

    def _moment(self, moment: Moment) -> str:
        where = " ".join(
            part
            for part in (
                moment.step,
                self.names.partner(moment.partner) if moment.partner else "",
            )
            if part
        )
        told = self.names.kind(moment.kind)
        detail = self._detail(moment)
        head = f"{told}: {where}" if where else told
        return f"{head}, {detail}" if where and detail else f"{head}: {detail}" if detail else head

    def _detail(self, moment: Moment) -> str:
        for fact in self.report.facts:
            if fact.seq == moment.seq and moment.kind == "attribute-set":
                value, source = self.wording.words(fact.text), self.names.source(fact.source)
                return f"{self.wording.words(fact.label)} = {value} ({source})"
        for ruling in self.report.rulings:
            if ruling.seq == moment.seq:
                return self.wording.words(ruling.option)
        if moment.kind == "occasion-came":
            return self.names.occasion(moment.detail)
        return self.names.detail(moment.detail)

    def _cell(self, cell: Cell) -> str:
        told = self.names.state(cell.state)
        if cell.after is not None:
            symbol = told.split(" ", maxsplit=1)[0]
            late = f"{self.pick('spät', 'late')}, " if cell.state is RowState.LATE else ""
            told = f"{symbol}\u00a0{late}{self.wording.duration(cell.after)}"
        level = f"{self.pick('Stufe', 'level')} {cell.level}" if cell.level else ""
        carried = ", ".join(cell.providers) if self._names_providers else ""
        via = f"{self.pick('über', 'via')} {carried}" if carried else ""
        return ", ".join(part for part in (told, level, via) if part)

    @property
    def _names_providers(self) -> bool:
        """Whether several providers carried messages; one alone tells nobody anything."""
        cells = (c for matrix in self.report.matrices for row in matrix.rows for c in row.cells)
        return len({name for cell in cells if cell for name in cell.providers}) > 1

    def _single(self, bar: Bar, evidence: tuple[int, ...]) -> tuple[str, ...]:
        opened = self.report.cover.opened_at
        asked = bar.asked_at
        after = "-"
        if asked is not None and bar.ended_at is not None:
            after = self.wording.duration(max(bar.ended_at - asked, timedelta()))
        return (
            bar.step,
            self.names.partner(bar.partner),
            "-" if asked is None else self.wording.short_moment(asked),
            "-" if asked is None else self.wording.duration(asked - opened),
            after,
            "-" if bar.due_at is None else self.wording.short_moment(bar.due_at),
            str(bar.rises[-1].level) if bar.rises else "0",
            self.names.state(bar.state),
            self.wording.numbers(evidence),
        )
