"""Why each rule about playbooks exists (codes `PB…` and `L-…`)."""

PLAYBOOK_RULES: dict[str, str] = {
    "PB101": (
        "A playbook is found by its file's name. If the id inside differs, people open one "
        "playbook and talk about another."
    ),
    "PB102": (
        "Reports and logs name the version that was in force. Three numbers can be compared; "
        "anything else cannot."
    ),
    "PB103": (
        "Regions are official keys (AGS), kept as text in quotes: as a number, 05 for "
        "Nordrhein-Westfalen would lose its zero and find nobody."
    ),
    "PB104": (
        "A duration names its units. Months have no fixed length, and of a bare number nobody "
        "knows whether it means minutes or hours."
    ),
    "PB105": (
        "A start is one of a few phrases that can be read aloud and drawn on a time line: a "
        "moment of the run, another step's outcome, or the same start as another step."
    ),
    "PB106": (
        "A step asks somebody: roles, or the partners of earlier steps. Asking nobody helps none."
    ),
    "PB107": (
        "Conditions are data with one key at each level. Two keys side by side would leave open "
        "whether both or one of them must hold, and people would read it differently."
    ),
    "PB108": (
        "What counts as an answer must be known before the question goes out: an "
        "acknowledgement, a form, a decision, a signature, the word of two sides, the report, or "
        "that nothing is needed."
    ),
    "PB109": (
        "Ids appear in links, file names and on the telephone: short, plain letters, no umlauts "
        "and no spaces."
    ),
    "PB110": (
        "German comes first in this house; an empty German text would go out as an empty message."
    ),
    "PB111": (
        "A date is written as year, month, day, so that 03/04 is never read as the other one."
    ),
    "PB201": (
        "Steps are told apart by their id, in the log as on the telephone. Two with the same id "
        "would share their answers."
    ),
    "PB202": "A reference to a step that does not exist waits for ever, and nobody notices.",
    "PB203": "Steps that wait for each other in a circle never begin.",
    "PB204": "Without its ladder a step would not escalate, and silence would go unnoticed.",
    "PB205": "Without its channel profile nobody knows over what a partner is asked.",
    "PB206": "Without its form a partner cannot answer.",
    "PB207": (
        "A condition or a form refers to a fact that the playbook does not define, so it would "
        "stay unknown for ever."
    ),
    "PB208": (
        "The attribute can never hold this word, so the comparison can never come true, or "
        "always is."
    ),
    "PB209": (
        "Numbers are compared with `at_least`, words with `is` and `is_not`, lists with "
        "`not_empty`. Any other pairing is never true."
    ),
    "PB210": (
        "The default takes effect when nobody decides in time; it must be one of the options."
    ),
    "PB211": (
        "A ladder rises: next channel, deputy, superior, lead, each later than the one before. "
        "Otherwise somebody would be passed over."
    ),
    "PB212": (
        "A condition asks how a decision came out, but that step takes no decision or has no "
        "such option; the condition could never be true."
    ),
    "PB213": (
        "Texts take placeholders from a closed list only. An unknown one would go out in braces "
        "to people who have no time to wonder."
    ),
    "PB215": (
        "A question must fit its kind: choices need options, guards ask yes or no, and an answer "
        "can set only an attribute of its own kind."
    ),
    "PB216": (
        "An attribute must be able to hold what its kind says, and its id must not be a keyword."
    ),
    "PB217": (
        "What stands twice in a list is a slip: one of the two was meant to be something else."
    ),
    "PB218": "The range leads backwards or holds only steps that ask nobody new.",
    "PB219": (
        "A deadline that passes before its step begins makes every partner late from the start."
    ),
    "PB220": (
        "Conditions of a step, its phase and its occasion hold together. Where two of them "
        "exclude each other, where they need a decision that ends the run, or where it waits for "
        "such a step, it never begins, and its partners are never asked."
    ),
    "PB230": (
        "A step is repeated by the clock, by a calendar rule or by a fact that changes, and by "
        "the clock only until something ends it; otherwise partners would be asked for ever."
    ),
    "PB231": (
        "Every round is an ask of its own, with its own deadline. What happens once (a decision, "
        "a report), what is held, or a deadline fixed in the run cannot come round again."
    ),
    "PB232": (
        "A partner who still owes one round and is asked for the next does not know which one "
        "its answer is for."
    ),
    "PB233": (
        "A moment from which deadlines count needs a name, and a fact that makes it come: when "
        "that fact happened is in the log. A step may simply start after a decision."
    ),
    "PB234": (
        "A ladder that ends below the level a condition waits for never reaches it: who was to "
        "step in then would not be asked."
    ),
    "PB235": (
        "Who owes a reply must know to what. A step that replies names another one whose "
        "partners answer a form; otherwise there would be nothing to reply to (S3.6)."
    ),
    "PB236": (
        "A bulletin begins its step by itself, and everybody it goes to confirms it (S5.5, S5.6). "
        "A second beginning, or another answer, would make nobody sure who has heard it."
    ),
    "PB237": (
        "A message names a place that others have answered: a reception centre, so that nobody "
        "wanders about. It must be a question for a public place that everybody may read, and no "
        "message carries it under a lower label than it was answered with."
    ),
    "PB238": (
        "Numbers grow and mean different things: after Magdeburg 235 became 299 injured and more "
        "than 1,600 people affected. A count keeps every value with its source, and says what it "
        "counts; numbers of two kinds are two counts."
    ),
    "PB240": (
        "What only tells waits for nobody: a ladder, a quorum or a check-in there would never "
        "begin or never end, and its author would believe that somebody is chased."
    ),
    "PB241": (
        "An objective compares a sum with a number: of a count or a band that its own steps ask "
        "for, with an attribute that is a count. Anything else would never be equal."
    ),
    "PB250": (
        "Only a hub has members: `hub: true` says that the partner passes the ask on (S4.4)."
    ),
    "PB251": (
        "A hub passes an acknowledgement or a form on. A decision, a signature or a word that "
        "two sides give each other is one's own and cannot be passed on."
    ),
    "PB252": (
        "A hand-over is confirmed by who gives and who takes. With one side missing, or one "
        "party on both, somebody would confirm to themselves."
    ),
    "PB301": (
        "If the deadline passes before the first rung, the partner counts as late before anyone "
        "has tried a second way. A rung of one working day is a day away at least."
    ),
    "PB302": (
        "People, numbers and agreements change. A playbook is reviewed within twelve months "
        "(S5.11 and L-27), and the date keeps it from being forgotten."
    ),
    "PB303": (
        "A mandatory step has a deadline and a ladder, because the seeds' partners promised each "
        "other that nobody is forgotten (S2.2, L-03). One that is mandatory if its condition "
        "holds binds no less once it does; only what the lead alone is asked then needs no ladder."
    ),
    "PB304": (
        "What may only be said in person is TLP:RED: the house stores that it was told, never "
        "what. A lower label would let it go out in writing."
    ),
    "PB305": "TLP:RED is for those present only; no message in writing keeps that promise.",
    "PB306": (
        "A hub passes an ask on to its members. AMBER+STRICT and RED must not leave the "
        "recipient's organisation."
    ),
    "PB307": (
        "For an oral step only yes or no is stored. A field for text would keep what was "
        "promised not to be kept (L-07)."
    ),
    "PB308": "Partners who chose English get German where the English text is missing.",
    "PB309": (
        "In an alert, what is binding is answered (S2.2): a message that was delivered may lie "
        "unread, and where nothing is expected nobody finds out."
    ),
    "PB401": (
        "Nobody in any region holds the role, so the step would ask no one. Roles are bound to "
        "partners in the contact files."
    ),
    "PB402": (
        "An incident has exactly one lead, to whom every unanswered ask returns (L-01). Without "
        "a holder it would return to nobody."
    ),
    "PB405": (
        "A hub that has no member in the contact files passes the ask on to nobody; the lead "
        "would get the task to find them (S4.4)."
    ),
    "PB403": (
        "Competences come from a controlled list, so that two files mean the same by the same "
        "word, and the competence check can compare them."
    ),
    "PB404": (
        "Only known roles can be given the right to read an answer; a slip would hide it from all."
    ),
    "L-EINWILLIGUNG": (
        "What a counselling centre knows goes on only „sofern sie … dazu autorisiert sind“ "
        "(S5.4). A deadline or a ladder would put somebody under pressure to agree."
    ),
    "L-GEHEIM": (
        "Before an operation nobody outside may learn place, time, object or target: who is "
        "warned can vanish with those affected. Only capacity is asked for (S5.5)."
    ),
    "L-03": (
        "Behind every mandatory partner stand two levels at least, such as the next channel and "
        "the lead; with one, a single lost message ends the search for somebody (S2.2)."
    ),
    "L-UNBEDINGT": (
        "Those affected are helped „unabhängig davon, ob diese mit Strafverfolgungsbehörden "
        "kooperieren“ (S5.1, L-30). Only a step of the investigation (`verfahren.…`) may depend "
        "on a testimony or a complaint."
    ),
    "L-GETRENNT": (
        "Work with perpetrators is never in one list with help for victims (S4.12): one ask to "
        "both would tell each of the other."
    ),
    "L-SEKTOR": (
        "The approach is „fachübergreifend und ganzheitlich“ (S1.7): justice, police, health, "
        "psychosocial and financial help, children and youth, consulates all belong to a "
        "mass-casualty response."
    ),
    "L-STABIL": (
        "„Grundlage für die Stabilisierung Betroffener … sind ein wirksamer Schutz sowie die "
        "professionelle Beratung“ (S5.P6): help and protection begin before an investigation "
        "(`verfahren.ermittlung`) asks anything of them."
    ),
    "PB406": (
        "A role is bound to units that contacts/ hold; bound to nobody, whoever held it before "
        "would be asked, and the region would not notice."
    ),
    "PB407": "Material that nobody describes cannot be handed out, and nobody knows until when.",
    "PB408": (
        "The step hands out material after the day until which it may be used (S3.4); the "
        "numbers and rights in it may be others by now."
    ),
    "PB409": (
        "Only known roles can begin a run (S5.P5). After a slip, whom it was meant for is refused "
        "in the moment that it reports something."
    ),
    "L-FBS-VERTRAULICH": (
        "Counselling centres offer „vertrauliche Beratung“ (S5): what they answer for others than "
        "the lead must not reach it as a fact of the incident or as a task."
    ),
    "L-31": (
        "Messages travel over channels that others can read. They name the incident and what is "
        "asked, never a person, a diagnosis or an address (law-and-trust 6.1)."
    ),
    "L-KOMPETENZ": (
        "„Neue Zuständigkeiten werden durch die Vereinbarung nicht begründet“ (S2.11): a step may "
        "ask only for what a partner is competent for, and never for what it must not do."
    ),
}
