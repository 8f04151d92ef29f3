"""What the house says about a rule, by its code."""

import re

from crisis.loading.rule_text import RuleText, rule_text

__all__ = ["RuleText", "is_rule_like", "rule_text"]


def is_rule_like(text: str) -> bool:
    """Return whether a text has the shape of a rule's code: YA011, L-31, L-KOMPETENZ."""
    return re.fullmatch(r"[A-Za-z]{2}[0-9]{2,3}|L-[A-Za-z0-9-]+", text.strip()) is not None
