"""
Needs that partners report, merged where several report the same, and who has promised them.

The same group, need and place is the same need, whoever reports it (S2.7). A later answer
of a partner replaces its earlier one, in the same step and in a later one. Who says in no
report who takes care of a need, or that it is met, cannot be met or stands there twice,
leaves it without an owner (A98).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from crisis.core.form import Answers

NeedKey = tuple[str, str, str]
# Nobody need take care of these any more.
_SETTLED = frozenset({"met", "unmet", "duplicate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    What one partner said of a need in one field of a step, and when.

    `owned`: it says that somebody takes care of it, or that nobody need any more. `status`
    and the rest are the words of the row; empty where it says nothing.
    """

    step: str
    partner: str
    owned: bool
    field: str
    at: datetime
    status: str = ""
    promised_by: str = ""
    band: str = ""
    urgency: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A need as it was first reported at `raised_at`, with all reports of it that stand."""

    group: str
    code: str
    region: str
    raised_at: datetime
    reports: tuple[Report, ...]

    @property
    def is_owned(self) -> bool:
        """Whether anybody says who takes care of it."""
        return any(report.owned for report in self.standing)

    @property
    def standing(self) -> tuple[Report, ...]:
        """The last word of each partner, in the order in which they were said."""
        last = {report.partner: report for report in sorted(self.reports, key=_said_at)}
        return tuple(sorted(last.values(), key=_said_at))

    @property
    def task(self) -> str:
        """The id of the task that it becomes without an owner."""
        words = "\x1f".join(_key(self.group, self.code, self.region))
        return f"need/{sha256(words.encode()).hexdigest()[:8]}"

    @property
    def subject(self) -> str:
        """What is needed where, for the task."""
        return f"{self.group}/{self.code.strip()}/{self.region.strip()}"


Needs = Mapping[NeedKey, Need]


def with_reports(
    needs: Needs, answers: Answers, *, step: str, partner: str, at: datetime
) -> Needs:
    """Return the needs after a partner's answer in a step, which replaces its earlier one."""
    rows = tuple(_rows(answers))
    if not rows and not any(_is_from(one, step, partner) for one in needs.values()):
        return needs
    left = {key: _without(need, step, partner) for key, need in needs.items()}
    for field, row in rows:
        group, code, region = (row.get(name, "") for name in ("group", "code", "region"))
        key = _key(group, code, region)
        known = left.get(key) or Need(
            group=group, code=code, region=region, raised_at=at, reports=()
        )
        report = _report(row, step=step, partner=partner, field=field, at=at)
        left[key] = replace(known, reports=(*known.reports, report))
    return {key: need for key, need in left.items() if need.reports}


def _rows(answers: Answers) -> Iterator[tuple[str, Mapping[str, str]]]:
    for field, answer in answers.items():
        for row in answer if isinstance(answer, list) else ():
            if isinstance(row, Mapping) and row.get("group"):
                yield field, row


def _report(
    row: Mapping[str, str], *, step: str, partner: str, field: str, at: datetime
) -> Report:
    promised_by, status = row.get("promised_by", "").strip(), row.get("status", "")
    return Report(
        step=step,
        partner=partner,
        owned=bool(promised_by) or status in _SETTLED,
        field=field,
        at=at,
        status=status,
        promised_by=promised_by,
        band=row.get("band", ""),
        urgency=row.get("urgency", ""),
        language=row.get("language", "").strip(),
    )


def _said_at(report: Report) -> datetime:
    return report.at


def _key(group: str, code: str, region: str) -> NeedKey:
    return group, code.strip().casefold(), region.strip().casefold()


def _is_from(need: Need, step: str, partner: str) -> bool:
    return any((one.step, one.partner) == (step, partner) for one in need.reports)


def _without(need: Need, step: str, partner: str) -> Need:
    kept = tuple(one for one in need.reports if (one.step, one.partner) != (step, partner))
    return replace(need, reports=kept)
