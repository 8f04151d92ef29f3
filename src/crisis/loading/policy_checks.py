"""What the Land's policy on consent says of a playbook's gates."""

from collections.abc import Iterator, Sequence

from crisis.core.consent_policy import ConsentKind, ConsentPolicy, policy_in
from crisis.core.contact import FEDERAL
from crisis.core.gate import Gate
from crisis.core.playbook import Step
from crisis.loading.located import Document
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem, Strength
from crisis.loading.step_checks import steps_in_place

NEEDED = {
    ConsentKind.NONE: "no consent, by law",
    ConsentKind.ORAL: "a consent, given orally or in writing",
    ConsentKind.WRITTEN: "a consent in writing",
}


def check_policies(
    document: Document, written: PlaybookFile, policies: Sequence[ConsentPolicy], *, region: str
) -> Iterator[Problem]:
    """Yield each gate of which the policy of its Land says nothing; without policies none."""
    policy = policy_in(policies, region or written.region)
    for loc, step in steps_in_place(written) if policy is not None else ():
        gate = None if step.gate is None else step.gate.gate()
        if policy is None or gate is None:
            continue
        if policy.rule(gate.passes, by=gate.by, to=step.who.roles) is None:
            yield document.problem(
                (*loc, "gate"),
                "CP201",
                f"no rule for {policy.title.de} speaks of what {step.id} hands over",
                hint="so it needs a consent in writing; add a rule to the policy if it must not",
                strength=Strength.NOTICE,
            )


def needed_words(step: Step, gate: Gate, policies: Sequence[ConsentPolicy]) -> Iterator[str]:
    """Yield for each policy what a step's gate needs there, and on what ground."""
    for policy in sorted(policies, key=lambda one: one.land):
        rule = policy.rule(gate.passes, by=gate.by, to=step.roles)
        needs = policy.needs(gate.passes, by=gate.by, to=step.roles)
        ground = "no rule, so the strictest" if rule is None else rule.law
        place = "elsewhere" if policy.land == FEDERAL else f"in {policy.land}"
        yield f"{place} ({policy.title.de}): {NEEDED[needs]}; {ground}"
