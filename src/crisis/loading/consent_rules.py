"""Why each rule about policies on consent exists (codes `CP…`)."""

CONSENT_RULES: dict[str, str] = {
    "CP101": (
        "What may be handed over on which consent differs by Land (`partners.md` §2.5). A policy "
        "of no Land holds nowhere."
    ),
    "CP102": (
        "A policy names roles, as playbooks do. One that is not in the catalogue is held by "
        "nobody, and the strictest would hold instead."
    ),
    "CP103": (
        "The first rule that fits counts. One that never does may be the one that somebody "
        "relies on."
    ),
    "CP104": "Of two policies for one Land nobody can say which one counts.",
    "CP201": (
        "What no rule of the Land speaks of needs a consent in writing. That may be right; "
        "somebody should have looked it up (S5.4)."
    ),
}
