"""A playbook as a region shaped it: one layer, a bound role, a longer deadline."""

from dataclasses import replace

from crisis.core.deadline import Within
from crisis.core.layer import Binding, LongerDeadline, Overlay
from crisis.core.playbook import Playbook
from crisis.core.words import Words
from tests.builders import a_playbook, a_step, minutes

REASON = Words(de="Nachts nur über die Rufbereitschaft.", en="At night through the stand-by only.")


def a_shaped_playbook() -> Playbook:
    """Return a playbook whose step A10 has 25 minutes instead of 15, by a layer of Dresden."""
    step = a_step(within=Within(duration=minutes(25)), languages=("pl", "cs"))
    return replace(
        a_playbook(step),
        overlays=(
            Overlay(
                id="dresden",
                version="2.0.0",
                region="14612",
                title=Words(de="Stadt Dresden", en="City of Dresden"),
            ),
        ),
        bindings=(Binding(role="OHS", units=("near",), deputy="far", layer="dresden"),),
        longer=(
            LongerDeadline(
                step="A10",
                was=Within(duration=minutes(15)),
                now=Within(duration=minutes(25)),
                reason=REASON,
                layer="dresden",
            ),
        ),
    )
