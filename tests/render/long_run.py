"""An exercise of six weeks, written by hand: seventeen partners, some late, some silent."""

from datetime import date, datetime, timedelta

from crisis.core import event as ev
from crisis.core.delivery import OutcomeKind
from crisis.core.event import TaskKind
from crisis.core.playbook import (
    DecisionOption,
    ExpectAnswer,
    Expectation,
    ExpectDecision,
    ExpectReport,
    ExpectSignOff,
    Mandatory,
    Phase,
    Step,
)
from crisis.core.words import Words
from tests.report_log import T0, Pen, a_directory, a_partner, a_playbook, a_step

PARTNERS = {
    "ob-l": "Opferbeauftragte Sachsen, Dienst",
    "pol-flz": "Führungs- und Lagezentrum der Polizei",
    "irls": "Rettungsleitstelle Dresden",
    "psnv-lz": "Landeszentralstelle PSNV",
    "pol-os": "Opferschutz der Polizeidirektion",
    "ohs": "Opferhilfe Sachsen, Geschäftsstelle",
    "wr": "WEISSER RING, Landesbüro Sachsen",
    "bob": "Bundesopferbeauftragter, Geschäftsstelle",
    "kobe": "Koordinierungsstelle Betroffene (BKA)",
    "krs": "Landeshauptstadt Dresden, Verwaltungsstab",
    "sta": "Generalstaatsanwaltschaft, Opferschutz",
    "past": "Personenauskunftsstelle",
    "dol": "Dolmetschpool Sachsen",
    "rel": "Notfallseelsorge der Kirchen",
    "raa": "RAA Sachsen, Opferberatung",
    "ja": "Jugendamt Dresden",
    "ta": "Traumaambulanz Dresden",
}
FORM = ExpectAnswer(form="f5")
CORE = tuple(p for p in PARTNERS if p not in {"sta", "past"})


def _m(count: float) -> timedelta:
    return timedelta(minutes=count)


def _step(
    step_id: str, de: str, en: str, *, expect: Expectation | None = None, check_in: bool = False
) -> Step:
    optional = {"A14", "A15", "A17", "A24", "A26", "A27"}
    return a_step(
        step_id,
        title=Words(de=de, en=en),
        expect=expect,
        mandatory=Mandatory.IF_TRUE if step_id in optional else Mandatory.ALWAYS,
        check_in=check_in,
    )


def _phases() -> tuple[Phase, ...]:
    options = (
        DecisionOption(id="yes", label=Words(de="ja", en="yes")),
        DecisionOption(id="unclear", label=Words(de="unklar", en="unclear")),
    )
    decision = ExpectDecision(options=options, default="unclear", default_at=_m(40))
    wave = {
        "A10": ("PSNV-Kapazität prüfen", "Check crisis support capacity"),
        "A11": ("Polizeilichen Opferschutz entsenden", "Send police victim liaison"),
        "A12": ("Kontaktaufnahme Opferhilfe", "Contact Opferhilfe"),
        "A13": ("Kontaktaufnahme WEISSER RING", "Contact WEISSER RING"),
        "A14": ("Bundesopferbeauftragten verständigen", "Inform the federal commissioner"),
        "A15": ("Koordinierungsstelle BKA verbinden", "Connect the BKA liaison"),
        "A16": ("Verwaltungsstab: Ansprechfunktion", "District staff: name a contact"),
        "A17": ("Opferschutz der Staatsanwaltschaft", "Prosecution: victim protection"),
    }
    return (
        Phase(
            id="alarm",
            title=Words(de="Alarm und Feststellung", en="Alarm and determination"),
            steps=(
                _step("A01", "Dienst übernimmt", "Duty takes over"),
                _step("A02", "Lagezahlen der Polizei", "Police figures", expect=FORM),
                _step("A03", "PSNV alarmiert?", "Crisis support alerted?", expect=FORM),
                _step("A04", "Feststellung Großschadenslage", "Determination", expect=decision),
            ),
        ),
        Phase(
            id="wave",
            title=Words(de="Kontaktwelle 1", en="Contact wave 1"),
            steps=(
                *(_step(step, de, en) for step, (de, en) in wave.items()),
                _step("A20", "Erste Lageabstimmung", "First coordination", expect=FORM),
            ),
        ),
        Phase(
            id="arrival",
            title=Words(de="Ankommen", en="Arrival"),
            steps=(
                _step("A21", "Anlaufstelle sichtbar und geeignet?", "Centre fit?", expect=FORM),
                _step("A22", "Rufnummer für Vermissende", "Number for the missing", expect=FORM),
                _step("A24", "Dolmetschen", "Interpreting", expect=FORM),
                _step("A26", "Verbindung zur Gemeinschaft", "Community liaison"),
                _step("A27", "Kinder und Schule", "Children and school"),
            ),
        ),
        Phase(
            id="hours",
            title=Words(de="Bis 72 Stunden", en="Up to 72 hours"),
            steps=(
                _step("A36", "Kernstab 1", "Core staff 1", expect=FORM),
                _step("A40", "Bedarfs-Check-in 1", "Check-in 1", expect=FORM, check_in=True),
                _step("A56", "Bedarfs-Check-in 2", "Check-in 2", expect=FORM, check_in=True),
            ),
        ),
        Phase(
            id="weeks",
            title=Words(de="Wochen danach und Reflexion", en="Weeks after, and reflection"),
            steps=(
                _step("A60", "Runder Tisch 1", "Round table 1", expect=FORM),
                _step("A61", "Kurzreflexion", "Short reflection", expect=FORM, check_in=True),
                _step("A70", "Reflexionsbericht, Entwurf", "Report, draft", expect=ExpectReport()),
                _step("A71", "Stellungnahmen", "Statements", expect=FORM),
                _step("A72", "Bericht, Endfassung", "Report, final", expect=ExpectSignOff()),
            ),
        ),
    )


