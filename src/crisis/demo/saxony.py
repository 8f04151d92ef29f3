"""The exercise of `sn-mass-casualty`: the Friday evening before Christmas of §7.4, in Dresden."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from crisis.core.availability import ZONE
from crisis.demo import cast
from crisis.demo.script import Cue, Scene, Script
from crisis.demo.summary import Shown

OCCURRED = datetime(2026, 12, 18, 19, 2, tzinfo=ZONE)


def _learn(name: str, value: str, *, after: timedelta) -> Cue:
    def act(scene: Scene) -> str:
        said = {"f-value": value, "f-source": "POL-FLZ"}
        scene.press_desk(f"/facts/{name}", "set", said)
        return f"now known: {name} = {value}"

    return Cue(after=after, act=act)


def _promises(shown: Shown) -> Iterator[tuple[str, bool]]:
    levels = {rise.level for o in shown.incident.obligations.values() for rise in o.rises}
    states = {o.state.value for o in shown.incident.obligations.values()}
    yield "escalations up to the lead", levels >= {1, 2, 3, 4}
    yield "a partner who declines", "declined" in states
    yield "a partner who is never reached", "handed_to_person" in states


SAXONY = Script(
    playbook="sn-mass-casualty",
    region="14612",
    occurred_at=OCCURRED,
    triggered_at=OCCURRED + timedelta(minutes=18),
    attributes={"kind_of_event": "unclear", "suspected_crime": "no"},
    cast=cast,
    cues=(
        _learn("kind_of_event", "extremism", after=timedelta(minutes=75)),
        _learn("suspected_crime", "yes", after=timedelta(minutes=80)),
    ),
    promises=_promises,
    bouncing=cast.BOUNCING,
)
