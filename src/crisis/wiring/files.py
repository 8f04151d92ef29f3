"""The working folder's files, for whoever needs neither log nor sender."""

from datetime import datetime

from crisis.loading.library import FileLibrary
from crisis.settings import Settings
from crisis.usecases.ports import Clock
from crisis.wiring.clock import SystemClock, exercise_clock


def open_library(settings: Settings) -> tuple[FileLibrary, datetime]:
    """Return the working folder's files, and the house's moment; the log is not needed."""
    clock: Clock = exercise_clock(settings) if settings.sped_up else SystemClock()
    library = FileLibrary(
        playbooks=settings.playbooks_dir, contacts=settings.contacts_dir, clock=clock
    )
    return library, clock.now()
