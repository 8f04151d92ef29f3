"""
Builds the real world: the only clock, the only ids, the only choice of adapters.

Everything else takes what it needs as an argument and could as well be standing in
a rehearsal.
"""

from crisis.wiring.clock import SystemClock, exercise_clock
from crisis.wiring.ids import RandomIds
from crisis.wiring.lookout import Lookout, open_lookout, open_second_way, try_alarm
from crisis.wiring.running import report_page, require_shared, serve, status
from crisis.wiring.secret import house_secret
from crisis.wiring.upkeep import periods, restore_log
from crisis.wiring.world import World, open_library, open_world

__all__ = [
    "Lookout",
    "RandomIds",
    "SystemClock",
    "World",
    "exercise_clock",
    "house_secret",
    "open_library",
    "open_lookout",
    "open_second_way",
    "open_world",
    "periods",
    "report_page",
    "require_shared",
    "restore_log",
    "serve",
    "status",
    "try_alarm",
]
