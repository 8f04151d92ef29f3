"""What a process that runs for long tells the garbage collector."""

import gc

# New objects between two looks at the young ones; Python's own 700 suits small programs.
_YOUNG = 5_000


def spare_what_is_loaded() -> None:
    """
    Let the collector pass over whatever is loaded by now, for good, and look less often.

    A full collection looks at every object, and everything stands still meanwhile. Of the
    150,000 to 200,000 in our processes nearly all are modules, which nobody ever drops:
    0.1 to 0.25 s for nothing, often in the middle of a flood of answers (ADR 0025).
    Call it when a process has started, and again after it has imported more.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG)
