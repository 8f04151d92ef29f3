"""The watcher of a running house: `python -m crisis.watch`."""

import logging
import signal
import sys
import threading
from types import FrameType

from crisis.errors import CrisisError
from crisis.launch.collector import spare_what_is_loaded
from crisis.settings import load_settings
from crisis.watch.watcher import Watcher
from crisis.wiring import Lookout, open_lookout

log = logging.getLogger("crisis.watch")


def main() -> int:
    """Watch the house that the environment describes, until asked to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    stop = threading.Event()

    def leave(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    try:
        with open_lookout(load_settings()) as lookout:
            _say_the_way(lookout)
            spare_what_is_loaded()
            Watcher(lookout).run(stop)
    except CrisisError as error:
        log.error("%s", error)  # noqa: TRY400 -- it says what to do; the trace does not
        return error.exit_code
    return 0


def _say_the_way(lookout: Lookout) -> None:
    """Say once what is wrong with the second way."""
    if not lookout.path.names:
        log.warning("CRISIS_ALARM_URLS is not set: alarms are shown, but nobody is called")
    for name in lookout.path.unusable():
        log.error("CRISIS_ALARM_URLS: %s is no address that Apprise understands", name)
    for name in lookout.shared():
        log.warning(
            "CRISIS_ALARM_URLS: %s uses a server over which messages leave too; name one of"
            " another provider",
            name,
        )


if __name__ == "__main__":
    sys.exit(main())
