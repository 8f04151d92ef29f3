"""What the log lost is part of the standing."""

from crisis.core.event import LogRestored
from crisis.core.incident import fold
from crisis.launch.status import standing
from crisis.usecases.witness import Loss
from tests.builders import T0, entries_of


def test_what_the_log_lost_is_part_of_the_standing() -> None:
    incident = fold(
        entries_of(LogRestored(upto_version=2), LogRestored(upto_version=2, lost_to=7))
    )
    gone = Loss(incident="i2", upto_version=0, lost_to=4, lost_hash="ff")

    found = standing((incident,), lost=(gone,), now=T0)

    assert found.restored == (
        "i1: lost entries 3 to ?",
        "i1: lost entries 3 to 7",
        "i2: lost entries 1 to 4",
    )
