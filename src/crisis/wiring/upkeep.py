"""What the settings say of upkeep: periods, and where a backup is put back."""

from collections.abc import Callable
from pathlib import Path

from crisis.settings import Settings
from crisis.store.backup import Restored, restore
from crisis.store.chain import written
from crisis.usecases.retention import Periods
from crisis.wiring.clock import SystemClock


def periods(settings: Settings) -> Periods:
    """Return after how many days what is erased."""
    return Periods(
        free_text=settings.retention_free_text_days,
        people=settings.retention_people_days,
        contacts=settings.retention_contacts_days,
        exercise=settings.retention_exercise_days,
        run=settings.retention_run_days,
    )


def restore_log(
    settings: Settings,
    file: Path,
    *,
    into: str | None,
    by: str,
    progress: Callable[[int, int], None],
) -> Restored:
    """
    Put a backup into the house's empty database, or into another one.

    Raises:
        RefusedError: the database is not empty.
        BrokenChainError: the file is no backup, or was altered.
        UnreachableError: database or disk do not do their part.
    """
    return restore(
        file,
        into or settings.database_address,
        at=written(SystemClock().now()),
        actor=by,
        progress=progress,
    )
