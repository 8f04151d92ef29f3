"""Why each rule about contacts, partners, rotas and agreements exists (codes `CT…`)."""

CONTACTS_RULES: dict[str, str] = {
    "CT001": (
        "An id names one thing. With two entries of one id nobody can say which of them was "
        "asked, and the log keeps ids only."
    ),
    "CT002": "Every unit belongs to an organisation, because agreements are made with those.",
    "CT003": (
        "A contact, deputy or superior that is not described cannot be asked: the ladder would "
        "end where somebody hoped it goes on."
    ),
    "CT004": (
        "Deputies and superiors end somewhere. In a circle the same people are asked again and "
        "again, and the level that should bring somebody else brings nobody."
    ),
    "CT005": (
        "Steps name roles, and partners are found by them. A role that is not in the catalogue "
        "is never asked (`partners.md` §2.2)."
    ),
    "CT006": (
        "Competences come from one list, so that a step can be compared with what its partner "
        "may do (`partners.md` §2.1)."
    ),
    "CT007": (
        "The agreements create no new competences. What a partner must not do is never asked of "
        "it; a competence in both lists shows that one of them is wrong."
    ),
    "CT009": (
        "A number that no network knows fails in the night in which it is needed. Numbers are "
        "kept with country code; the short codes 110, 112, 115 and 116006 are kept as they are, "
        "and they take no SMS."
    ),
    "CT010": "A mail address that cannot exist fails only when somebody waits for the answer.",
    "CT011": (
        "The house calls its HTTP partners by Apprise URLs. Without a host, or with a scheme that "
        "does not say what is sent, nothing would ever leave."
    ),
    "CT012": (
        "Above TLP:GREEN nothing goes by SMS or by mail that takes no encryption "
        "(`law-and-trust.md` §6.3). Two real mailboxes of our partners take none."
    ),
    "CT013": "Every channel but the portal needs an address; the portal's link is made here.",
    "CT014": "A function without a channel looks staffed and is not.",
    "CT015": (
        "Every partner that is asked has two more levels: somebody who stands in, somebody who "
        "stands above. Without them only the lead is left (`practice.md` L-03)."
    ),
    "CT016": (
        "Attacks happen on Friday evenings. Who answers in office hours only needs a stand-by "
        "line, or a deputy who has one (`practice.md` L-04)."
    ),
    "CT017": (
        "Numbers change and nobody says so. Contact data is verified every 90 days while the "
        "function is held (`law-and-trust.md` §6.2)."
    ),
    "CT018": (
        "A channel is not encrypted because the file says so: an SMS never is, and `json://` is "
        "open where `jsons://` is not."
    ),
    "CT019": (
        "The directory holds functions. Names of persons, telephone numbers and mail addresses "
        "in a title would enter every incident's record and stay there for ten years."
    ),
    "CT020": (
        "Examples are tried out. Their numbers come from the ranges that the Bundesnetzagentur "
        "keeps free for films, their hosts end in `.example`, so that nobody is alarmed by a "
        "demo. Your own contacts belong in `contacts/local`, or in any folder beside `example`."
    ),
    "CT021": "Without its calendar a function on a rota is answered by nobody.",
    "CT022": "A calendar that is understood only in part gives the wrong person the shift.",
    "CT023": "A calendar without a shift in the next 600 days leaves the function unstaffed.",
    "CT024": (
        "In these hours nobody holds the shift. The deputy is asked then; better to know it "
        "before than in the night."
    ),
    "CT025": (
        "The title of a shift is the id of the function that answers. Anything else, or a "
        "function that is itself on a rota, leads to nobody."
    ),
    "CT027": (
        "When an organisation is renamed or dissolved, its successor stands for it (S4.2). One "
        "that is not described, or a circle of them, leads to nobody."
    ),
    "CT028": (
        "A unit belongs to an organisation that exists. It may still be reached, but what it "
        "signed and who answers for it has moved to the successor (S4.2)."
    ),
    "CT030": (
        "A hub that is not described cannot pass anything on, so its member would never hear "
        "of an incident (S4.4)."
    ),
    "CT031": "Two units that inform each other inform nobody: each waits for the other.",
    "CT032": (
        "A hub passes a member's own page on. Without one the member cannot answer for itself, "
        "and only what the hub enters for it is known."
    ),
    "CT033": (
        "Citizens and the press have lines of their own (S1.18). Who has only such a line is "
        "not there for partners, and an alert to it reaches nobody in time."
    ),
    "CT034": (
        "115 is the citizens' number of the authorities, 116006 the helpline for victims. An "
        "alert to partners would keep callers off the line, and reach nobody (S1.18)."
    ),
    "CT035": "A service that belongs to no unit is offered by nobody.",
    "CT036": (
        "Whoever hides from violence must not be found (S4.12, `law-and-trust.md` §6.1): the "
        "address of a shelter is stored nowhere and sent nowhere."
    ),
    "CT037": (
        "Work with perpetrators is done, too, but never in one list with help for victims "
        "(S4.12): not in one service, one unit, one hub or one search."
    ),
    "CT038": (
        "„Bei allen Staatsanwaltschaften, großen Gerichten und im Vollzug wurden Koordinatorinnen "
        "und Koordinatoren für den Opferschutz … benannt“ (S1.10): each has such a function, "
        "and somebody who stands in."
    ),
    "CT039": (
        "Leaflets with old numbers and repealed rights mislead people who trust them (S3.4). "
        "Material has a day until which it may be handed out."
    ),
    "CT040": (
        "Those affected shall find their way and use their rights (S5.P2): what tells of "
        "rights is to be had in plain language, too (`de-LS`)."
    ),
    "CT041": (
        "The partners train each other (S3.7). Who answers for a role that needs training, or "
        "stands in for it, has it before the night in which it is needed."
    ),
    "CT042": (
        "What was learnt is forgotten, and the law changes. A training holds until its last day "
        "(S3.7); then it is repeated, or the role is held by nobody who can."
    ),
    "CT043": (
        "The next course may be weeks away: 60 days before the last day it is time to ask for "
        "one (S3.7)."
    ),
    "CT026": "A house without contacts can ask nobody.",
}
