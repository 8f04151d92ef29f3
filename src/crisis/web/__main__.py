"""The pages of a running house: `python -m crisis.web`."""

import hmac
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Event, Thread

from crisis.errors import CrisisError, UnreachableError
from crisis.launch.collector import spare_what_is_loaded
from crisis.settings import load_settings
from crisis.web.access import hash_password
from crisis.web.app import create_app
from crisis.web.own_password import keep_password, own_password
from crisis.web.server import serve
from crisis.web.site import Site
from crisis.web.watch_view import Watch
from crisis.wiring import World, open_world, report_page

log = logging.getLogger("crisis.web")


def main() -> int:
    """Serve the pages of the house that the environment describes, until asked to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    try:
        settings = load_settings()
        with open_world(settings) as world:
            app = create_app(world.desk, site_of(world))
            spare_what_is_loaded()
            with _preparing(world):
                serve(app, host=settings.host, port=settings.port)
    except CrisisError as error:
        log.error("%s", error)  # noqa: TRY400 -- it says what to do; the trace does not
        return error.exit_code
    return 0


@contextmanager
def _preparing(world: World) -> Iterator[None]:
    """Get ready for the first answers beside serving: nobody's page waits for that."""
    leaving = Event()

    def prepare() -> None:
        with suppress(UnreachableError):  # whoever asks for a page is told
            world.log.prepare(is_wanted=lambda: not leaving.is_set())

    thread = Thread(target=prepare, name="crisis-web-prepares")
    thread.start()
    try:
        yield
    finally:
        leaving.set()
        thread.join()


def site_of(world: World) -> Site:
    """Return the site of a real world; without a password set, for this machine only."""
    settings, secret = world.settings, world.desk.house.secret
    given = settings.duty_password_hash.get_secret_value()
    if not given:
        file = keep_password(settings.data_dir, own_password(secret))
        log.info("The board answers on this machine only; its password is in %s", file)

    def heartbeat() -> datetime | None:
        present = (engine.at for engine in world.engines() if not engine.has_left)
        return max(present, default=None)

    began = world.wall.now()
    return Site(
        wall=world.wall,
        watch=lambda: Watch(
            watchers=world.watchers(),
            deadmen=world.deadmen(),
            since=began,
            now=world.wall.now(),
        ),
        heartbeat=heartbeat,
        engines=world.engines,
        log_is_writable=world.log.is_writable,
        password_hash=given or hash_password(own_password(secret)),
        session_key=hmac.digest(secret, b"session", "sha256"),
        report=lambda incident, language: report_page(world.desk, incident, language),
        loopback_only=not given,
        page_limit=settings.page_limit,
        api_token=settings.api_token.get_secret_value(),
    )


if __name__ == "__main__":
    sys.exit(main())
