"""Why a rule exists, by its code."""

import re
from difflib import get_close_matches

from crisis.errors import NotFoundError
from crisis.loading.rules import RULES


def why(code: str) -> str:
    """
    Return why a rule exists.

    Raises:
        NotFoundError: there is no such rule; the message lists what exists.
    """
    wanted = code.strip().upper()
    if wanted in RULES:
        return RULES[wanted]
    near = get_close_matches(wanted, RULES, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise NotFoundError(f"there is no rule `{code}`.{hint} There are: {', '.join(sorted(RULES))}")


def is_rule_like(text: str) -> bool:
    """Return whether a text has the shape of a rule's code: YA011, L-31, L-KOMPETENZ."""
    return re.fullmatch(r"[A-Za-z]{2}[0-9]{2,3}|L-[A-Za-z0-9-]+", text.strip()) is not None
