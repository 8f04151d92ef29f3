"""
Builds the real world: the only clock, the only ids, the only choice of adapters.

Everything else takes what it needs as an argument and could as well be standing in
a rehearsal. A name is imported when it is first used: who checks a file need not wait
for a database's driver (ADR 0026).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crisis.wiring.clock import SystemClock, exercise_clock
    from crisis.wiring.files import open_library
    from crisis.wiring.ids import RandomIds
    from crisis.wiring.lookout import Lookout, open_lookout, open_second_way, try_alarm
    from crisis.wiring.running import report_page, require_shared, serve, status
    from crisis.wiring.secret import house_secret
    from crisis.wiring.upkeep import periods, restore_log
    from crisis.wiring.world import World, open_world

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

_MODULES = {
    "clock": ("SystemClock", "exercise_clock"),
    "files": ("open_library",),
    "ids": ("RandomIds",),
    "lookout": ("Lookout", "open_lookout", "open_second_way", "try_alarm"),
    "running": ("report_page", "require_shared", "serve", "status"),
    "secret": ("house_secret",),
    "upkeep": ("periods", "restore_log"),
    "world": ("World", "open_world"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)
