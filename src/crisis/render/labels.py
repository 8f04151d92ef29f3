"""The report's own words, in German and English, by the key that the core uses."""

from crisis.core.words import Words


def _w(de: str, en: str) -> Words:
    return Words(de=de, en=en)


HEADINGS = {
    "clarity": _w("Klarheit", "Clarity"),
    "efficiency": _w("Effizienz", "Efficiency"),
    "completeness": _w("Vollständigkeit", "Completeness"),
    "quality": _w("Qualität", "Quality"),
}
# A light is a symbol and a word, never a colour alone.
LIGHTS = {
    "green": _w("✓ grün", "✓ green"),
    "yellow": _w("! gelb", "! amber"),
    "red": _w("✗ rot", "✗ red"),
    "grey": _w("? nicht beobachtet", "? not observed"),
}
GRADES = {
    "P": _w("ohne Einschränkung erfüllt", "performed without challenges"),
    "S": _w("mit einzelnen Einschränkungen erfüllt", "performed with some challenges"),
    "M": _w("mit erheblichen Einschränkungen erfüllt", "performed with major challenges"),
    "U": _w("nicht erfüllt", "unable to be performed"),
    "n.b.": _w("nicht beobachtet", "not observed"),
}
RULES = {
    "nothing-due": _w("kein Schritt begann", "no step began"),
    "never-reached": _w(
        "ein verpflichtender Partner wurde nie erreicht", "a mandatory partner was never reached"
    ),
    "step-undone": _w(
        "ein verpflichtender Schritt blieb unerledigt", "a mandatory step was left undone"
    ),
    "share-below-60": _w("weniger als 60 % in der Frist", "less than 60 % in time"),
    "guard-open": _w(
        "eine Schutzfrage mit „nein“ ist nicht behoben",
        "a guard question answered no is not remedied",
    ),
    "share-below-95": _w("weniger als 95 % in der Frist", "less than 95 % in time"),
    "escalated-2": _w("Eskalation ab Stufe 2", "escalation to level 2 or more"),
    "unexplained": _w("Abweichung ohne Begründung", "a deviation without a reason"),
    "declined": _w("ein Partner lehnte ab", "a partner declined"),
    "wrong-data": _w("falsche Kontaktdaten", "wrong contact data"),
    "late-entries": _w("Nachträge im Protokoll", "late entries in the log"),
    "chain-broken": _w("die Prüfkette ist gebrochen", "the chain of hashes is broken"),
    "steps-late": _w("Schritte nach der Frist", "steps after their deadline"),
    "channel-failures": _w("gescheiterte oder ungewisse Versuche", "failed or uncertain attempts"),
    "check-ins-missing": _w("Rückmeldungen fehlen", "check-ins are missing"),
    "uncleared": _w("ohne Freigabe veröffentlicht", "published without clearance"),
    "count-fewer": _w("weniger gezählt, als es sein müssten", "fewer counted than there must be"),
    "count-more": _w(
        "mehr gezählt, als es sein können: eine Zahl stimmt nicht",
        "more counted than there can be: one of the numbers is wrong",
    ),
    "count-unknown": _w("nicht gezählt: eine Zahl fehlt", "not counted: a number is missing"),
    "count-withheld": _w(
        "nicht verglichen: die Zahl ist vertraulich", "not compared: the number is confidential"
    ),
    "not-in-log": _w(
        "ob es erreicht wurde, steht in keinem Protokoll: bitte selbst beurteilen",
        "whether it was met is in no log: please judge for yourselves",
    ),
    "as-planned": _w("wie vorgesehen", "as planned"),
}
# How a case stands: symbol and word together.
STATES = {
    "measured": _w("✓ quittiert", "✓ acknowledged"),
    "in-time": _w("✓ in der Frist", "✓ in time"),
    "late": _w("! verspätet", "! late"),
    "running": _w("… läuft noch", "… still running"),
    "never": _w("✗ nie erreicht", "✗ never reached"),
    "declined": _w("⊘ abgelehnt", "⊘ declined"),
    "fell-away": _w("- entfallen", "- fell away"),
    "not-asked": _w("- ohne Versuch", "- no attempt"),
    "told": _w("→ mitgeteilt", "→ told"),
    "hard": _w("hart (falsche Daten)", "hard (wrong data)"),
    "soft": _w("weich (besetzt, gestört)", "soft (busy, disturbed)"),
    "policy": _w("durch Regel verhindert", "refused by policy"),
    "uncertain": _w("ungewiss", "uncertain"),
    "corrected": _w("berichtigt", "corrected"),
}
NEED_GROUPS = {
    "information": _w("Information", "information"),
    "support": _w("Unterstützung", "support"),
    "protection": _w("Schutz", "protection"),
    "participation": _w("Beteiligung", "participation"),
}
NEED_STATES = {
    "raised": _w("… gemeldet", "… raised"),
    "assigned": _w("◐ zugesagt", "◐ assigned"),
    "met": _w("✓ gedeckt", "✓ met"),
    "unmet": _w("✗ nicht deckbar", "✗ cannot be met"),
    "duplicate": _w("- doppelt", "- duplicate"),
}
COMPLAINTS = {
    "conduct": _w("Umgang mit Menschen", "conduct towards people"),
    "delay": _w("Verzögerung", "delay"),
    "information": _w("Auskunft und Datenschutz", "information and data protection"),
    "omission": _w("Unterlassene Hilfe oder Weitergabe", "help or hand-over left undone"),
    "other": _w("Anderes", "other"),
}
CONFLICTS = {
    "status": _w("Stand widerspricht sich", "states differ"),
    "promise": _w("mehrfach zugesagt", "promised twice"),
    "band": _w("Zahlen weichen ab", "numbers differ"),
}
STATS = {
    "duration": _w("Dauer", "Duration"),
    "median": _w("Median", "Median"),
    "max": _w("Größter Wert", "Greatest"),
    "t0-median": _w("Median ab T0", "Median since T0"),
    "t0-max": _w("Größter Wert ab T0", "Greatest since T0"),
    "in-time": _w("In der Frist", "In time"),
    "never": _w("Nie erreicht", "Never reached"),
    "steps": _w("Schritte mit Eskalation", "Steps with an escalation"),
    "failed": _w("Gescheitert", "Failed"),
    "hard": _w("Hart", "Hard"),
    "soft": _w("Weich", "Soft"),
    "policy": _w("Durch Regel", "By policy"),
    "uncertain": _w("Ungewiss", "Uncertain"),
    "by-other": _w("Durch andere Funktion quittiert", "Acknowledged by another function"),
    "by-deputy": _w("davon Vertretung", "of which deputies"),
    "hard-per-contact": _w("Harte Fehler je Funktion", "Hard failures per function"),
    "verified-median": _w("Alter der Prüfung, Median", "Age of last check, median"),
    "verified-oldest": _w("Alter der Prüfung, ältestes", "Age of last check, oldest"),
    "never-verified": _w("Nie geprüfte Kanäle", "Channels never checked"),
    "received": _w("Eingegangen", "Received"),
    "late": _w("davon verspätet", "of which late"),
    "changes": _w("Änderungen der Lage", "Facts that changed"),
    "triggered": _w("Ausgelöste Schritte", "Steps set going"),
    "uncleared": _w("Ohne vollständige Freigabe veröffentlicht", "Published without clearance"),
    "left-out": _w("Ausgelassene Schritte", "Steps left out"),
    "asked-beside": _w("Anfragen außerhalb des Ablaufplans", "Asks outside the playbook"),
    "given-longer": _w("Verlängerte Fristen", "Deadlines lengthened"),
    "unexplained": _w("Ohne Begründung", "Without a reason"),
    "values": _w("Werte", "Values"),
    "largest-change": _w("Größte Änderung", "Greatest change"),
    "contradictions": _w("Widersprüche", "Contradictions"),
    "consents-given": _w("Erteilt", "Given"),
    "consents-refused": _w("Nicht erteilt", "Refused"),
    "consents-revoked": _w("Widerrufen", "Taken back"),
    "guards-yes": _w("Ja", "Yes"),
    "guards-no": _w("Nein", "No"),
    "guards-unmended": _w("davon ohne Abhilfe", "of which without a remedy"),
    "guards-unknown": _w("Offen oder nicht beantwortet", "Open or not answered"),
    "outside": _w("Außerhalb der Bürozeit", "Outside office hours"),
    "median-outside": _w("Median bis zur Quittung, außerhalb", "Median time, outside"),
    "median-inside": _w("Median bis zur Quittung, innerhalb", "Median time, inside"),
    "entries": _w("Einträge", "Entries"),
    "breaks": _w("Brüche der Prüfkette", "Breaks in the chain"),
    "late-entries": _w("Nachträge", "Late entries"),
    "corrections": _w("Berichtigungen", "Corrections"),
    **{
        f"level-{level}": _w(f"Stufe {level} erreicht", f"Level {level} reached")
        for level in range(1, 5)
    },
    "succeeded-0": _w("Quittiert ohne Eskalation", "Acknowledged without escalation"),
    **{
        f"succeeded-{level}": _w(f"Quittiert auf Stufe {level}", f"Acknowledged at level {level}")
        for level in range(1, 5)
    },
}
CHANNELS = {
    "email": _w("E-Mail", "E-mail"),
    "http": _w("HTTP", "HTTP"),
    "sms": _w("SMS", "SMS"),
    "phone-by-hand": _w("Telefon von Hand", "Telephone by hand"),
    "portal": _w("Portal", "Portal"),
}
SUBJECTS = {
    "deputy": _w("durch die Vertretung", "by the deputy"),
    "superior": _w("durch die übergeordnete Funktion", "by the superior function"),
    "other": _w("durch eine andere Funktion", "by another function"),
    "opening": _w("Auslösung", "opening"),
    **CHANNELS,
}
KINDS = {
    "incident-opened": _w("Ausgelöst", "Opened"),
    "attribute-set": _w("Lage", "Fact"),
    "consent-given": _w("Einwilligung", "Consent"),
    "consent-refused": _w(
        "Keine Einwilligung, nichts weitergegeben", "No consent, nothing passed on"
    ),
    "consent-revoked": _w("Einwilligung widerrufen", "Consent taken back"),
    "bulletin-issued": _w("Sicherheitshinweis", "Bulletin"),
    "start-moved": _w("Beginn verschoben", "Beginning moved"),
    "start-confirmed": _w("Begonnen", "Begun"),
    "occasion-came": _w("Eingetreten", "Came"),
    "decided": _w("Entscheidung", "Decision"),
    "step-held": _w("Schritt wartet, weil es gefährlich wäre", "Step held because of danger"),
    "step-obsolete": _w("Schritt gegenstandslos", "Step obsolete"),
    "step-skipped": _w("Schritt übersprungen", "Step skipped"),
    "escalated": _w("Letzte Stufe, Handauftrag an die Federführung", "Last level, task for lead"),
    "acknowledged": _w("Quittung", "Acknowledgement"),
    "answered": _w("Antwort", "Answer"),
    "attempt-ended": _w("Ergebnis eines Versuchs", "Outcome of an attempt"),
    "task-done": _w("Handauftrag erledigt", "Task done"),
    "declined": _w("Abgelehnt", "Declined"),
    "lead-offered": _w("Federführung angeboten", "Lead offered"),
    "signed": _w("Unterschrift", "Signature"),
    "published": _w("Veröffentlicht", "Published"),
    "ad-hoc-asked": _w("Zusätzliche Anfrage", "Ask outside the playbook"),
    "note-added": _w("Vermerk", "Note"),
    "stood-down": _w("Entwarnung", "Stand-down"),
    "report-drafted": _w("Bericht erstellt", "Report drafted"),
    "orchestrator-unavailable": _w("Ablaufsteuerung ausgefallen", "Orchestrator unavailable"),
    "orchestrator-restored": _w("Ablaufsteuerung wieder da", "Orchestrator restored"),
    "incident-closed": _w("Abgeschlossen", "Closed"),
    "log-restored": _w(
        "Protokoll auf einen älteren Stand zurückgesetzt (Version bis, verloren bis)",
        "Log put back to an older state (version up to, lost up to)",
    ),
    "broken-chain-accepted": _w(
        "Bruch der Prüfsummenkette, angenommen ab Version", "Broken chain, accepted from version"
    ),
    "entries-erased": _w(
        "Nach Frist gelöscht (Frist, Zahl der Einträge)",
        "Erased after its period (period, number of entries)",
    ),
    "erased": _w("Nach Frist gelöscht", "Erased after its period"),
}
DETAILS = {
    "condition": _w("Bedingung nicht mehr wahr", "condition no longer true"),
    "completed": _w("genug andere haben geantwortet", "enough others have answered"),
    "stand-down": _w("Entwarnung", "stand-down"),
    "consent": _w("Einwilligung gilt nicht mehr", "consent no longer holds"),
    "replaced": _w("durch einen neueren Hinweis ersetzt", "replaced by a newer bulletin"),
    "expired": _w("Hinweis abgelaufen", "bulletin expired"),
    "too-late": _w("zu spät, der Einsatz hat vorher begonnen", "too late, it began before"),
    "agreed": _w("zugestimmt", "agreed"),
    "remark": _w("zugestimmt mit Anmerkung", "agreed with a remark"),
    "dissent": _w("nicht zugestimmt", "not agreed"),
    "draft": _w("Entwurf", "draft"),
    "final": _w("Endfassung", "final"),
}
VALUES = {
    "unknown": _w("unbekannt", "unknown"),
    "yes": _w("ja", "yes"),
    "no": _w("nein", "no"),
}
MANDATORY = {
    "always": _w("Pflicht", "mandatory"),
    "if-true": _w("Pflicht, wenn Bedingung wahr", "mandatory if condition true"),
    "optional": _w("freiwillig", "optional"),
}
TLP = {
    0: "TLP:CLEAR",
    1: "TLP:GREEN",
    2: "TLP:AMBER",
    3: "TLP:AMBER+STRICT",
    4: "TLP:RED",
}
