"""The proof of coverage as one page: heat strips, shares by kind of hour, and every gap."""

from datetime import datetime, timedelta

from crisis.core.coverage import Coverage, StepCoverage
from crisis.core.exposure import Gap, Weakness
from crisis.core.hole import Hole, holes
from crisis.core.hour_kind import HourKind, time_by_kind
from crisis.core.region import land_of, name_of
from crisis.core.words import Words
from crisis.render.coverage_svg import coverage_svg, union
from crisis.render.sheet import Grid, Section, Sheet, sheet_html
from crisis.render.wording import Language, Wording

HOURS = {
    HourKind.OFFICE: Words(de="Bürozeit", en="Office hours"),
    HourKind.NIGHT: Words(de="Nacht", en="Night"),
    HourKind.WEEKEND: Words(de="Wochenende", en="Weekend"),
    HourKind.HOLIDAY: Words(de="Feiertag", en="Holiday"),
}
MANDATORY = {
    "always": Words(de="immer", en="always"),
    "if-true": Words(de="wenn die Bedingung gilt", en="if its condition holds"),
}


def coverage_page(proof: Coverage, *, language: Language = "de") -> str:
    """Return the page in one language."""
    return sheet_html(_Page(proof, Wording(language)).sheet())


class _Page:
    def __init__(self, proof: Coverage, wording: Wording) -> None:
        self._proof, self._wording = proof, wording
        self._pick = wording.pick
        self._land = land_of(proof.region)
        self._whole = self._time(((proof.since, proof.until),))
        self._partners = {one.id: wording.words(one.name) for one in proof.directory.partners}
        self._contacts = {
            name: wording.words(one.title) for name, one in proof.directory.contacts.items()
        }

    def sheet(self) -> Sheet:
        """Return the whole page."""
        proof, pick = self._proof, self._pick
        title = self._wording.words(proof.playbook.title)
        return Sheet(
            title=pick(f"Deckung: {title}", f"Coverage: {title}"),
            subtitle=f"{name_of(proof.region)} · {self._period(proof.since, proof.until)}",
            strip=pick(
                "Deckungsnachweis: berechnet, niemand wurde gefragt",
                "Proof of coverage: computed, nobody was asked",
            ),
            facts=self._facts(),
            sections=(self._strips(), self._shares(), self._holes()),
            note=pick(
                "Gefragt wurde der Planer selbst, mit dem Playbook und den Kontakten von jetzt."
                " Zeiten sind deutsche Ortszeit.",
                "The planner itself was asked, with the playbook and the contacts as they are now."
                " Times are local time in Germany.",
            ),
            language=self._wording.language,
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        pick, playbook = self._pick, self._proof.playbook
        steps = self._proof.steps
        covered = sum(step.is_covered for step in steps)
        return (
            (pick("Playbook", "Playbook"), " + ".join(playbook.layers)),
            (pick("Gebiet", "Region"), f"{self._proof.region} {name_of(self._proof.region)}"),
            (
                pick("Ergebnis", "Result"),
                pick(
                    f"{covered} von {len(steps)} verbindlichen Schritten sind immer gedeckt",
                    f"{covered} of {len(steps)} binding steps are always covered",
                ),
            ),
            (
                pick("Geprüft", "What was proved"),
                pick(
                    "Zu jeder Stunde: Fällt irgendein Anbieter aus und ist irgendeine Funktion"
                    " nicht da, erreicht eine Nachricht trotzdem jemanden, bevor die Federführung"
                    " den Fall auf dem Tisch hat?",
                    "At every hour: if any one provider is out and any one function is away, does"
                    " a message still reach somebody before the matter comes to the lead's desk?",
                ),
            ),
        )

    def _strips(self) -> Section:
        return Section(
            title=self._pick("Wann eine Lücke offen ist", "When a gap is open"),
            picture=coverage_svg(self._proof, self._wording),
            caption=self._pick(
                "Ein Streifen je verbindlichem Schritt. Von links nach rechts laufen die Tage, von"
                " oben nach unten die Stunden eines Tages. Rechts steht, welcher Anteil der Zeit"
                " offen ist; fragt ein Schritt mehrere Partner, zählt der schwächste.",
                "One strip for each binding step. Days run from left to right, the hours of a day"
                " from top to bottom. On the right stands the share of time that is open; where a"
                " step asks several partners, the weakest counts.",
            ),
        )

    def _shares(self) -> Section:
        pick = self._pick
        heads = (
            pick("Schritt", "Step"),
            pick("Titel", "Title"),
            pick("Verbindlich", "Binding"),
            *(self._wording.words(HOURS[kind]) for kind in self._whole),
        )
        return Section(
            title=pick("Gedeckter Anteil nach Art der Stunde", "Covered share by kind of hour"),
            texts=(
                pick(
                    f"Wochenenden und Feiertage gelten für {name_of(self._land)}. Nacht ist an"
                    " Arbeitstagen alles außerhalb der Bürozeit.",
                    f"Weekends and holidays are those of {name_of(self._land)}. Night is whatever"
                    " is outside office hours on working days.",
                ),
            ),
            grids=(
                Grid(
                    caption=pick("Verbindliche Schritte", "Binding steps"),
                    heads=heads,
                    rows=tuple(self._share_row(step) for step in self._proof.steps),
                ),
            ),
        )

    def _share_row(self, one: StepCoverage) -> tuple[str, ...]:
        step = one.step
        gaps = [gap for partner in one.partners for gap in partner.gaps]
        if one.unheld:
            proof = self._proof
            gaps = [Gap(since=proof.since, until=proof.until, weak=())]
        missing = self._time(tuple(union(gaps)))
        shares = (
            self._covered(missing.get(kind, timedelta()), whole)
            for kind, whole in self._whole.items()
        )
        mandatory = self._wording.words(MANDATORY[step.mandatory])
        return (step.id, self._wording.words(step.title), mandatory, *shares)

    def _covered(self, missing: timedelta, whole: timedelta) -> str:
        # Rounded down: what is not covered for a minute is not covered.
        percent = int((whole - missing) / whole * 100)
        return f"✓ {percent} %" if not missing else f"✗ {percent} %"

    def _holes(self) -> Section:
        pick = self._pick
        return Section(
            title=pick("Lücken und ihr Grund", "Gaps and their cause"),
            grids=(
                Grid(
                    caption=pick(
                        "Jede Ursache einmal, in der Reihenfolge, in der sie zuerst auftritt",
                        "Each cause once, in the order in which it first opens",
                    ),
                    heads=(
                        pick("Öffnet zuerst", "First opens"),
                        pick("bis", "until"),
                        pick("wie oft", "how often"),
                        pick("insgesamt", "in all"),
                        pick("Partner", "Partner"),
                        pick("Grund", "Why"),
                        pick("Schritte", "Steps"),
                    ),
                    rows=tuple(self._hole(hole) for hole in holes(self._proof)),
                ),
            ),
        )

    def _hole(self, hole: Hole) -> tuple[str, ...]:
        return (
            self._wording.short_moment(hole.opens_at),
            self._wording.short_moment(hole.gaps[0].until),
            f"{len(hole.gaps)}\u00d7",
            f"{hole.lasts / timedelta(hours=1):.0f} h",
            self._partners.get(hole.partner, hole.role),
            "; ".join(self._why(hole, weak) for weak in hole.weak),
            ", ".join(hole.steps),
        )

    def _why(self, hole: Hole, weak: Weakness) -> str:
        pick = self._pick
        if not hole.partner:
            return pick("Diese Rolle hat hier niemand", "Nobody holds this role here")
        if not weak.left:
            fails = pick(f"Ohne {weak.out} ", f"Without {weak.out} ") if weak.out else ""
            return fails + pick(
                "wird niemand erreicht" if weak.out else "Niemand wird erreicht",
                "nobody is reached" if weak.out else "Nobody is reached",
            )
        only = self._contacts[weak.left[0]]
        if not weak.out:
            return pick(f"Erreicht wird nur: {only}", f"Only reached: {only}")
        return pick(
            f"Ohne {weak.out} bleibt nur: {only}", f"Without {weak.out} there is only: {only}"
        )

    def _period(self, since: datetime, until: datetime) -> str:
        return f"{self._wording.moment(since)} \u2013 {self._wording.moment(until)}"

    def _time(self, periods: tuple[tuple[datetime, datetime], ...]) -> dict[HourKind, timedelta]:
        holidays = self._proof.directory.holidays
        return dict(time_by_kind(periods, land=self._land, holidays=holidays))
