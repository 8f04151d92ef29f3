"""
The exercise of `bpol-kok-control`: a check in Dresden at night, three suspected cases.

The station leads, the counselling centre keeps what it is told. One person does not
consent, one does and takes it back, one does and lets it stand; help goes on for all.
What is only spoken is only spoken, and nothing comes out before all have signed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from crisis.core.availability import ZONE
from crisis.demo.cast import Call, Reaction
from crisis.demo.script import Cue, Scene, Script
from crisis.demo.trafficking_seen import facts, promises

OCCURRED = datetime(2027, 3, 2, 22, 0, tzinfo=ZONE)
CENTRE, STATION, UMBRELLA = "fbs-kobranet", "bpol-inspektion-dresden", "kok-geschaeftsstelle"
NEXT_LEAD = "bpol-dresden-dienstgruppe"
# What the counselling centre writes for its own eyes and the umbrella's; nobody else may hear it.
IN_CONFIDENCE = "Kranichzug-Sieben"
# What is told by word of mouth; the calls lie on the station's desk until somebody makes them.
_SPOKEN = frozenset({"B11", "B12", "B26", "B30"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """Who answers when in this exercise (a `Cast`); the centre confides `mark` to its own."""

    mark: str

    def reaction_to(
        self, step: str, partner: str, *, first: bool, decides: bool
    ) -> Reaction | None:
        """Return what a contact does; at the immigration office the deputy does it."""
        del decides
        if step.startswith("B28") and first:
            return None
        if step.startswith("B31"):
            after = timedelta(minutes=150 if partner == UMBRELLA else 12)
            return Reaction(after=after, buttons=("sign",), wanted={"verdict": "agreed"})
        confided = _confided(self.mark) if partner == CENTRE else {}
        return Reaction(
            after=timedelta(minutes=4 + len(partner) % 5),
            buttons=("acknowledge", "answer", "sign"),
            wanted={**_OPENLY, **confided},
        )

    def member_answers(self, member: str) -> timedelta:
        """Return how long after its hub took over a member answers."""
        return timedelta(minutes=10 + len(member) % 5)

    def call_about(self, step: str, contact: str, *, n: int) -> Call | None:
        """Return how a call ends: whom only a call may tell is reached, others write back."""
        del contact, n
        if step.partition(".")[0] in _SPOKEN:
            return Call(after=timedelta(minutes=6), result="reached")
        return Call(after=timedelta(minutes=2), result="no-answer")


_OPENLY: Mapping[str, str] = {
    "f-told": "1-4",
    "f-languages": "Rumänisch\nBulgarisch",
    "f-not_possible": "",
    "f-capacity": "enough",
    "f-capacity_free": "2",
    "f-obstacles": "",
    "f-position": "agreed",
    "verdict": "agreed",
}


def _confided(mark: str) -> Mapping[str, str]:
    return {
        "f-offered": "1-4",
        "f-accepted": "1-4",
        "f-declined": "1-4",
        "f-needs-0-group": "protection",
        "f-needs-0-code": mark,
        "f-needs-0-band": "1-4",
        "f-needs-0-urgency": "now",
        "f-needs-0-status": "open",
        "f-obstacles": f"{mark}: bitte nicht weitergeben",
    }


def _fact(name: str, value: str, *, source: str) -> Callable[[Scene], str]:
    def act(scene: Scene) -> str:
        scene.press_desk(f"/facts/{name}", "set", {"f-value": value, "f-source": source})
        said = ", ".join(value.split("\n"))
        return f"entered on the incident's page: {name} = {said}"

    return act


def _consent(button: str, scope: str) -> Callable[[Scene], str]:
    def act(scene: Scene) -> str:
        wanted = {
            "consent-scope": scope,
            "consent-recipient": STATION,
            "consent-days": "90",
            "consent-form": "oral",
        }
        scene.press_page("B21", CENTRE, button, wanted)
        code = list(scene.incident.consents)[-1]
        done = "no consent" if button == "consent-refuse" else "consent"
        return f"{CENTRE}: {code}, {done} to {scope}"

    return act


def _revoke(code: str) -> Callable[[Scene], str]:
    def act(scene: Scene) -> str:
        scene.press_page("B21", CENTRE, "consent-revoke", {"consent": code})
        return f"{CENTRE}: {code} is taken back"

    return act


def _publish(scene: Scene) -> str:
    if "publish" not in scene.desk_buttons("/publications/B31"):
        return "B31: not published, somebody has not signed yet"
    scene.press_desk("/publications/B31", "publish", {"f-when": ""})
    return "B31: published, all have signed"


def _hand_over(scene: Scene) -> str:
    wanted = {"f-to": NEXT_LEAD, "f-reason": "Schichtwechsel am Morgen", "f-minutes": "60"}
    scene.press_desk("/lead", "hand-over", wanted)
    return f"the lead is offered to {NEXT_LEAD}"


def _after(hours: float, act: Callable[[Scene], str]) -> Cue:
    return Cue(after=timedelta(hours=hours), act=act)


def trafficking(mark: str) -> Script:
    """Return the exercise; `mark` is what the counselling centre writes for its own alone."""
    return Script(
        playbook="bpol-kok-control",
        region="14612",
        occurred_at=OCCURRED,
        triggered_at=OCCURRED + timedelta(minutes=10),
        attributes={
            "cause": "spontaneous",
            "presumed_minors": "no",
            "third_country": "yes",
            "labour_exploitation": "no",
        },
        cast=Night(mark=mark),
        cues=(
            _after(0.1, _fact("languages", "ro\nbg", source="Einsatzleitung")),
            _after(0.2, _fact("suspected_cases", "3", source="Einsatzleitung")),
            _after(2.5, _consent("consent-refuse", "findings")),
            _after(2.6, _consent("consent-give", "findings")),
            _after(3.0, _consent("consent-give", "security")),
            _after(5.0, _revoke("E-02")),
            _after(9.0, _hand_over),
            _after(35.0, _fact("publications", "1", source="Pressestelle")),
            _after(36.0, _publish),
            _after(39.5, _publish),
        ),
        promises=promises,
        facts=facts,
        confided=mark,
        keepers=frozenset({"FBS", "KOK"}),
    )


TRAFFICKING = trafficking(IN_CONFIDENCE)
