"""The report's tables about parties that act together: hubs, two sides, signatories."""

from crisis.core.bulletin_review import BulletinReview
from crisis.core.cascade_review import CascadeReview, MemberReview
from crisis.core.competence_note import CompetenceNote
from crisis.core.joint_review import ClearanceReview, SideReview
from crisis.core.report import ReflectionReport
from crisis.render.names import Names
from crisis.render.report_tables import Table
from crisis.render.wording import Language, Wording


class PartyTables:
    """Lays out the tables about joint action of one report in one language."""

    def __init__(self, report: ReflectionReport, language: Language) -> None:
        self.report = report
        self.wording = Wording(language)
        self.names = Names(report, self.wording)
        self.pick = self.wording.pick

    def tables(self) -> tuple[Table, ...]:
        """Return the tables that have something to say."""
        found = (
            self.cascades(),
            self.confirmations(),
            self.clearances(),
            self.bulletins(),
            self.handovers(),
            self.competence_notes(),
        )
        return tuple(table for table in found if table.rows)

    def cascades(self) -> Table:
        """Return which members answered through which hub."""
        pick = self.pick
        return Table(
            caption=pick("Über Verteiler informierte Mitglieder", "Members informed by hubs"),
            heads=(
                pick("Verteiler", "Hub"),
                pick("Schritt", "Step"),
                pick("Weitergegeben", "Passed on"),
                pick("Mitglied", "Member"),
                pick("Antwort", "Answer"),
                pick("Stufe", "Level"),
                pick("Stand", "State"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(
                self._member(cascade, member)
                for cascade in self.report.cascades
                for member in cascade.members
            ),
        )

    def confirmations(self) -> Table:
        """Return what two sides confirmed to each other."""
        pick = self.pick
        return Table(
            caption=pick("Von zwei Seiten bestätigt", "Confirmed by two sides"),
            heads=(
                pick("Schritt", "Step"),
                pick("Eine Seite", "One side"),
                pick("Andere Seite", "Other side"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(
                (
                    f"{one.step} {self.names.step(one.step)}",
                    *(self._side(side) for side in one.sides),
                    self.wording.numbers(one.evidence),
                )
                for one in self.report.confirmations
            ),
        )

    def clearances(self) -> Table:
        """Return what was cleared by whom, and whether it came out before."""
        pick = self.pick
        return Table(
            caption=pick("Freigaben vor Veröffentlichung", "Clearances before publication"),
            heads=(
                pick("Schritt", "Step"),
                pick("Was", "What"),
                pick("Zugestimmt", "Agreed"),
                pick("Nicht zugestimmt oder offen", "Not agreed or open"),
                pick("Freigegeben", "Cleared"),
                pick("Veröffentlicht", "Published"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(self._clearance(one) for one in self.report.clearances),
        )

    def bulletins(self) -> Table:
        """Return which bulletins were passed on, and how many confirmed each; no texts."""
        pick = self.pick
        return Table(
            caption=pick("Sicherheitshinweise", "Security bulletins"),
            heads=(
                pick("Nr.", "No."),
                pick("Worum", "About"),
                pick("Länder (ISO 3166)", "Countries (ISO 3166)"),
                pick("Von", "From"),
                pick("Herausgegeben", "Issued"),
                pick("Gilt bis", "Holds until"),
                pick("Bestätigt", "Confirmed"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(self._bulletin(one) for one in self.report.bulletins),
        )

    def handovers(self) -> Table:
        """Return how the lead passed from one to the other."""
        pick, moment = self.pick, self.wording.short_moment
        return Table(
            caption=pick("Übergaben der Federführung", "Hand-overs of the lead"),
            heads=(
                pick("Von", "From"),
                pick("An", "To"),
                pick("Anlass", "Reason"),
                pick("Angeboten", "Offered"),
                pick("Übernommen", "Taken over"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(
                (
                    self.names.partner(one.giver),
                    f"{self.names.partner(one.partner)}, {self.wording.words(one.contact)}",
                    one.reason,
                    moment(one.offered_at),
                    pick("nicht übernommen", "not taken over")
                    if one.taken_at is None
                    else moment(one.taken_at),
                    self.wording.numbers(one.evidence),
                )
                for one in self.report.handovers
            ),
        )

    def competence_notes(self) -> Table:
        """Return what refusals say about competences, for people to judge."""
        pick = self.pick
        return Table(
            caption=pick("Zuständigkeiten: was Ablehnungen zeigen", "Competences: refusals"),
            heads=(
                pick("Partner", "Partner"),
                pick("Schritt", "Step"),
                pick("Zeit", "Time"),
                pick("Begründung", "Reason"),
                pick("Nötige Kompetenz", "Competence needed"),
                pick("Laut Verzeichnis vorhanden", "Held by the directory"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(self._note(one) for one in self.report.competence_notes),
        )

    def signatures(self) -> Table:
        """Return who signed, and every remark and dissent in its own words."""
        pick = self.pick
        return Table(
            caption=pick(
                "Unterschriften und abweichende Sichten", "Signatures and dissenting views"
            ),
            heads=(
                pick("Stelle", "Office"),
                pick("Schritt", "Step"),
                pick("Votum", "Verdict"),
                pick("Anmerkung", "Remark"),
                pick("Zeit", "Time"),
                pick("Beleg", "Log"),
            ),
            rows=tuple(
                (
                    self.names.partner(one.partner),
                    f"{one.step} {self.names.step(one.step)}",
                    self.names.detail(one.verdict) or pick("noch offen", "still open"),
                    one.remark or "-",
                    "-" if one.at is None else self.wording.short_moment(one.at),
                    self.wording.numbers(one.evidence),
                )
                for one in self.report.signatures
            ),
        )

    def _note(self, note: CompetenceNote) -> tuple[str, ...]:
        later = self.pick("später doch übernommen", "taken over later all the same")
        return (
            self.names.partner(note.partner),
            note.step,
            self.wording.short_moment(note.at),
            f"{note.reason} ({later})" if note.taken_back else note.reason,
            ", ".join(note.needed) or "-",
            ", ".join(note.held) or self.pick("nein", "no"),
            self.wording.numbers(note.evidence),
        )

    def _side(self, side: SideReview) -> str:
        if side.confirmed_at is None:
            open_yet = self.pick("noch nicht bestätigt", "not confirmed yet")
            return f"{self.names.partners(side.partners)}: {open_yet}"
        at = self.wording.short_moment(side.confirmed_at)
        return f"{self.names.partner(side.confirmed_by)}: {at}"

    def _bulletin(self, one: BulletinReview) -> tuple[str, ...]:
        pick = self.pick
        count = pick(
            f"{len(one.confirmed)} von {len(one.asked)}",
            f"{len(one.confirmed)} of {len(one.asked)}",
        )
        last = one.last_confirmed_at
        day, successor = one.valid_until, one.replaced_by
        until = pick(f"{day:%d.%m.%Y}", day.isoformat())
        replaced = pick(f"{until}, ersetzt durch {successor}", f"{until}, replaced by {successor}")
        return (
            one.bulletin,
            self.wording.words(one.about),
            ", ".join(one.countries) or "-",
            self.names.partner(one.partner) if one.partner else pick("Federführung", "Lead"),
            self.wording.short_moment(one.issued_at),
            replaced if successor else until,
            count if last is None else f"{count}, {self.wording.short_moment(last)}",
            self.wording.numbers(one.evidence),
        )

    def _clearance(self, one: ClearanceReview) -> tuple[str, ...]:
        moment, pick = self.wording.short_moment, self.pick
        published = "-" if one.published_at is None else moment(one.published_at)
        if one.uncleared:
            bare = pick("ohne vollständige Freigabe", "without full clearance")
            published = f"{published}, {bare}: {one.reason}"
        took = ""
        if one.cleared_at is not None:
            took = f" ({self.wording.duration(one.cleared_at - one.started_at)})"
        return (
            one.step,
            self.wording.words(one.what),
            self.names.partners(one.signed),
            self.names.partners((*one.dissents, *one.missing)),
            pick("gesperrt", "blocked")
            if one.cleared_at is None
            else moment(one.cleared_at) + took,
            published,
            self.wording.numbers(one.evidence),
        )

    def _member(self, cascade: CascadeReview, member: MemberReview) -> tuple[str, ...]:
        moment, pick = self.wording.short_moment, self.pick
        answered = "-" if member.answered_at is None else moment(member.answered_at)
        by_hub = f" ({pick('vom Verteiler eingetragen', 'entered by the hub')})"
        share = pick(
            f"{cascade.answered} von {len(cascade.members)}",
            f"{cascade.answered} of {len(cascade.members)}",
        )
        return (
            f"{self.names.partner(cascade.hub)} ({share})",
            cascade.step,
            "-" if cascade.passed_on_at is None else moment(cascade.passed_on_at),
            self.names.partner(member.partner),
            f"{answered}{by_hub}" if member.entered_by_hub else answered,
            str(member.level),
            self.names.state(member.state),
            self.wording.numbers(member.evidence),
        )
