"""When shares of the partners have been reached, over many runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from crisis.core.forecast import Meeting, Setting
from crisis.core.playbook import Playbook
from crisis.core.words import Words

# Half of the partners, nine in ten, and as good as all.
SHARES = (50, 90, 99)
# Of the runs: the quick tenth ends, the middle, the slow tenth begins.
EARLY, MIDDLE, LATE = 10, 50, 90
OVERALL = ""
_SECOND = timedelta(seconds=1)
# Of one run, for one wave: how many partners were asked, and after how many seconds from T0
# each share of them had been reached; None: not within the run.
Times = tuple[int, tuple[int | None, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachTime:
    """
    When `share` per cent of a wave's partners have been reached, counted from T0.

    In a tenth of all runs before `early`, in half before `middle`, in nine tenths before
    `late`; None where so many runs do not get there. `missed` (0 to 1) is the share of
    the runs that never do.
    """

    share: int
    early: timedelta | None
    middle: timedelta | None
    late: timedelta | None
    missed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """One phase of the playbook, or all of them (an empty `phase`)."""

    phase: str
    title: Words
    partners: int
    times: tuple[ReachTime, ...]


def times_of(setting: Setting, met: Sequence[Meeting]) -> dict[str, Times]:
    """
    Return what one run yields, by phase and overall; phases that asked nobody are absent.

    Who is only told answers to nobody, so it counts neither way.
    """
    asking = {one.id for one in setting.playbook.steps if one.expect.kind != "nothing"}
    phase_of = {step.id: phase.id for phase in setting.playbook.phases for step in phase.steps}
    first: dict[str, dict[str, datetime | None]] = {}
    for one in (meeting for meeting in met if meeting.step in asking):
        for wave in (phase_of[one.step], OVERALL):
            partners = first.setdefault(wave, {})
            known = partners.get(one.partner)
            if known is None or (one.reached_at is not None and one.reached_at < known):
                partners[one.partner] = one.reached_at
    return {
        wave: (len(partners), tuple(_shares(list(partners.values()), setting.at)))
        for wave, partners in first.items()
    }


def waves(playbook: Playbook, runs: Sequence[dict[str, Times]]) -> tuple[Wave, ...]:
    """Return what many runs yield together, the whole first, then by phase."""
    named = ((OVERALL, Words(de="Alle Partner", en="All partners")),)
    phases = tuple((phase.id, phase.title) for phase in playbook.phases)
    found = []
    for name, title in (*named, *phases):
        mine = [run[name] for run in runs if name in run]
        if mine:
            counts = sorted(count for count, _ in mine)
            times = tuple(
                _reach_time(share, [times[place] for _, times in mine])
                for place, share in enumerate(SHARES)
            )
            middle = counts[(len(counts) - 1) // 2]
            found.append(Wave(phase=name, title=title, partners=middle, times=times))
    return tuple(found)


def _shares(reached: Sequence[datetime | None], t0: datetime) -> Iterator[int | None]:
    known = sorted(moment for moment in reached if moment is not None)
    for share in SHARES:
        needed = ceil(len(reached) * share / 100)
        yield (known[needed - 1] - t0) // _SECOND if needed <= len(known) else None


def _reach_time(share: int, times: Sequence[int | None]) -> ReachTime:
    known = sorted(time for time in times if time is not None)

    def within(part: int) -> timedelta | None:
        place = max(ceil(len(times) * part / 100), 1)
        return _SECOND * known[place - 1] if place <= len(known) else None

    return ReachTime(
        share=share,
        early=within(EARLY),
        middle=within(MIDDLE),
        late=within(LATE),
        missed=1 - len(known) / len(times),
    )
