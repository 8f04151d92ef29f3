"""A simulated run as one page: its pictures, its turning points, and every message."""

from collections.abc import Collection, Iterator, Sequence

from crisis.core import event as ev
from crisis.core.contact import ChannelKind
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Entry
from crisis.core.incident import Incident
from crisis.core.region import name_of
from crisis.core.report import ReflectionReport, reflection_report
from crisis.core.words import Words
from crisis.render import labels
from crisis.render.names import Names
from crisis.render.report_tables import ReportTables, Table
from crisis.render.sheet import Grid, Section, Sheet, sheet_html
from crisis.render.timeline_svg import timeline_svg
from crisis.render.wording import Language, Wording

PURPOSES = {
    ev.Purpose.ASK: Words(de="Anfrage", en="ask"),
    ev.Purpose.REPEAT: Words(de="Wiederholung", en="repeat"),
    ev.Purpose.REMIND: Words(de="Erinnerung", en="reminder"),
    ev.Purpose.CHASE: Words(de="Bitte um Nachfassen", en="request to ask members again"),
    ev.Purpose.TASK: Words(de="Aufgabe für die Federführung", en="task for the lead"),
    ev.Purpose.OBSOLETE: Words(de="nicht mehr nötig", en="no longer needed"),
    ev.Purpose.STAND_DOWN: Words(de="Entwarnung", en="stand-down"),
    ev.Purpose.WITHDRAWN: Words(de="Widerruf einer Einwilligung", en="consent taken back"),
}
OUTCOMES = {
    OutcomeKind.ACCEPTED: Words(de="✓ angenommen", en="✓ accepted"),
    OutcomeKind.REJECTED: Words(de="✗ abgelehnt", en="✗ rejected"),
    OutcomeKind.DEFERRED: Words(de="✗ jetzt nicht angenommen", en="✗ not accepted now"),
    OutcomeKind.UNKNOWN: Words(de="? ungewiss", en="? unknown"),
}


def simulation_page(
    incident: Incident,
    entries: Sequence[Entry],
    *,
    out: Collection[str] = (),
    language: Language = "de",
) -> str:
    """
    Return the page of a simulated run, given by its incident and its whole log.

    `out` names what took no message.
    """
    report = reflection_report(entries, log_to=entries[-1].seq, status="draft")
    return sheet_html(_Page(incident, entries, report, sorted(out), language).sheet())


