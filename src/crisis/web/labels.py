"""The words and symbols for the house's own terms; a colour never says anything alone."""

from crisis.core.asked import TOO_LATE
from crisis.core.contact import ChannelKind, Tlp
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Purpose, TaskKind, Via
from crisis.core.obligation import ObligationState
from crisis.web.texts import Texts, msg

# Symbol and word per state.
STATES = {
    ObligationState.PENDING: ("○", msg("vorgemerkt")),
    ObligationState.ASKING: ("…", msg("angefragt, noch keine Antwort")),
    ObligationState.ACKNOWLEDGED: ("✓", msg("übernommen")),
    ObligationState.ANSWERED: ("✔", msg("beantwortet")),
    ObligationState.TOLD: ("→", msg("mitgeteilt; keine Antwort nötig")),
    ObligationState.DECLINED: ("✕", msg("abgelehnt")),
    ObligationState.HANDED_TO_PERSON: ("☎", msg("in der Hand der Federführung")),
    ObligationState.OBSOLETE: ("⊘", msg("gegenstandslos")),
    ObligationState.UNKNOWN: ("?", msg("Zustellung ungewiss")),
    ObligationState.OVERDUE: ("!", msg("überfällig")),
}
# What needs eyes first stands first on the board.
URGENCY = (
    ObligationState.OVERDUE,
    ObligationState.UNKNOWN,
    ObligationState.HANDED_TO_PERSON,
    ObligationState.DECLINED,
    ObligationState.ASKING,
    ObligationState.PENDING,
    ObligationState.ACKNOWLEDGED,
    ObligationState.ANSWERED,
    ObligationState.TOLD,
    ObligationState.OBSOLETE,
)
INCIDENT_STATES = {
    "open": msg("läuft"),
    "stood-down": msg("Entwarnung gegeben"),
    "closed": msg("abgeschlossen"),
}
OUTCOMES = {
    None: msg("unterwegs"),
    OutcomeKind.ACCEPTED: msg("angenommen"),
    OutcomeKind.REJECTED: msg("abgewiesen"),
    OutcomeKind.DEFERRED: msg("vertagt"),
    OutcomeKind.UNKNOWN: msg("ungewiss"),
}
PURPOSES = {
    Purpose.ASK: msg("Anfrage"),
    Purpose.REPEAT: msg("Wiederholung"),
    Purpose.REMIND: msg("Erinnerung"),
    Purpose.CHASE: msg("Bitte um Nachfassen"),
    Purpose.TASK: msg("Aufgabe"),
    Purpose.OBSOLETE: msg("gegenstandslos"),
    Purpose.STAND_DOWN: msg("Entwarnung"),
    Purpose.WITHDRAWN: msg("Widerruf einer Einwilligung"),
}
VIAS = {
    Via.PAGE: msg("über die Seite"),
    Via.PHONE: msg("am Telefon"),
    Via.DESK: msg("am Tisch der Federführung"),
    Via.HUB: msg("vom Verteiler eingetragen"),
}
TASKS = {
    TaskKind.PHONE: msg("Bitte anrufen"),
    TaskKind.OTHER_WAY: msg("Niemand hat geantwortet: anderen Weg suchen"),
    TaskKind.DECLINED: msg("Abgelehnt: neu vergeben"),
    TaskKind.GUARD: msg("Schutzfrage mit Nein beantwortet"),
    TaskKind.QUESTION: msg("Noch unbekannt: bitte klären"),
    TaskKind.GAP: msg("Rolle in der Region nicht besetzt"),
    TaskKind.NEED: msg("Bedarf seit vier Stunden ohne Zusage"),
    TaskKind.DISSENT: msg("Nicht einverstanden: bitte klären"),
    TaskKind.START: msg("Hat es begonnen? Beginn bestätigen oder verschieben"),
}
UNTOLD = msg("Nicht mitgeteilt: anderen Weg suchen")
RESULTS = {
    "reached": msg("erreicht"),
    "wrong-number": msg("falsche Nummer"),
    "no-answer": msg("keine Antwort"),
    "done": msg("erledigt"),
}
COMPLAINTS = {
    "made": msg("Eine Beschwerde zu diesem Lauf ging an die Beschwerdestelle."),
    "closed": msg("Die Beschwerdestelle hat eine Beschwerde zu diesem Lauf abgeschlossen."),
}
VERDICTS = {
    "agreed": msg("Ich stimme zu"),
    "remark": msg("Ich stimme zu, mit Anmerkung"),
    "dissent": msg("Ich stimme nicht zu"),
}
DECISION_BY_DEFAULT = msg("nach Ablauf der Frist, ohne Entscheidung einer Person")
NOBODY = msg("niemand")
TRISTATE = {"yes": msg("ja"), "no": msg("nein"), "unknown": msg("noch offen")}
BANDS = {
    "1-4": msg("1 bis 4"),
    "5-19": msg("5 bis 19"),
    "20-99": msg("20 bis 99"),
    "100+": msg("100 oder mehr"),
}
# The columns of a row of needs, in the order of form F5, with the words they may hold.
NEEDS = {
    "group": (
        msg("Art des Bedarfs"),
        {
            "information": msg("Information"),
            "support": msg("Unterstützung"),
            "protection": msg("Schutz"),
            "participation": msg("Beteiligung"),
        },
    ),
    "code": (msg("Was wird gebraucht?"), {}),
    "region": (msg("Wo? (Kreis oder Ort)"), {}),
    "band": (msg("Für wie viele Menschen?"), BANDS),
    "urgency": (
        msg("Wie dringend?"),
        {"now": msg("sofort"), "days": msg("in Tagen"), "weeks": msg("in Wochen")},
    ),
    "language": (msg("In welcher Sprache?"), {}),
    "status": (
        msg("Stand"),
        {
            "open": msg("offen"),
            "promised": msg("zugesagt"),
            "met": msg("gedeckt"),
            "unmet": msg("nicht deckbar"),
            "duplicate": msg("steht schon woanders"),
        },
    ),
    "promised_by": (msg("Zugesagt von (Organisation)"), {}),
}
CHANNELS = {
    ChannelKind.EMAIL: msg("E-Mail"),
    ChannelKind.HTTP: msg("Datenweg (HTTP)"),
    ChannelKind.SMS: msg("SMS"),
    ChannelKind.PHONE_BY_HAND: msg("Anruf von Hand"),
    ChannelKind.PORTAL: msg("Portal"),
}
# What the labels of the Traffic Light Protocol 2.0 allow, for people who do not know them.
TLP = {
    Tlp.CLEAR: msg("darf veröffentlicht werden"),
    Tlp.GREEN: msg("unter den beteiligten Stellen, nicht öffentlich"),
    Tlp.AMBER: msg("nur in Ihrer Stelle und bei denen, für die sie arbeitet"),
    Tlp.AMBER_STRICT: msg("nur in Ihrer Stelle und nur, wer es wissen muss"),
    Tlp.RED: msg("nur für Sie"),
}
TOO_LATE_WORDS = msg("zu spät, der Einsatz hat vorher begonnen")
OBSOLETE = {
    "condition": msg("Die Voraussetzung ist weggefallen."),
    "completed": msg("Andere haben die Aufgabe bereits erfüllt."),
    "stand-down": msg("Es wurde Entwarnung gegeben."),
    "consent": msg("Die Einwilligung gilt nicht mehr."),
    "replaced": msg("Ein neuerer Hinweis ist an seine Stelle getreten."),
    "expired": msg("Der Hinweis ist abgelaufen."),
    "skipped": msg("Die Federführung hat diesen Schritt ausgelassen."),
}


def skipped_words(reason: str, say: Texts) -> str:
    """Return why a step was left out: in the lead's words, or that T0 came first."""
    return say(TOO_LATE_WORDS) if reason == TOO_LATE else reason
