"""An example of each kind for the rules of the trade that have a name."""

from collections.abc import Mapping

from crisis.loading.rule_example import RuleExample

RULE_EXAMPLES: Mapping[str, RuleExample] = {
    "L-03": RuleExample(
        failing="ladders: {B: [{after: 5m, then: lead}]}\n"
        "steps: [{id: A02, who: POL-FLZ, within: 20m, escalate: B}]",
        passing="ladders: {B: [{after: 5m, then: next-channel}, {after: 10m, then: lead}]}\n"
        "steps: [{id: A02, who: POL-FLZ, within: 20m, escalate: B}]",
    ),
    "L-31": RuleExample(
        failing='- {id: A27, who: JA, message: {de: "{name}", en: "{name}"}}',
        passing='- {id: A27, who: JA, message: {de: "{code_word}", en: "{code_word}"}}',
    ),
    "L-EINWILLIGUNG": RuleExample(
        failing="- {id: B30, who: BPOL, within: 2h, escalate: null,"
        " gate: {by: [FBS], consent: {security: {de: Schutz, en: Safety}}}}",
        passing="- {id: B30, who: BPOL, within: null, escalate: null,"
        " gate: {by: [FBS], consent: {security: {de: Schutz, en: Safety}}}}",
    ),
    "L-FBS-VERTRAULICH": RuleExample(
        failing="forms: {F1: {title: {de: Status, en: State}, fields: {room: {kind: tristate,"
        " label: {de: Raum, en: Room}, guard: true, visible_to: [FBS]}}}}",
        passing="forms: {F1: {title: {de: Status, en: State}, fields: {room: {kind: tristate,"
        " label: {de: Raum, en: Room}, guard: true, visible_to: [FBS, OB-L]}}}}",
    ),
    "L-GEHEIM": RuleExample(
        failing="- {id: B11, who: FBS, start: T0-7d,"
        ' message: {de: "In {district}, wer kann?", en: "In {district}, who can?"}}',
        passing="- {id: B11, who: FBS, start: T0-7d,"
        ' message: {de: "Wer kann diese Woche?", en: "Who can this week?"}}',
    ),
    "L-GETRENNT": RuleExample(
        failing="- {id: R05, who: [BHG, TAE]}",
        passing="- {id: R05, who: BHG}\n- {id: R06, who: TAE}",
    ),
    "L-SEKTOR": RuleExample(
        failing="- {id: A12, who: [OHS, STA, POL-OS, TA, KSV, AA]}",
        passing="- {id: A12, who: [OHS, STA, POL-OS, TA, KSV, AA, JA]}",
    ),
    "L-KOMPETENZ": RuleExample(
        failing="- {id: A22, who: PASt, competence: auskunft.verstorbene}",
        passing="- {id: A22, who: PASt, competence: auskunft.vermisste}",
    ),
    "L-OVERLAY-FRIST": RuleExample(
        failing="- {id: A16, within: 25m, reason: {de: Nachts nur über Rufbereitschaft,"
        " en: By stand-by only at night}}",
        passing="- {id: A16, within: 10m}",
    ),
    "L-OVERLAY-SCHWAECHT": RuleExample(
        failing="- {id: A23, mandatory: optional}",
        passing="- {id: A23, languages: [pl, cs]}",
    ),
    "L-STABIL": RuleExample(
        failing="- {id: B29, who: LKA-MH, start: T0+2h, competence: verfahren.ermittlung}",
        passing="""\
- {id: B21, who: FBS, start: T0, competence: beratung.opferhilfe_mh}
- {id: B29, who: LKA-MH, start: T0+2h, competence: verfahren.ermittlung}
""",
    ),
    "L-UNBEDINGT": RuleExample(
        failing="- {id: A12, who: OHS, competence: beratung.opferhilfe,"
        " when: {testimony_given: {is: yes}}}",
        passing="- {id: A12, who: OHS, competence: beratung.opferhilfe}",
    ),
}
