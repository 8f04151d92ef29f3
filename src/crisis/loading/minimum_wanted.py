"""The minimum content of a mass-casualty playbook, part by part (`practice.md` §3.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from crisis.loading.minimum_content import Ask

_START = timedelta()
_HOURS_12 = timedelta(hours=12)
_DAY, _DAYS_3, _WEEK = timedelta(days=1), timedelta(days=3), timedelta(days=7)
_WEEKS_6, _WEEKS_12 = timedelta(weeks=6), timedelta(weeks=12)
# The anniversary, and the twelve months until which a trauma clinic may first be seen.
_TEN_MONTHS, _YEAR, _LATER = timedelta(days=300), timedelta(days=365), timedelta(days=3660)

_BENEFITS = (
    (("leistung.soziale_entschaedigung", "leistung.fallmanagement"), "social compensation"),
    (("leistung.haerte",), "hardship payments"),
    (("leistung.unfallversicherung",), "accident insurance"),
    (("leistung.verkehrsopfer",), "aid for victims of a vehicle"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One part: what is missing without it, what to write, and how many asks must be so."""

    code: str
    missing: str
    cure: str
    fits: Callable[[Ask], bool]
    times: int = 1


def _task(code: str, missing: str, cure: str, *competences: str) -> Wanted:
    """Return a part that is there once somebody is asked for a task."""
    return Wanted(code=code, missing=missing, cure=cure, fits=lambda ask: ask.may(*competences))


def _needs_asked(name: str, earliest: timedelta, latest: timedelta) -> Wanted:
    return Wanted(
        code="L-09",
        missing=f"nobody is asked for needs {name}",
        cure="add a step whose form has a field of kind needs and that begins by then",
        fits=lambda ask: ask.asks_needs and ask.between(earliest, latest),
    )


def _benefit(competences: tuple[str, ...], name: str) -> Wanted:
    missing = f"no step brings {name} where its condition holds"
    cure = f"ask who has {competences[0]}, with when: as the condition"
    return _task("L-17", missing, cure, *competences)


def _held_by_police(ask: Ask) -> bool:
    roles = ask.step.who.roles
    return bool(roles) and all(role.startswith("POL-") for role in roles)


