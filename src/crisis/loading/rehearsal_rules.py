"""Why each rule about rehearsals exists (codes `RH…`)."""

REHEARSAL_RULES: dict[str, str] = {
    "RH101": (
        "A cue is one thing that somebody does at one moment. With none or several of "
        "`acknowledge`, `decline`, `answer`, `decide`, `set`, `call`, `sign` and `stand_down`, "
        "nobody can tell what happens first."
    ),
    "RH102": (
        "A moment names its day and zone (2026-12-18T19:24+01:00), or counts from T0 (T0+4m), "
        "or is a local time of the first day (19:24). Anything else could mean two moments."
    ),
    "RH103": (
        "A cue happens at a moment (`at`) or so long after its partner was first asked "
        "(`after`). With both or neither it has no place in the timeline."
    ),
}
