"""What the rules of the audit share: a reading of the log, and the words of each finding."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from crisis.core.concern import Concern, ConcernKind
from crisis.core.event import Mode
from crisis.core.incident import Incident
from crisis.core.outlook import Outlook
from crisis.core.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An incident at a moment, and how long what is due may take on the incident's clock."""

    view: Outlook
    grace: timedelta

    @property
    def incident(self) -> Incident:
        """The incident that is audited."""
        return self.view.incident

    def is_late(self, moment: datetime) -> bool:
        """Return whether what was due at a moment should be done by now."""
        return moment + self.grace <= self.view.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found, before it has its words; `what` is a key of `RULES`."""

    what: str
    since: datetime
    step: str = ""
    partner: str = ""


RULES = {
    "not-begun": (
        ConcernKind.LATE,
        Words(de="Schritt hat nicht begonnen", en="step has not begun"),
    ),
    "no-decision": (
        ConcernKind.LATE,
        Words(de="Vorgabe der Entscheidung nicht eingetreten", en="decision not taken by default"),
    ),
    "no-report": (ConcernKind.LATE, Words(de="Bericht nicht erstellt", en="report not computed")),
    "not-escalated": (
        ConcernKind.LATE,
        Words(de="Eskalationsstufe nicht erreicht", en="level of the ladder not reached"),
    ),
    "not-overdue": (
        ConcernKind.LATE,
        Words(de="Frist verstrichen, nicht vermerkt", en="deadline passed and not recorded"),
    ),
    "not-handed-over": (
        ConcernKind.LATE,
        Words(de="Nicht an die Federführung übergeben", en="not handed to the lead"),
    ),
    "not-asked": (ConcernKind.UNSENT, Words(de="Nicht angefragt", en="not asked")),
    "level-not-asked": (
        ConcernKind.UNSENT,
        Words(de="Auf dieser Stufe niemand angefragt", en="nobody asked on this level"),
    ),
    "not-followed-up": (
        ConcernKind.UNSENT,
        Words(de="Nach Fehlversuch nicht weiter versucht", en="not tried on after a failure"),
    ),
    "not-reminded": (ConcernKind.UNSENT, Words(de="Nicht erinnert", en="not reminded")),
    "not-told": (
        ConcernKind.UNSENT,
        Words(de="Wegfall nicht mitgeteilt", en="not told that nothing is expected any more"),
    ),
    "no-phone-task": (
        ConcernKind.UNSENT,
        Words(de="Anruf steht nicht als Aufgabe an", en="call is no task on the desk"),
    ),
    "no-outcome": (
        ConcernKind.STUCK,
        Words(de="Nachricht ohne Ergebnis", en="message without an outcome"),
    ),
    "gap-in-log": (
        ConcernKind.STUCK,
        Words(de="Lücke in Nachrichten oder Stufen", en="gap among messages or levels"),
    ),
    "no-obligation": (
        ConcernKind.STUCK,
        Words(de="Stelle ohne Vorgang", en="partner without an obligation"),
    ),
    "nobody-asked": (
        ConcernKind.STUCK,
        Words(de="Schritt ohne Stellen und ohne Aufgabe", en="step without partners or a task"),
    ),
    "left-lying": (
        ConcernKind.STUCK,
        Words(de="Fälliges bleibt liegen", en="what is due is not done"),
    ),
}


def concern_of(incident: Incident, finding: Finding) -> Concern:
    """Return a finding as a concern of its incident."""
    kind, words = RULES[finding.what]
    return Concern(
        kind=kind,
        what=finding.what,
        since=finding.since,
        words=words,
        incident=incident.id,
        code_word=incident.opened.code_word,
        step=finding.step,
        partner=finding.partner,
        exercise=incident.opened.mode is Mode.EXERCISE,
    )
