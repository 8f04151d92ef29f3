"""What each figure of the reflection report means, in words people can check it by (§4.3)."""

from dataclasses import dataclass
from enum import StrEnum

from crisis.core.words import Words


class Heading(StrEnum):
    """The four goals that the agreements name (seed S2): a run is read under these."""

    CLARITY = "clarity"
    EFFICIENCY = "efficiency"
    COMPLETENESS = "completeness"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A figure's number, its name and the rule by which it is computed."""

    id: str
    heading: Heading
    label: Words
    formula: Words


M1 = Definition(
    id="M1",
    heading=Heading.EFFICIENCY,
    label=Words(de="Auslösezeit", en="Time to activation"),
    formula=Words(
        de="T0 (Auslösung) minus Zeitpunkt des Ereignisses; unbekannt: keine Angabe",
        en="T0 (activation) minus moment of the incident; unknown: not available",
    ),
)
M2 = Definition(
    id="M2",
    heading=Heading.EFFICIENCY,
    label=Words(
        de="Zeit bis zum ersten Kontaktversuch je Partner",
        en="Time to first attempt per partner",
    ),
    formula=Words(
        de="erster Versuch an den Partner minus T0; noch nicht versucht: läuft noch",
        en="first attempt to reach the partner minus T0; not tried yet: still running",
    ),
)
M3 = Definition(
    id="M3",
    heading=Heading.EFFICIENCY,
    label=Words(de="Zeit bis zur Quittung je Partner", en="Time to acknowledgement per partner"),
    formula=Words(
        de="erste Quittung (auch Antwort, Unterschrift, Entscheidung) minus erster Versuch an "
        "diesen Partner in diesem Schritt; Ablehnungen getrennt; offene Fälle laufen weiter",
        en="first acknowledgement (or answer, signature, decision) minus first attempt to reach "
        "this partner in this step; refusals apart; open cases keep running",
    ),
)
M4 = Definition(
    id="M4",
    heading=Heading.COMPLETENESS,
    label=Words(de="Erreicht in Zielzeit", en="Reached within the target time"),
    formula=Words(
        de="Partner mit Quittung bis zur Frist ÷ erwartete Partner begonnener Schritte; "
        "bedingte Schritte zählen nur, wenn die Bedingung eintrat; laufende Fristen getrennt",
        en="partners acknowledging by the deadline ÷ partners expected in steps that began; "
        "conditional steps count only if the condition came true; running deadlines apart",
    ),
)
M5 = Definition(
    id="M5",
    heading=Heading.COMPLETENESS,
    label=Words(de="Nie erreicht", en="Never reached"),
    formula=Words(
        de="erwartete Partner ohne Quittung und ohne Ablehnung, deren Frist abgelaufen ist",
        en="expected partners without acknowledgement or refusal whose deadline has passed",
    ),
)
M6 = Definition(
    id="M6",
    heading=Heading.EFFICIENCY,
    label=Words(de="Eskalationen", en="Escalations"),
    formula=Words(
        de="Fälle je erreichter Stufe; Anteil der Schritte mit mindestens Stufe 1; Stufe, auf der "
        "die Quittung kam",
        en="cases per level reached; share of steps that needed level 1 or more; level at which "
        "the acknowledgement came",
    ),
)
M7 = Definition(
    id="M7",
    heading=Heading.QUALITY,
    label=Words(de="Kanalausfälle", en="Channel failures"),
    formula=Words(
        de="gescheiterte ÷ begonnene Versuche je Kanal; hart: falsche Daten, weich: besetzt oder "
        "gestört, Regel: nicht erlaubt; ungewisse Zustellungen getrennt",
        en="failed ÷ started attempts per channel; hard: wrong data, soft: busy or disturbed, "
        "policy: not allowed; uncertain deliveries apart",
    ),
)
M8 = Definition(
    id="M8",
    heading=Heading.CLARITY,
    label=Words(de="Güte der Kontaktdaten", en="Quality of contact data"),
    formula=Words(
        de="Quittungen durch eine andere als die zuerst angefragte Funktion; harte Fehler ÷ "
        "angefragte Funktionen; Alter der letzten Prüfung benutzter Kanäle bei T0",
        en="acknowledgements by another function than the one asked first; hard failures ÷ "
        "functions asked; age of the last check of the channels used, at T0",
    ),
)
M9 = Definition(
    id="M9",
    heading=Heading.EFFICIENCY,
    label=Words(de="Fristtreue der Schritte", en="Steps done on time"),
    formula=Words(
        de="bis zur Frist erledigte ÷ fällige Schritte; überfällige mit Verzug",
        en="steps done by their deadline ÷ steps due; overdue ones with their delay",
    ),
)
M10 = Definition(
    id="M10",
    heading=Heading.CLARITY,
    label=Words(de="Abweichungen vom Ablaufplan", en="Departures from the playbook"),
    formula=Words(
        de="ausgelassene Schritte, Anfragen außerhalb des Ablaufplans, von einer Ortsfassung "
        "verlängerte Fristen; davon ohne Begründung",
        en="steps left out, asks outside the playbook, deadlines that an overlay lengthened; how "
        "many of them without a reason",
    ),
)
M15 = Definition(
    id="M15",
    heading=Heading.COMPLETENESS,
    label=Words(de="Beteiligung an Check-ins", en="Participation in check-ins"),
    formula=Words(
        de="eingegangene ÷ angefragte Rückmeldungen je Runde; davon verspätet",
        en="reports received ÷ requested per round; how many of them late",
    ),
)
M16 = Definition(
    id="M16",
    heading=Heading.QUALITY,
    label=Words(de="Entwicklung der Zahlen", en="How the numbers grew"),
    formula=Words(
        de="Werte je Zahl und Definition; größter Unterschied zweier Werte nacheinander; "
        "Widersprüche: zwei Quellen nennen binnen einer Stunde verschiedene Werte",
        en="values per count and definition; greatest difference of two successive values; "
        "contradictions: two sources name different values within an hour",
    ),
)
M17 = Definition(
    id="M17",
    heading=Heading.EFFICIENCY,
    label=Words(de="Umstufungen der Lage", en="Reclassifications"),
    formula=Words(
        de="geänderte Angaben zur Lage nach der Auslösung und Schritte, deren Bedingung dadurch "
        "wahr wurde; Zeit von der Änderung bis zum Beginn des Schritts",
        en="facts that changed after activation and steps whose condition became true by it; time "
        "from the change to the start of the step",
    ),
)
M18 = Definition(
    id="M18",
    heading=Heading.QUALITY,
    label=Words(de="Einwilligungen", en="Consents"),
    formula=Words(
        de="erteilte, nicht erteilte und widerrufene Einwilligungen; kein Zielwert, denn eine "
        "Ablehnung ist ein normaler Abschluss",
        en="consents given, refused and taken back; no target, because a refusal is a normal end",
    ),
)
M19 = Definition(
    id="M19",
    heading=Heading.QUALITY,
    label=Words(de="Freigaben vor Veröffentlichung", en="Clearances before publication"),
    formula=Words(
        de="Zeit vom Beginn bis zur letzten Zustimmung aller; Veröffentlichungen ohne "
        "vollständige Freigabe (müssen 0 sein)",
        en="time from the start until the last of all has agreed; publications without full "
        "clearance (must be 0)",
    ),
)
M20 = Definition(
    id="M20",
    heading=Heading.QUALITY,
    label=Words(de="Schutzfragen", en="Questions about protection"),
    formula=Words(
        de="letzte Antworten auf Schutzfragen, die alle lesen dürfen: ja, nein, offen; „nein“ "
        "ohne Abhilfe",
        en="last answers to questions about protection that everybody may read: yes, no, open; no "
        "without a remedy",
    ),
)
M22 = Definition(
    id="M22",
    heading=Heading.EFFICIENCY,
    label=Words(de="Außerhalb der Bürozeit", en="Outside office hours"),
    formula=Words(
        de="erste Versuche außerhalb der Bürozeit ÷ alle ersten Versuche je Partner und "
        "Schritt; mittlere Zeit bis zur Quittung innerhalb und außerhalb",
        en="first attempts outside office hours ÷ all first attempts per partner and step; median "
        "time to acknowledgement inside and outside",
    ),
)
M27 = Definition(
    id="M27",
    heading=Heading.CLARITY,
    label=Words(de="Güte des Protokolls", en="Quality of the log"),
    formula=Words(
        de="Prüfkette ohne Bruch; Nachträge (mindestens eine Minute später eingetragen als "
        "geschehen); berichtigte Versuche und geänderte Antworten",
        en="chain of hashes without a break; late entries (written down at least a minute after "
        "they happened); corrected attempts and changed answers",
    ),
)
