"""
An example of each kind for the minimum content of a mass-casualty playbook.

Pieces of a playbook: its keys, or the list of its steps. What every step needs besides
(title, message, basis, ladder) is left out where it is not the point.
"""

from collections.abc import Mapping

from crisis.loading.rule_example import RuleExample

# The four moments of L-09, the last of them left out where it must fail.
_NEEDS = """\
- {id: N1, start: T0+90m, expect: {answer: NEEDS}}
- {id: N2, start: T0+68h, expect: {answer: NEEDS}}
- {id: N3, start: T0+7d, expect: {answer: NEEDS}}
"""
_BENEFITS = """\
- {id: B1, who: KSV, competence: leistung.fallmanagement}
- {id: B2, who: BfJ, competence: leistung.haerte}
- {id: B3, who: UK, competence: leistung.unfallversicherung}
"""
_GUARDS = """\
- {id: G1, who: KRS, competence: gedenken.organisieren, expect: {answer: GUARDS}, basis: [L-21]}
- {id: G2, who: STA, expect: {answer: GUARDS}, basis: [L-21]}
"""
_ANNIVERSARY = """\
- {id: Y1, who: KRS, start: T0+305d, competence: gedenken.organisieren}
- {id: Y2, who: TA, start: T0+330d, competence: therapie.trauma_akut}
"""

