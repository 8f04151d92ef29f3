"""Why each rule about agreements and what is founded on them exists (codes `AG…`)."""

AGREEMENT_RULES: dict[str, str] = {
    "AG101": (
        "An agreement is cited by its id, in playbooks, logs and reports. It is the name of its "
        "file, so that there is one of each and everybody finds it."
    ),
    "AG102": (
        "An agreement supersedes, supplements or stands beside another one that people must be "
        "able to read (S1.3, S5.10, S5.9b). One that is not in the register cannot be read."
    ),
    "AG103": "Of two agreements that supersede each other nobody can say which one counts.",
    "AG104": (
        "Parties are organisations of the contacts: a review asks them, and a report names them."
    ),
    "AG105": (
        "Ministries are renamed and moved. What they signed binds their successor (S4.2); the "
        "register follows it and says so, until somebody has written it down."
    ),
    "AG106": (
        "Roles connect a party with the steps that ask it. A role that is not in the catalogue "
        "is held by nobody (`partners.md` §2.2)."
    ),
    "AG107": (
        "A clause's id is what a step cites. Given to two clauses it would found nothing for sure."
    ),
    "AG108": "An attachment that cannot be read is none (S3.12).",
    "AG109": (
        "The SHA-256 fixes what was signed. If the file is another one today, somebody changed it "
        "without the other parties (S3.12)."
    ),
    "AG110": (
        "An agreement is signed, comes into force and ends in this order, and is reviewed after "
        "a year at the latest (S5.11)."
    ),
    "AG111": (
        "The register names functions. A name, a number or a mail address of a person would "
        "enter every incident's record and stay there for ten years."
    ),
    "AG112": "An agreement has at least two parties; one alone can only decide for itself.",
    "AG201": (
        "A playbook draws on agreements that people have signed. One that is not in the register "
        "can be shown to nobody who asks on what ground he is called at night."
    ),
    "AG202": (
        "Every step cites the clause that founds it. A clause that no agreement holds founds "
        "nothing: what the step asks for was never agreed."
    ),
    "AG203": (
        "A newer agreement took its place (S1.3). The successor may say something else about the "
        "same step, so somebody must read it and cite that."
    ),
    "AG204": (
        "An agreement that has ended, or has not begun, binds nobody; partners could rightly "
        "decline (S5.11: reviewed, adapted or ended)."
    ),
}
