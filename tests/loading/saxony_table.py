"""
The table of the Saxony playbook (`playbooks.md` §7.1), written down a second time by hand.

Each row is a line of it: step, roles, start, deadline, ladder, profile, how binding. Where one
line asks two offices on two conditions, or in two ways, the playbook has two steps (A23, A25,
A27, A32, A58, A81).
"""

from crisis.core.condition import AllOf, AnyOf, AtLeast, Decided, Is, IsNot, NotEmpty

TABLE = """
A01  | OB-L          | T0                           | 10m    | A | K24    | always
A02  | POL-FLZ       | T0                           | 20m    | A | CALL   | always
A03  | IRLS          | T0                           | 15m    | A | CALL   | always
A04  | OB-L          | any A02 A03 latest T0+30m    | 10m    | A | DESK   | always
A10  | PSNV-LZ       | all A04                      | 15m    | A | K24    | always
A11  | POL-OS        | all A04                      | 15m    | A | K24    | always
A12  | OHS           | all A04                      | 15m    | A | KDI    | always
A13  | WR            | all A04                      | 15m    | A | KDI    | always
A14  | BOB           | all A04                      | 15m    | A | K24    | if-true
A15  | KoBe          | all A04                      | 15m    | A | CALL   | if-true
A16  | KRS           | all A04                      | 15m    | A | K24    | always
A17  | STA           | all A04                      | 1h     | B | KDI    | if-true
A18  | OHS           | all A12                      | 1h     | B | KHUB   | always
A19  | WR            | all A13                      | 1h     | B | KHUB   | always
A20  | reached       | T0+1h30m                     | 30m    | B | CONF   | always
A21  | KRS PSNV-L    | T0+1h30m                     | T0+2h  | B | CALL   | always
A22  | POL-FLZ PASt  | T0+1h30m                     | T0+2h  | B | CALL   | always
A23  | BOB           | T0+2h                        | T0+3h  | B | CALL   | always
A23b | KRS OB-L      | T0+2h                        | T0+3h  | B | CALL   | always
A24  | DOL           | T0+2h                        | T0+4h  | B | KDI    | if-true
A25  | POL-B         | all A20 latest T0+3h         | 1h     | A | ORAL   | if-true
A25b | PSNV-L        | all A20 latest T0+3h         | 1h     | A | ORAL   | if-true
A26  | REL RAA       | T0+3h                        | T0+4h  | B | KDI    | if-true
A27  | JA            | T0+3h                        | T0+4h  | B | KDI    | if-true
A27b | SCH           | T0+3h                        | T0+4h  | B | KDI    | if-true
A30  | DGUV-Z        | T0+4h                        | T0+6h  | C | KDI    | if-true
A31  | UK            | all A30 latest T0+6h         | T0+8h  | C | KDI    | if-true
A32  | POL-FLZ AA    | T0+3h                        | T0+6h  | B | CALL   | if-true
A32b | POL-FLZ       | DEATH                        | 1h     | B | CALL   | if-true
A33  | KH            | T0+4h                        | T0+6h  | C | CALLMAIL | always
A34  | OB-X          | T0+6h                        | T0+12h | C | KDI    | if-true
A35  | OB-L POL-P KRS | T0+3h                       | T0+6h  | B | PORTAL | always
A36  | reached       | T0+10h                       | T0+12h | C | CONF   | always
A40  | asked         | T0+20h                       | T0+1d  | C | PORTAL | always
A41  | POL-OS        | T0+1d                        | 4h     | C | CALL   | always
A42  | KRS STK       | T0+20h                       | 4h     | C | CALL   | always
A43  | PSNV-E        | T0+12h                       | T0+1d  | C | KDI    | always
A44  | KRS           | T0+12h                       | T0+1d  | C | KDI    | always
A50  | TA            | T0+1d12h                     | T0+2d12h | D | KHUB | always
A51  | KSV           | T0+1d12h                     | T0+3d  | D | KBUE   | if-true
A52  | BfJ           | T0+1d12h                     | T0+3d  | D | KBUE   | if-true
A53  | VOH           | T0+1d12h                     | T0+3d  | D | KBUE   | if-true
A54  | STA KRS KH    | T0+1d12h                     | T0+3d  | D | CALL   | always
A55  | POL-OS        | T0+2d                        | T0+4d  | D | KDI    | always
A56  | asked         | T0+2d20h                     | T0+3d  | C | PORTAL | always
A57  | PSNV-L OHS WR | T0+2d12h                     | T0+3d  | C | CALL   | always
A58  | OB-L BOB      | T0+3d                        | T0+4d  | D | PORTAL | always
A58b | OB-L          | T0+3d                        | T0+4d  | D | PORTAL | always
A58c | OB-L          | any A58 A58b latest T0+7d    | 2d     | D | PORTAL | always
A60  | asked         | T0+7d                        | -      | D | INVITE | always
A61  | asked         | T0+7d                        | T0+10d | D | PORTAL | always
A62  | OB-L KRS KH REL | T0+10d                     | T0+14d | D | PORTAL | always
A63  | asked         | T0+24d                       | -      | D | INVITE | always
A64  | OHS WR TA UK  | T0+28d                       | T0+31d | D | PORTAL | always
A65  | asked         | T0+42d                       | T0+45d | D | PORTAL | always
A70  | OB-L          | T0+42d                       | T0+45d | D | PORTAL | always
A71  | asked         | all A70                      | 21d    | D | PORTAL | always
A72  | OB-L          | all A71 latest T0+64d        | T0+84d | D | PORTAL | always
A74  | asked         | T0+180d                      | 14d    | D | PORTAL | always
A75  | STA PPB OHS BOB | TRIAL                      | 14d    | D | KBUE   | if-true
A76  | OHS WR TA KSV | T0+330d                      | 14d    | D | KBUE   | always
A80  | OB-L KRS BOB  | T0+305d                      | T0+340d | D | INVITE | always
A81  | OHS WR PSNV-LZ | T0+358d                     | T0+361d | D | KDI   | always
A81b | asked         | T0+358d                      | T0+361d | D | KDI   | always
A90  | OB-L PSNV-LZ POL-OS OHS WR KRS | T0+540d     | 30d    | D | PORTAL | always
A91  | OB-L          | all A90                      | 30d    | D | PORTAL | always
"""
UNCLEAR_OR_DEADLY = AnyOf(
    parts=(
        Is(attribute="kind_of_event", values=("terror", "extremism", "unclear")),
        AtLeast(attribute="deaths", number=3),
    )
)
WAVE = Decided(step="A04", options=("yes", "unclear"))
INSURED = AllOf(
    parts=(
        Is(attribute="public_space", values=("yes",)),
        AnyOf(
            parts=(
                Is(attribute="first_helpers", values=("yes",)),
                IsNot(attribute="employees_affected", values=("no",)),
            )
        ),
    )
)
A_DEATH = AtLeast(attribute="deaths", number=1)
AN_INJURY = AtLeast(attribute="injured", number=1)
FOREIGN = IsNot(attribute="foreign_affected", values=("no",))
A_CRIME_PERHAPS = IsNot(attribute="suspected_crime", values=("no",))
CONDITIONS = {
    **dict.fromkeys(["A10", "A11", "A12", "A13", "A16", "A18", "A19", "A20"], WAVE),
    "A14": AllOf(parts=(WAVE, UNCLEAR_OR_DEADLY)),
    "A15": AllOf(parts=(WAVE, UNCLEAR_OR_DEADLY)),
    "A17": AllOf(parts=(WAVE, A_CRIME_PERHAPS)),
    "A23": IsNot(attribute="bob_takes_over", values=("no",)),
    "A23b": Is(attribute="bob_takes_over", values=("no",)),
    "A24": AnyOf(
        parts=(
            NotEmpty(attribute="languages"),
            FOREIGN,
        )
    ),
    "A25": A_DEATH,
    "A25b": A_DEATH,
    "A26": IsNot(attribute="targeted_group", values=("none",)),
    "A27": IsNot(attribute="minors", values=("no",)),
    "A27b": IsNot(attribute="school_affected", values=("no",)),
    "A30": INSURED,
    "A31": INSURED,
    "A32": FOREIGN,
    "A32b": AllOf(parts=(A_DEATH, FOREIGN)),
    "A33": AN_INJURY,
    "A34": IsNot(attribute="affected_outside", values=("no",)),
    "A41": A_CRIME_PERHAPS,
    "A51": A_CRIME_PERHAPS,
    "A53": Is(attribute="vehicle_as_weapon", values=("yes",)),
    "A54": AnyOf(parts=(A_DEATH, AN_INJURY)),
    "A58": Is(attribute="bob_takes_over", values=("yes",)),
    "A58b": IsNot(attribute="bob_takes_over", values=("yes",)),
    "A75": AllOf(
        parts=(
            Is(attribute="trial_date_set", values=("yes",)),
            Is(attribute="suspected_crime", values=("yes",)),
        )
    ),
    "A52": AnyOf(
        parts=(
            Is(attribute="kind_of_event", values=("terror", "extremism")),
            Is(attribute="gba_takes_over", values=("yes",)),
        )
    ),
}
FORMS = {
    "A02": "F1",
    "A03": "PSNV",
    "A20": "F2",
    "A21": "F3",
    "A22": "MISSING",
    "A23": "HOTLINE",
    "A23b": "HOTLINE",
    "A24": "INTERPRETERS",
    "A25": "F4",
    "A32": "CONSULATES",
    "A36": "F2",
    "A40": "F5",
    "A41": "CONSENTS",
    "A42": "F6",
    "A44": "OWNERS",
    "A54": "F7",
    "A55": "BELONGINGS",
    "A56": "F5",
    "A58c": "LETTERS",
    "A60": "F2",
    "A61": "F8",
    "A63": "F2",
    "A64": "F5",
    "A65": "F5",
    "A71": "F9",
    "A74": "F5",
    "A80": "F6",
    "A91": "ERASURE",
}
COMPETENCES = {
    "A01": "koordination.land",
    "A02": "lage.melden",
    "A03": "alarmierung.psnv",
    "A04": "lage.entscheiden",
    "A10": "koordination.land",
    "A11": "verfahren.opferschutz_polizei",
    "A12": "beratung.opferhilfe",
    "A13": "beratung.opferhilfe leistung.soforthilfe_verein",
    "A14": "koordination.bund",
    "A15": "koordination.bund",
    "A16": "koordination.kommune",
    "A17": "verfahren.information_verletzte",
    "A18": "beratung.opferhilfe",
    "A19": "beratung.opferhilfe",
    "A21": "koordination.kommune",
    "A22": "auskunft.vermisste",
    "A23": "oeffentlichkeit.hotline",
    "A23b": "oeffentlichkeit.hotline",
    "A24": "sprache.dolmetschen",
    "A25": "betroffene.todesnachricht",
    "A25b": "akuthilfe.psychosozial",
    "A26": "seelsorge beratung.rechte_gewalt",
    "A27": "kinder.inobhutnahme kinder.beratung",
    "A27b": "schule.krisenteam",
    "A30": "koordination.unfallversicherung",
    "A31": "leistung.unfallversicherung",
    "A32": "konsular.ausland",
    "A32b": "konsular.ausland",
    "A33": "medizin.sozialdienst",
    "A34": "koordination.land",
    "A35": "oeffentlichkeit.webinfo",
    "A41": "betroffene.einwilligung_einholen",
    "A42": "gedenken.organisieren",
    "A43": "akuthilfe.einsatzkraefte",
    "A44": "koordination.kommune",
    "A50": "therapie.trauma_akut",
    "A51": "leistung.fallmanagement",
    "A52": "leistung.haerte",
    "A53": "leistung.verkehrsopfer",
    "A54": "verfahren.information_verletzte koordination.kommune medizin.sozialdienst",
    "A55": "verfahren.opferschutz_polizei",
    "A57": "akuthilfe.psychosozial beratung.opferhilfe",
    "A58": "betroffene.proaktiv_anschreiben",
    "A58b": "betroffene.proaktiv_anschreiben",
    "A58c": "betroffene.proaktiv_anschreiben",
    "A62": "oeffentlichkeit.webinfo",
    "A75": "begleitung.prozess",
    "A76": "beratung.opferhilfe",
    "A80": "gedenken.organisieren",
    "A81": "beratung.opferhilfe koordination.land",
    "A81b": "oeffentlichkeit.hotline",
    "A90": "koordination.land",
    "A91": "koordination.land",
}
