"""The report: a table for people, one flat object and its rows for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.faults.tally import Tally

WINDOW = 32
# What "make faults" promises (issue: at least 200 kills and 20 kinds).
KILLS, KIND_COUNT = 200, 20
_COLUMNS = (
    "fault",
    "database",
    "tries",
    "kills",
    "asked",
    "lost",
    "repeated",
    "≤ per kill",
    "unmarked",
    "unknown",
    "shown",
    "back after",
    "hit while",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a result comes from, so that it can be had again."""

    seed: int
    size: str
    machine: str
    commit: str
    at: datetime
    took_s: float


def summary(
    tallies: Sequence[Tally], origin: Origin, findings: Sequence[str] = ()
) -> dict[str, object]:
    """
    Return the whole result: the figures of the contract first, then a row per kind.

    `findings` are about the run as a whole, such as what it fell short of.
    """
    tried = [tally for tally in tallies if not tally.skipped]
    return {
        "kills": sum(tally.kills for tally in tried),
        "fault_kinds": len({tally.kind for tally in tried if tally.tries}),
        "lost": sum(tally.lost for tally in tried),
        "repeated": sum(tally.repeated for tally in tried),
        "repeated_max_per_kill": max((tally.most_per_kill for tally in tried), default=0),
        "unmarked": sum(tally.unmarked for tally in tried),
        "unknown": sum(tally.unknown for tally in tried),
        "unknown_shown": sum(tally.unknown_shown for tally in tried),
        "max_recovery_s": round(max((tally.recovery_s for tally in tried), default=0.0), 2),
        "log_verified": all(tally.verified for tally in tried),
        "asked": sum(tally.asked for tally in tried),
        "wrong": [
            *findings,
            *(f"{t.kind} ({t.database}): {what}" for t in tried for what in t.wrong),
        ],
        "not_tried": not_tried(tallies),
        "rows": [_row(tally) for tally in tallies],
        **asdict(origin),
        "at": origin.at.isoformat(),
    }


def _row(tally: Tally) -> dict[str, object]:
    row = {**asdict(tally), "phases": dict(tally.phases), "most_per_kill": tally.most_per_kill}
    # Names of processes that are gone tell nobody anything.
    del row["left_in_doubt"]
    return row


def write_summary(file: Path, result: dict[str, object]) -> None:
    """Write the result in one go."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(file)


def is_kept(tallies: Sequence[Tally]) -> bool:
    """Return whether everything held: nothing lost, repeats marked and within the window."""
    return all(tally.is_good and tally.most_per_kill <= WINDOW for tally in tallies)


def shortfalls(tallies: Sequence[Tally]) -> tuple[str, ...]:
    """Return in words how far a whole run stayed below what the bench promises to try."""
    tried = [tally for tally in tallies if not tally.skipped]
    kills = sum(tally.kills for tally in tried)
    kinds = len({tally.kind for tally in tried if tally.tries})
    bars = (("kills", kills, KILLS), ("kinds of fault", kinds, KIND_COUNT))
    return tuple(
        f"{what}: {found}, below the bar of {bar}" for what, found, bar in bars if found < bar
    )


def not_tried(tallies: Sequence[Tally]) -> dict[str, str]:
    """Return what was wanted and not tried, by kind and database, and why."""
    return {
        f"{tally.kind} ({tally.database})": tally.skipped or "no time was left"
        for tally in tallies
        if tally.skipped or not (tally.tries or tally.asked or tally.wrong)
    }


def print_table(tallies: Sequence[Tally], *, console: Console) -> None:
    """Print one row per kind and database; what was wrong stands below."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in _COLUMNS:
        table.add_column(name, justify="left" if name in {"fault", "hit while"} else "right")
    for tally in tallies:
        style = "" if tally.is_good else "red"
        table.add_row(*_cells(tally), style="dim" if tally.skipped else style)
    console.print(table)
    for tally in tallies:
        for what in tally.wrong:
            console.print(f"{tally.kind} ({tally.database}): {what}", style="red", markup=False)
    for who, why in not_tried(tallies).items():
        console.print(f"not tried: {who}: {why}", style="dim", markup=False)


def _cells(tally: Tally) -> tuple[str, ...]:
    if tally.skipped:
        return (tally.kind, tally.database, "-")
    counts = (
        tally.tries,
        tally.kills,
        tally.asked,
        tally.lost,
        tally.repeated,
        tally.most_per_kill,
        tally.unmarked,
        tally.unknown,
        tally.unknown_shown,
    )
    phases = " ".join(f"{name} {count}" for name, count in tally.phases.most_common())
    return (
        tally.kind,
        tally.database,
        *(str(count) for count in counts),
        f"{tally.recovery_s:.1f} s",
        phases,
    )