WANTED: tuple[Wanted, ...] = (
    Wanted(
        code="L-02",
        missing="nobody decides whether it is a mass-casualty incident",
        cure="let a role with lage.entscheiden answer with expect: {decision: …}",
        fits=lambda ask: ask.decides and ask.may("lage.entscheiden"),
    ),
    Wanted(
        code="L-05",
        missing="nobody is asked for a visible reception centre and whether it is suitable",
        cure="ask who has koordination.kommune with a form that has a place and guards",
        fits=lambda ask: ask.may("koordination.kommune") and ask.asks_place and ask.guards,
    ),
    Wanted(
        code="L-06",
        missing="nobody is asked for the one number for those missing someone",
        cure="ask who has auskunft.vermisste with a form that has a guard",
        fits=lambda ask: ask.may("auskunft.vermisste") and ask.guards,
    ),
    Wanted(
        code="L-07",
        missing="no step of the police alone settles how deaths are told",
        cure="ask POL-B alone with betroffene.todesnachricht, tlp: red and a form with guards",
        fits=lambda ask: (
            ask.may("betroffene.todesnachricht")
            and _held_by_police(ask)
            and ask.step.tlp == "red"
            and ask.guards
        ),
    ),
    Wanted(
        code="L-07",
        missing="no acute care stands by when deaths are told",
        cure="ask who has akuthilfe.psychosozial with tlp: red, at the same start",
        fits=lambda ask: ask.may("akuthilfe.psychosozial") and ask.step.tlp == "red",
    ),
    _task(
        "L-08",
        "nobody is asked for a helpline",
        "ask who has oeffentlichkeit.hotline",
        "oeffentlichkeit.hotline",
    ),
    Wanted(
        code="L-08",
        missing="no public information is asked for in several languages and plain language",
        cure="ask who has oeffentlichkeit.webinfo, with languages: [en, de-LS] or more",
        fits=lambda ask: (
            ask.may("oeffentlichkeit.webinfo")
            and "de-LS" in ask.step.languages
            and len(ask.step.languages) > 1
        ),
    ),
    _needs_asked("within 24 hours", _START, _DAY),
    _needs_asked("between 24 and 72 hours", _DAY, _DAYS_3),
    _needs_asked("between 72 hours and 7 days", _DAYS_3, _WEEK),
    _needs_asked("between 7 days and 6 weeks", _WEEK, _WEEKS_6),
    Wanted(
        code="L-10",
        missing="those who were reached do not meet within 12 hours",
        cure="add a step with who: reached in … that begins by T0+12h",
        fits=lambda ask: ask.step.who.reached and ask.between(_START, _HOURS_12),
    ),
    _task(
        "L-12",
        "nobody asks for consent before contact data are used",
        "ask who has betroffene.einwilligung_einholen, before anybody is written to",
        "betroffene.einwilligung_einholen",
    ),
    _task(
        "L-13",
        "no step cares for children",
        "ask who has kinder.inobhutnahme or kinder.beratung, with when: as the condition",
        "kinder.",
    ),
    _task(
        "L-13",
        "no step cares for a school",
        "ask who has schule.krisenteam, with when: as the condition",
        "schule.krisenteam",
    ),
    _task(
        "L-14",
        "consulates are not informed",
        "ask who has konsular.ausland, with when: as the condition",
        "konsular.ausland",
    ),
    _task(
        "L-14",
        "nobody asks for interpreters",
        "ask who has sprache.dolmetschen, with when: as the condition",
        "sprache.dolmetschen",
    ),
    Wanted(
        code="L-14",
        missing="the commissioners of other Länder are not asked",
        cure="ask OB-X, with when: as the condition",
        fits=lambda ask: "OB-X" in ask.step.who.roles,
    ),
    Wanted(
        code="L-15",
        missing="no step reaches the community that was targeted",
        cure="ask REL and RAA (seelsorge, beratung.rechte_gewalt), with when: as the condition",
        fits=lambda ask: ask.may("seelsorge", "beratung.rechte_gewalt") and ask.conditional,
    ),
    _task("L-16", "no hospital is asked", "ask who has medizin.sozialdienst", "medizin."),
    *(_benefit(competences, name) for competences, name in _BENEFITS),
    Wanted(
        code="L-18",
        missing="nobody is named who owns donations and volunteers",
        cure="ask with a form who owns them, and cite L-18 in its basis",
        fits=lambda ask: "L-18" in ask.step.basis and bool(ask.fields),
    ),
    _task(
        "L-19",
        "nobody cares for the responders",
        "ask who has akuthilfe.einsatzkraefte",
        "akuthilfe.einsatzkraefte",
    ),
    Wanted(
        code="L-20",
        missing="nothing keeps public words back until all have signed",
        cure="let who has oeffentlichkeit.… sign: expect: {sign_off: {publishes: …}}",
        fits=lambda ask: ask.clears and ask.may("oeffentlichkeit."),
    ),
    Wanted(
        code="L-21",
        missing="no ceremony waits for the relatives",
        cure="ask who has gedenken.organisieren with a form that has guards",
        fits=lambda ask: ask.may("gedenken.organisieren") and ask.guards,
    ),
    Wanted(
        code="L-21",
        missing="bills, ceremonies and belongings are not all guarded",
        cure="three steps with forms that have guards, each with L-21 in its basis",
        fits=lambda ask: ask.guards and "L-21" in ask.step.basis,
        times=3,
    ),
    Wanted(
        code="L-22",
        missing="acute care does not hand over to regular care",
        cure="let both confirm (akuthilfe.psychosozial and beratung.…): expect: {both_confirm: …}",
        fits=lambda ask: (
            ask.is_hand_over and ask.may("akuthilfe.psychosozial") and ask.may("beratung.")
        ),
    ),
    Wanted(
        code="L-23",
        missing="nobody plans the anniversary",
        cure="ask who has gedenken.organisieren between T0+300d and T0+365d",
        fits=lambda ask: ask.may("gedenken.organisieren") and ask.between(_TEN_MONTHS, _YEAR),
    ),
    Wanted(
        code="L-23",
        missing="nobody is reminded before the limit of twelve months runs out",
        cure="ask who has beratung.opferhilfe or therapie.trauma_akut, T0+300d to T0+365d",
        fits=lambda ask: (
            ask.may("beratung.", "therapie.trauma_akut") and ask.between(_TEN_MONTHS, _YEAR)
        ),
    ),
    Wanted(
        code="L-23",
        missing="it ends before the first anniversary has passed",
        cure="add a step after T0+365d that closes it or goes on",
        fits=lambda ask: ask.between(_YEAR, _LATER),
    ),
    Wanted(
        code="L-24",
        missing="no reflection report is due six to twelve weeks after T0",
        cure="add a step with expect: report and within: T0+45d",
        fits=lambda ask: ask.step.expect == "report" and ask.done_between(_WEEKS_6, _WEEKS_12),
    ),
    Wanted(
        code="L-25",
        missing="no decision can end it as a false alarm",
        cure="give one option of a decision stands_down: true",
        fits=lambda ask: ask.stands_down,
    ),
    Wanted(
        code="L-25",
        missing="nothing begins when the facts change",
        cure="give steps conditions (when:) on what the incident turns out to be",
        fits=lambda ask: ask.conditional,
    ),
)
