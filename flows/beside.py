"""What runs beside the engine's work for as long as it lives: a mistake must not end it unseen."""

import asyncio
import logging
from collections.abc import Callable, Coroutine

from crisis.errors import without_words

log = logging.getLogger("crisis.engine")

Work = Callable[[], Coroutine[object, object, None]]

_AGAIN_AFTER_S = 5.0


async def kept_up(name: str, begin: Work, *, after_s: float = _AGAIN_AFTER_S) -> None:
    """
    Run something that ends by being cancelled; begin it anew if it fails.

    Args:
        name: what it is called in the log.
        begin: what to run; nothing more is done once it returns.
        after_s: seconds between a failure and the next beginning.
    """
    while True:
        try:
            await begin()
        except Exception as error:  # noqa: BLE001 -- the others go on, and so must this
            log.error("%s failed and begins anew: %s", name, without_words(error))  # noqa: TRY400 -- by its place, not its words
            await asyncio.sleep(after_s)
        else:
            return