def _reply(pen: Pen, at: datetime, step: str, partner: str, *, forms: bool) -> None:
    if forms:
        pen.answer(at, step, partner)
    else:
        pen.acknowledge(at, step, partner)


def _alarm(pen: Pen) -> None:
    pen.open(
        T0, occurred_at=T0 - _m(18), attributes={"art": "unklar", "tatverdacht": "no", "tote": 0}
    )
    for step, partner, due, taken in (
        ("A01", "ob-l", 10, 4),
        ("A02", "pol-flz", 20, 11),
        ("A03", "irls", 15, 8),
    ):
        pen.start(T0, step, partner, due_at=T0 + _m(due))
        pen.attempt(T0 + _m(0.2), step, partner)
        _reply(pen, T0 + _m(taken), step, partner, forms=step != "A01")
    pen.start(T0 + _m(8), "A04", "ob-l", due_at=T0 + _m(18))
    pen.attempt(T0 + _m(8), "A04", "ob-l")
    decided = ev.Decided(
        step="A04",
        option="unclear",
        reason="Lage unübersichtlich, mehrere Verletzte, Tatfahrzeug",
        by_default=False,
        happened_at=T0 + _m(20),
    )
    pen.write(T0 + _m(21), decided, actor="ada")


def _wave(pen: Pen) -> None:
    begin, due = T0 + _m(21), T0 + _m(36)
    asked = {
        "A10": ("psnv-lz", 3, 0),
        "A11": ("pol-os", 8, 1),
        "A12": ("ohs", 12, 2),
        "A13": ("wr", 29, 4),
        "A14": ("bob", 18, 3),
        "A15": ("kobe", 3, 0),
        "A16": ("krs", 0, 4),
    }
    for step, (partner, _, _) in asked.items():
        pen.start(begin, step, partner, due_at=due)
    for step, (partner, taken, highest) in asked.items():
        if step == "A15":
            pen.attempt(begin, step, partner, outcome=OutcomeKind.REJECTED, code="wrong-number")
        pen.attempt(begin, step, partner, channel=f"{partner}-desk-mail" if step == "A15" else "")
        for level in range(1, highest + 1):
            at = begin + _m(5 * level)
            pen.rise(at, step, partner, level)
            pen.attempt(at, step, partner, level=level, channel=f"{partner}-desk-mail")
        if taken > 15 or not taken:
            pen.overdue(due, step, partner)
        contact = "ohs-deputy" if step == "A12" else ""
        if taken:
            pen.acknowledge(begin + _m(taken), step, partner, contact=contact)
    task = ev.TaskRaised(
        task="A16-krs-way", task_kind=TaskKind.OTHER_WAY, step="A16", partner="krs"
    )
    pen.write(begin + _m(20), task)
    changed = begin + _m(59)
    for name, value in (("tatverdacht", "yes"), ("art", "extremismus"), ("tote", 2)):
        pen.write(
            changed,
            ev.AttributeSet(
                attribute=name, value=value, source="Lagezentrum", happened_at=changed
            ),
        )
    pen.start(changed, "A17", "sta", due_at=changed + _m(60))
    pen.attempt(changed, "A17", "sta")
    pen.acknowledge(changed + _m(14), "A17", "sta", recorded_at=changed + _m(40))


