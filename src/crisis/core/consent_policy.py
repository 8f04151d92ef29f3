"""
Who may hand over what on which kind of consent: it differs by Land (`partners.md` §2.5).

A house keeps one policy for each Land, and one for the federation where a Land has none.
An incident pins the one that holds in its region, so that a gate asks for the same from
its opening to its end.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from crisis.core.words import Words

# The key of the policy for every Land that has none of its own.
_ELSEWHERE = "00"


class Matter(StrEnum):
    """What is handed over: sums, who can be reached where, or something about a case."""

    NUMBERS = "numbers"
    CONTACT_DATA = "contact-data"
    CASE = "case"


class ConsentKind(IntEnum):
    """How a consent must be given, ordered by strength; by law none may be needed."""

    NONE = 0
    ORAL = 1
    WRITTEN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRule:
    """
    What these roles need to hand a matter over to those; empty roles are all.

    `law` is what founds it, in the words of the policy's file.
    """

    matter: Matter
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    needs: ConsentKind
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentPolicy:
    """What holds in one Land (two digits of its AGS key), or everywhere else (`00`)."""

    land: str
    title: Words
    rules: tuple[ConsentRule, ...]

    def rule(
        self, matter: Matter, *, by: Collection[str], to: Collection[str]
    ) -> ConsentRule | None:
        """Return the first rule that holds for these roles, None if none does."""
        found = (one for one in self.rules if one.matter is matter)
        return next(
            (one for one in found if _names(one.by, by) and _names(one.to, to)),
            None,
        )

    def needs(self, matter: Matter, *, by: Collection[str], to: Collection[str]) -> ConsentKind:
        """Return which kind is needed; what no rule speaks of needs the strictest."""
        rule = self.rule(matter, by=by, to=to)
        return ConsentKind.WRITTEN if rule is None else rule.needs


# What holds while a policy cannot be read: everything needs a consent in writing.
STRICTEST = ConsentPolicy(
    land=_ELSEWHERE, title=Words(de="strengste Annahme", en="the strictest"), rules=()
)


def policy_in(policies: Iterable[ConsentPolicy], region: str) -> ConsentPolicy | None:
    """Return the policy of a region's Land, else that of the federation, None without any."""
    by_land = {policy.land: policy for policy in policies}
    return by_land.get(region[:2]) or by_land.get(_ELSEWHERE)


def kind_of(form: str) -> ConsentKind:
    """Return how strong a record is; what does not say how it was given was said."""
    return ConsentKind.WRITTEN if form == "written" else ConsentKind.ORAL


def _names(roles: tuple[str, ...], asked: Collection[str]) -> bool:
    """Return whether a rule holds for everybody who is asked about."""
    return not roles or (bool(asked) and set(asked) <= set(roles))
