"""What is open between several parties, as lines of `crisis incident show`."""

from collections.abc import Iterator

from crisis.core.both_sides import sides
from crisis.core.clearance import Clearance, clearances
from crisis.core.incident import Incident


def joint_lines(incident: Incident) -> Iterator[str]:
    """Yield a line for each word of two sides that is half given, and for each clearance."""
    for step in incident.steps:
        given = [one.settled_at is not None for one in sides(incident, incident.step_by_id[step])]
        if given and not all(given):
            yield f"{step}: {sum(given)} of 2 sides have confirmed."
    for clearance in clearances(incident):
        yield f"{clearance.step}: {clearance.what.in_language('en')} {_stands(clearance)}."


def _stands(clearance: Clearance) -> str:
    published = clearance.published
    if published is not None:
        return f"was published{'' if published.cleared else ' without clearance'}"
    if clearance.cleared_at is not None:
        return "is cleared"
    dissents = (f"{name} does not agree" for name in clearance.dissents)
    return (
        f"is blocked, {len(clearance.signed)} of {clearance.wanted} have signed; missing: "
        f"{', '.join((*clearance.missing, *dissents))}"
    )