MINIMUM_EXAMPLES: Mapping[str, RuleExample] = {
    "L-01": RuleExample(
        failing="lead: {role: OB-L, deputies: [Geschäftsstelle]}",
        passing=(
            "lead: {role: OB-L, deputies: [Geschäftsstelle],"
            " handover: {de: Beide bestätigen., en: Both confirm.}}"
        ),
    ),
    "L-02": RuleExample(
        failing="- {id: A04, who: OB-L, competence: lage.entscheiden}",
        passing="- {id: A04, who: OB-L, competence: lage.entscheiden, expect: {decision: {options:"
        " {yes: {label: {de: Ja, en: Yes}}, no: {label: {de: Nein, en: No}}},"
        " default: yes, default_at: T0+40m}}}",
    ),
    "L-04": RuleExample(
        failing='- {id: office, availability: {office: "14"}, channels: [{kind: email, …}]}',
        passing='- {id: office, availability: {office: "14"},\n'
        "   channels: [{kind: email, …}, {kind: sms, out_of_hours: true, …}]}",
    ),
    "L-05": RuleExample(
        failing="- {id: A21, who: KRS, competence: koordination.kommune}",
        passing="- {id: A21, who: KRS, competence: koordination.kommune, expect: {answer: PLACE}}",
    ),
    "L-06": RuleExample(
        failing="- {id: A22, who: PASt, competence: auskunft.vermisste}",
        passing="- {id: A22, who: PASt, competence: auskunft.vermisste, expect: {answer: GUARDS}}",
    ),
    "L-07": RuleExample(
        failing="- {id: A25, who: [POL-B, PSNV-L], competence: betroffene.todesnachricht}",
        passing="""\
- {id: A25, who: POL-B, competence: betroffene.todesnachricht, via: ORAL, tlp: red,
   expect: {answer: GUARDS}}
- {id: A25b, who: PSNV-L, start: with A25, competence: akuthilfe.psychosozial, via: ORAL,
   tlp: red}
""",
    ),
    "L-08": RuleExample(
        failing="- {id: A35, who: KRS, competence: oeffentlichkeit.webinfo, languages: [en]}",
        passing="""\
- {id: A23, who: BOB, competence: oeffentlichkeit.hotline}
- {id: A35, who: KRS, competence: oeffentlichkeit.webinfo, languages: [en, de-LS]}
""",
    ),
    "L-09": RuleExample(
        failing=_NEEDS,
        passing=_NEEDS + "- {id: N4, start: T0+42d, expect: {answer: NEEDS}}\n",
    ),
    "L-10": RuleExample(
        failing="- {id: A20, who: reached in A01, start: T0+14h}",
        passing="- {id: A20, who: reached in A01, start: T0+90m}",
    ),
    "L-11": RuleExample(
        failing="services: []",
        passing="services:\n"
        "  - {id: ohs-goerlitz, unit: ohs-beratung-goerlitz, kind: court-support,\n"
        "     name: {de: Prozessbegleitung, en: Support in court}, needs: [court-support],\n"
        "     people: [everyone], languages: [de], interpreters: true}",
    ),
    "L-12": RuleExample(
        failing="- {id: A58, who: OB-L, start: T0+72h,"
        " competence: betroffene.proaktiv_anschreiben}",
        passing="""\
- {id: A41, who: POL-OS, start: T0+24h, competence: betroffene.einwilligung_einholen}
- {id: A58, who: OB-L, start: T0+72h, competence: betroffene.proaktiv_anschreiben}
""",
    ),
    "L-13": RuleExample(
        failing="- {id: A27, who: JA, competence: kinder.inobhutnahme}",
        passing="""\
- {id: A27, who: JA, competence: kinder.inobhutnahme}
- {id: A27b, who: SCH, competence: schule.krisenteam}
""",
    ),
    "L-14": RuleExample(
        failing="- {id: A32, who: AA, competence: konsular.ausland}",
        passing="""\
- {id: A24, who: DOL, competence: sprache.dolmetschen}
- {id: A32, who: AA, competence: konsular.ausland}
- {id: A34, who: OB-X}
""",
    ),
    "L-15": RuleExample(
        failing="- {id: A26, who: [REL, RAA], competence: seelsorge}",
        passing="- {id: A26, who: [REL, RAA], competence: seelsorge,"
        " when: {targeted_group: {is_not: none}}}",
    ),
    "L-16": RuleExample(
        failing="- {id: A33, who: TA, competence: therapie.trauma_akut}",
        passing="- {id: A33, who: KH, competence: medizin.sozialdienst}",
    ),
    "L-17": RuleExample(
        failing=_BENEFITS,
        passing=_BENEFITS + "- {id: B4, who: VOH, competence: leistung.verkehrsopfer}\n",
    ),
    "L-18": RuleExample(
        failing="- {id: A44, who: KRS, basis: [L-18]}",
        passing="- {id: A44, who: KRS, basis: [L-18], expect: {answer: OWNERS}}",
    ),
    "L-19": RuleExample(
        failing="- {id: A43, who: PSNV-L, competence: akuthilfe.psychosozial}",
        passing="- {id: A43, who: PSNV-E, competence: akuthilfe.einsatzkraefte}",
    ),
    "L-20": RuleExample(
        failing="- {id: A35, who: KRS, competence: oeffentlichkeit.webinfo}",
        passing="- {id: A35, who: KRS, competence: oeffentlichkeit.webinfo,"
        " expect: {sign_off: {publishes: {de: Erste Information, en: First information}}}}",
    ),
    "L-21": RuleExample(
        failing=_GUARDS,
        passing=_GUARDS + "- {id: G3, who: POL-OS, expect: {answer: GUARDS}, basis: [L-21]}\n",
    ),
    "L-22": RuleExample(
        failing="- {id: A57, who: [PSNV-L, OHS],"
        " competence: [akuthilfe.psychosozial, beratung.opferhilfe]}",
        passing="- {id: A57, who: [PSNV-L, OHS], expect: {both_confirm: [PSNV-L, OHS]},"
        " competence: [akuthilfe.psychosozial, beratung.opferhilfe]}",
    ),
    "L-23": RuleExample(
        failing=_ANNIVERSARY,
        passing=_ANNIVERSARY + "- {id: Y3, who: OB-L, start: T0+540d, expect: sign_off}\n",
    ),
    "L-24": RuleExample(
        failing="- {id: A70, who: OB-L, start: T0+7d, expect: report, within: 7d}",
        passing="- {id: A70, who: OB-L, start: T0+42d, expect: report, within: T0+45d}",
    ),
    "L-25": RuleExample(
        failing="- {id: A04, who: OB-L, expect: {decision: {options:"
        " {yes: {label: {de: Ja, en: Yes}}, no: {label: {de: Nein, en: No}}},"
        " default: yes, default_at: T0+40m}}}",
        passing="""\
- {id: A04, who: OB-L, expect: {decision: {default: yes, default_at: T0+40m, options:
   {yes: {label: {de: Ja, en: Yes}}, no: {label: {de: Nein, en: No}, stands_down: true}}}}}
- {id: A10, who: OHS, when: {targeted_group: {is_not: none}}}
""",
    ),
    "L-26": RuleExample(
        failing="playbooks: [sn-mass-casualty.yaml]",
        passing="playbooks: [sn-mass-casualty.yaml,"
        " sn-mass-casualty.reference-run.rehearsal.yaml]",
    ),
    "L-27": RuleExample(failing="review_by: 2020-01-31", passing="review_by: 2027-06-30"),
    "L-28": RuleExample(
        failing="- {id: D01, who: OHS, basis: [L-28]}",
        passing="- {id: D01, who: OHS, basis: [L-28], repeat:"
        ' {rule: FREQ=MONTHLY;INTERVAL=3, from: 2027-01-12, at: "09:00"}}',
    ),
    "L-29": RuleExample(
        failing="- {id: A22, who: PASt, competence: auskunft.verstorbene}",
        passing="- {id: A22, who: PASt, competence: auskunft.vermisste}",
    ),
    "L-30": RuleExample(
        failing="- {id: A12, who: OHS, competence: beratung.opferhilfe,"
        " when: {testimony_given: {is: yes}}}",
        passing="- {id: A12, who: OHS, competence: beratung.opferhilfe}",
    ),
}
