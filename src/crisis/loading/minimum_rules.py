"""Why each rule about the minimum content of a mass-casualty playbook exists (`L-nn`)."""

from collections.abc import Mapping

MINIMUM_RULES: dict[str, str] = {
    "L-02": (
        "Somebody must decide that it is a mass-casualty incident (S2.4); until a person with "
        "that task does, everybody waits for everybody."
    ),
    "L-05": (
        "After Breitscheidplatz people drove from hospital to hospital. A visible place, with a "
        "room that suits, is asked for first (S2.8)."
    ),
    "L-06": (
        "One number for those missing someone, and published: otherwise every office is called, "
        "and none knows (S2.8)."
    ),
    "L-07": (
        "Deaths are told by the police alone, one by one, with acute care beside them. In Hanau "
        "they were read out to a whole group. What was said is never stored (S2.8)."
    ),
    "L-08": (
        "Help that people cannot find or read is none: a helpline and public information, in "
        "their languages and in plain language (S5.P9, S5.P2)."
    ),
    "L-09": (
        "Needs change, and are asked for within 24 hours, 72 hours, 7 days and 6 weeks, so that "
        "partners can align on them (S2.7)."
    ),
    "L-10": (
        "Those who were reached meet within twelve hours (OVC toolkit; S2.7); later each has "
        "already begun alone."
    ),
    "L-11": (
        "Referring somebody needs somewhere to refer to: the catalogue of services holds, for "
        "the region, help for each of the four needs of S5.P1 (S2.8)."
    ),
    "L-12": (
        "Contact data pass on consent (S5.4; the law of most Länder), so somebody asks for it "
        "before anybody is written to."
    ),
    "L-13": (
        "Children at a reception centre, and a school on the next morning, are nobody's unless "
        "a step makes them somebody's (S1.5)."
    ),
    "L-14": (
        "Victims live elsewhere or come from abroad: consulates, interpreters and the "
        "commissioners of other Länder belong to the response (S5.P9)."
    ),
    "L-15": (
        "An attack on a group reaches all who belong to it. In Hanau no imam was there; the "
        "community and its counsellors are asked (S2.13)."
    ),
    "L-16": "Many victims are in hospital and learn there what help exists, or nowhere (S2.8).",
    "L-17": (
        "Benefits depend on how it happened: social compensation, hardship payments, accident "
        "insurance, aid for victims of a vehicle. Each is brought by its condition (S2.8)."
    ),
    "L-18": (
        "Donations and volunteers come by themselves. Without an owner they become a second "
        "incident (S2.3)."
    ),
    "L-19": "Those who helped carry it too; somebody looks after them (S2.8).",
    "L-20": ("One voice: nothing is public before all who must have signed (S5.7)."),
    "L-21": (
        "Bills for a post-mortem, a ceremony before relatives knew, belongings in a bag: harm "
        "done a second time, by offices. A guard asks before it happens (S5.P1)."
    ),
    "L-22": (
        "Acute care ends after days. Both sides confirm the hand-over, so that nobody falls "
        "between them (S2.8)."
    ),
    "L-23": (
        "Help does not end with attention: the anniversary, the twelve months until the first "
        "visit at a trauma clinic (§ 32 SGB XIV), and an end that somebody decides (S2.9)."
    ),
    "L-24": (
        "The partners agreed to reflect on measures and joint actions (S2.10): six to twelve "
        "weeks after, while people still know."
    ),
    "L-25": (
        "Alarms turn out false and incidents turn out to be another kind. Whoever was called "
        "is told, and what the new facts ask for begins (S2.4)."
    ),
    "L-26": (
        "What was never exercised fails in earnest. Every incident can be opened as an exercise, "
        "and a rehearsal beside the playbook shows what must happen (S2.10, ISO 22361)."
    ),
    "L-28": (
        "Contacts are tried before there is a case (S5.9c): every role that a mass-casualty "
        "playbook binds is asked in a standing drill, too."
    ),
}

# Minimum content that other rules already hold: what each of them says counts for both.
SERVED_BY: Mapping[str, tuple[str, ...]] = {
    "L-01": ("SH002", "PB402"),
    "L-04": ("CT016",),
    "L-27": ("PB302",),
    "L-29": ("L-KOMPETENZ",),
    "L-30": ("L-UNBEDINGT",),
}

MINIMUM_ALIASES: dict[str, str] = {
    "L-01": (
        "Exactly one lead, with deputies and a hand-over rule (S1.11): to it every unanswered "
        "ask returns."
    ),
    "L-04": (
        "Attacks happen on Friday evenings: every mandatory step has a way out of hours (S1.5). "
        "`crisis contacts coverage` proves it hour by hour."
    ),
    "L-27": "People, numbers and agreements change, so a playbook has a day of review (S5.11).",
    "L-29": "A playbook creates no competence (S2.11).",
    "L-30": "Help never hangs on a testimony or a complaint (S5.1).",
}
