"""Why each rule about overlays exists (codes `OV…` and `L-OVERLAY-…`)."""

OVERLAY_RULES: dict[str, str] = {
    "OV101": (
        "An overlay is named in reports and pages by its id. If the file's name differs, people "
        "open one overlay and talk about another."
    ),
    "OV201": (
        "An overlay shapes a playbook that exists. Laid over nothing, it would change nothing, "
        "and nobody would notice."
    ),
    "OV202": (
        "A change to a step or phase that the playbook does not have would be lost in silence: "
        "the region would believe its deadline is in force."
    ),
    "OV203": (
        "A playbook of Saxony cannot be shaped by a region outside Saxony; the overlay would "
        "never be used."
    ),
    "OV204": (
        "Of two overlays for the same region and playbook nobody can say which one counts. "
        "Layers lie in the order Bund, Land, district (S5.9)."
    ),
    "L-OVERLAY-SCHWAECHT": (
        "The agreement is „Ausgangspunkt für die jeweilige Ausgestaltung … auf regionaler und "
        "örtlicher Ebene“ (S5.9): a region may add and tighten. What partners agreed for "
        "everywhere, it may not take back by itself: no binding step removed or weakened, no "
        "deadline longer without a reason, no label lowered."
    ),
    "L-OVERLAY-FRIST": (
        "A region lengthened a deadline and gave its reason. That is permitted, and shown "
        "wherever the deadline counts, so that partners and reviewers can object (S5.9, S5.11)."
    ),
}
