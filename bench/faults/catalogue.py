"""All kinds of fault, in the order in which the table lists them."""

from bench.faults import answers, clocks, serving, standstill, storage, storm, way_out
from bench.faults.kind import Act, Kind

ACTS: tuple[Act, ...] = (
    storm.ACT,
    serving.ACT,
    standstill.ACT,
    way_out.ACT,
    storage.ACT,
    clocks.ACT,
    answers.ACT,
)
KINDS: dict[str, Kind] = {kind.id: kind for act in ACTS for kind in act.kinds}