class _Page:
    def __init__(
        self,
        incident: Incident,
        entries: Sequence[Entry],
        report: ReflectionReport,
        out: Sequence[str],
        language: Language,
    ) -> None:
        self._incident, self._entries, self._report = incident, entries, report
        self._out = out
        self._wording = Wording(language)
        self._pick = self._wording.pick
        self._names = Names(report, self._wording)
        self._tables = ReportTables(report, language)

    def sheet(self) -> Sheet:
        """Return the whole page."""
        pick, opened = self._pick, self._incident.opened
        title = self._wording.words(self._incident.playbook.title)
        return Sheet(
            title=pick(f"Durchgespielt: {title}", f"Simulated: {title}"),
            subtitle=f"{name_of(opened.region)} · T0 {self._wording.moment(self._incident.t0)}",
            strip=pick(
                "[ÜBUNG] Simulation: Es ging keine Nachricht hinaus.",
                "[EXERCISE] Simulation: no message left the house.",
            ),
            facts=self._facts(),
            sections=tuple(self._sections()),
            note=pick(
                "Gespielt hat der Planer selbst, mit dem Playbook und den Kontakten von jetzt."
                " Genannt werden Funktionen, keine Personen. Zeiten sind deutsche Ortszeit.",
                "The planner itself has played, with the playbook and the contacts as they are"
                " now. Functions are named, not persons. Times are local time in Germany.",
            ),
            language=self._wording.language,
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        pick, opened = self._pick, self._incident.opened
        none = pick("nichts", "nothing")
        asked = [one for one in self._incident.obligations.values() if not one.is_telling]
        told = len(self._incident.obligations) - len(asked)
        answered = sum(one.reached_at is not None for one in asked)
        known = "; ".join(
            f"{self._names.subject(name)}: {self._names.value(_plain(value))}"
            for name, value in sorted(opened.attributes.items())
        )
        return (
            ("Playbook", " + ".join(opened.layers)),
            (pick("Gebiet", "Region"), f"{opened.region} {name_of(opened.region)}"),
            (pick("Bekannt am Anfang", "Known at the start"), known or none),
            (pick("Ausgefallen", "Out"), ", ".join(self._out) or none),
            (
                pick("Partner angefragt", "Partners asked"),
                pick(
                    f"{len(asked)} Anfragen, {answered} davon beantwortet",
                    f"{len(asked)} asks, {answered} of them answered",
                )
                + (pick(f"; {told} Mitteilungen", f"; {told} only told") if told else ""),
            ),
            (
                pick("Unbesetzte Rollen", "Roles nobody holds"),
                "; ".join(opened.gaps) or pick("keine", "none"),
            ),
        )

    def _sections(self) -> Iterator[Section]:
        pick, language = self._pick, self._wording.language
        yield Section(
            title=pick("Die ersten Stunden", "The first hours"),
            picture=timeline_svg(self._report, part="first-hours", language=language),
            caption=pick(
                "Eine Zeile je Schritt und Partner. Schraffiert ist, was bis zur Frist vorgesehen"
                " ist; die Ziffern sind die Stufen der Eskalation.",
                "One row for each step and partner. Hatched is what is planned until the"
                " deadline; the numbers are the levels of escalation.",
            ),
        )
        yield Section(
            title=pick("Der ganze Verlauf", "The whole run"),
            picture=timeline_svg(self._report, part="whole-run", language=language),
        )
        yield Section(
            title=pick("Wendepunkte", "Turning points"),
            grids=(_grid(self._tables.chronicle()),),
        )
        yield Section(
            title=pick("Jede Nachricht", "Every message"),
            grids=(self._messages(),),
        )

    def _messages(self) -> Grid:
        pick = self._pick
        ends: dict[tuple[str, str, int], ev.AttemptEnded] = {}
        for entry in self._entries:
            if isinstance(entry.event, ev.AttemptEnded):
                ended = entry.event
                ends.setdefault((ended.step, ended.partner, ended.n), ended)
        return Grid(
            caption=pick(
                "In der Reihenfolge, in der sie hinausgingen", "In the order in which they left"
            ),
            heads=(
                pick("ab T0", "since T0"),
                pick("Schritt", "Step"),
                pick("Partner", "Partner"),
                pick("Kontakt", "Contact"),
                pick("Kanal", "Channel"),
                pick("Stufe", "Level"),
                pick("Was", "What"),
                pick("Ergebnis", "Outcome"),
            ),
            rows=tuple(
                self._message(entry, started, ends.get((started.step, started.partner, started.n)))
                for entry in self._entries
                for started in [entry.event]
                if isinstance(started, ev.AttemptStarted)
            ),
        )

    def _message(
        self, entry: Entry, started: ev.AttemptStarted, ended: ev.AttemptEnded | None
    ) -> tuple[str, ...]:
        words = self._wording.words
        contact = self._incident.opened.directory.contacts[started.contact]
        kinds = {channel.id: channel.kind for channel in contact.channels}
        outcome = OUTCOMES[OutcomeKind.UNKNOWN if ended is None else ended.outcome]
        return (
            self._wording.since_opened(entry.at - self._incident.t0),
            started.step,
            self._names.partner(started.partner),
            words(contact.title),
            self._channel(kinds[started.channel]),
            str(started.level),
            words(PURPOSES[started.purpose]),
            words(outcome),
        )

    def _channel(self, kind: ChannelKind) -> str:
        return self._wording.words(labels.CHANNELS[kind.value])


def _grid(table: Table) -> Grid:
    return Grid(caption=table.caption, heads=table.heads, rows=table.rows)


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