def _round(  # noqa: PLR0913 -- one call per round of the run
    pen: Pen,
    step: str,
    partners: tuple[str, ...],
    *,
    start: timedelta,
    within: timedelta,
    late: tuple[str, ...] = (),
    silent: tuple[str, ...] = (),
    declined: tuple[str, ...] = (),
) -> None:
    begin, due = T0 + start, T0 + start + within
    pen.start(begin, step, *partners, due_at=due)
    for partner in partners:
        pen.attempt(begin, step, partner, outside=False)
    told = [p for p in partners if p not in {*late, *silent, *declined}]
    for place, partner in enumerate(told, start=1):
        _reply(
            pen,
            begin + within * place / (len(told) + 1),
            step,
            partner,
            forms=step not in {"A26", "A27"},
        )
    for partner in declined:
        pen.decline(begin + within / 2, step, partner, reason="nicht zuständig für diese Frage")
    for partner in (*late, *silent):
        pen.rise(begin + within / 2, step, partner, 1)
        pen.rise(begin + within * 3 / 4, step, partner, 2)
        pen.overdue(due, step, partner)
    for partner in late:
        _reply(pen, due + within / 3, step, partner, forms=step not in {"A26", "A27"})


def six_weeks() -> Pen:
    """Return the log from the opening to the partners' statements."""
    partners = [a_partner(p, name=name) for p, name in PARTNERS.items()]
    partners[0] = a_partner("ob-l", name=PARTNERS["ob-l"], roles=("ob-l",))
    pen = Pen(a_playbook(*_phases()), a_directory(*partners, verified=date(2026, 10, 2)))
    hour, day = timedelta(hours=1), timedelta(days=1)
    _alarm(pen)
    _wave(pen)
    _round(pen, "A20", ("psnv-lz", "ohs", "wr"), start=_m(90), within=_m(30))
    _round(pen, "A21", ("krs", "psnv-lz"), start=_m(90), within=_m(30), silent=("krs",))
    _round(pen, "A22", ("pol-flz", "past"), start=_m(90), within=_m(30), late=("past",))
    _round(pen, "A24", ("dol",), start=2 * hour, within=2 * hour)
    _round(pen, "A26", ("rel", "raa"), start=3 * hour, within=hour, declined=("raa",))
    _round(pen, "A27", ("ja",), start=3 * hour, within=hour)
    _round(pen, "A36", CORE[:6], start=10 * hour, within=2 * hour)
    guard = ev.TaskRaised(
        task="guard-room", task_kind=TaskKind.GUARD, step="A21", partner="psnv-lz", subject="room"
    )
    pen.write(T0 + 12 * hour, guard)
    note = ev.NoteAdded(text="Schichtwechsel der Federführung", happened_at=T0 + 13 * hour)
    pen.write(T0 + 13 * hour, note, actor="bo")
    _round(pen, "A40", CORE, start=20 * hour, within=4 * hour, late=("wr", "ta"), silent=("krs",))
    outage = ev.OrchestratorUnavailable(reason="keine Antwort")
    pen.write(T0 + 30 * hour, outage)
    pen.write(T0 + 30 * hour + _m(9), ev.OrchestratorRestored())
    _round(pen, "A56", CORE, start=68 * hour, within=4 * hour)
    _round(pen, "A60", CORE, start=7 * day, within=8 * hour)
    _round(pen, "A61", CORE, start=7 * day, within=3 * day, late=("ja",), silent=("bob",))
    draft = T0 + 42 * day
    pen.start(draft, "A70", "ob-l", due_at=draft + 3 * day)
    drafted = ev.ReportDrafted(
        step="A70", status="draft", log_to=len(pen.entries), digest="d" * 64, run="bright-owl"
    )
    pen.write(draft + _m(1), drafted)
    _round(pen, "A71", CORE, start=42 * day + _m(2), within=21 * day)
    return pen
