"""All that the house says about a rule: why, how much it weighs, an example of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from crisis.errors import NotFoundError
from crisis.loading.minimum_examples import MINIMUM_EXAMPLES
from crisis.loading.minimum_rules import MINIMUM_ALIASES, SERVED_BY
from crisis.loading.problem import Strength
from crisis.loading.rule_example import RuleExample
from crisis.loading.rule_examples import RULE_EXAMPLES
from crisis.loading.rules import RULES

EXAMPLES: Mapping[str, RuleExample] = {**RULE_EXAMPLES, **MINIMUM_EXAMPLES}

WARNINGS = frozenset(
    (
        *("CT015", "CT016", "CT024", "CT028", "CT032", "CT038", "CT039", "CT040"),
        *("CT041", "CT042"),
        *("PB232", "PB301", "PB302", "PB309", "PB405", "PB408"),
        *("L-03", "L-SEKTOR"),
        *(code for code in MINIMUM_EXAMPLES if code in RULES),
    )
)
NOTICES = frozenset({"AG105", "CP201", "CT017", "CT043", "L-OVERLAY-FRIST", "PB238", "PB308"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """
    A rule as `crisis playbook explain` tells it.

    `served_by` names the rules that say it in other words; it then has no strength of its
    own. Examples are as an author writes them, and empty where there are none.
    """

    code: str
    why: str
    strength: Strength | None
    served_by: tuple[str, ...] = ()
    failing: str = ""
    passing: str = ""


def strength_of(code: str) -> Strength:
    """Return the most that a rule's findings weigh."""
    if code in WARNINGS:
        return Strength.WARNING
    return Strength.NOTICE if code in NOTICES else Strength.ERROR


def known_rules() -> tuple[str, ...]:
    """Return the codes of all rules, those that others serve included, sorted."""
    return tuple(sorted({*RULES, *MINIMUM_ALIASES}))


def rule_text(code: str) -> RuleText:
    """
    Return what the house says about a rule.

    Raises:
        NotFoundError: there is no such rule; the message lists what exists.
    """
    wanted = code.strip().upper()
    known = known_rules()
    if wanted not in known:
        near = get_close_matches(wanted, known, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise NotFoundError(f"there is no rule `{code}`.{hint} There are: {', '.join(known)}")
    example = EXAMPLES.get(wanted)
    return RuleText(
        code=wanted,
        why=MINIMUM_ALIASES.get(wanted) or RULES[wanted],
        strength=None if wanted in SERVED_BY else strength_of(wanted),
        served_by=SERVED_BY.get(wanted, ()),
        failing="" if example is None else example.failing,
        passing="" if example is None else example.passing,
    )
