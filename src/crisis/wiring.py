"""
Builds the real world: the only clock, the only ids, the only choice of adapters.

Everything else takes what it needs as an argument and could as well be standing in
a rehearsal.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path

from crisis.core.event import Mode
from crisis.errors import RefusedError, UnreachableError, UsageError
from crisis.launch.process import started
from crisis.launch.status import (
    FRESH,
    Status,
    engine_status,
    just_started,
    processes,
    standing,
)
from crisis.launch.supervisor import serve as run_house
from crisis.loading.library import FileLibrary
from crisis.notify.courier import Courier, CourierSettings
from crisis.notify.sms_gateway import Form, Gateway
from crisis.render.report_html import report_html
from crisis.settings import Settings
from crisis.simulated.exercise_clock import ExerciseClock
from crisis.store.log import DatabaseEventLog
from crisis.usecases.house import House
from crisis.usecases.ports import Clock
from crisis.usecases.reading import Desk, Incidents
from crisis.usecases.reports import build

_SHORTEST_SECRET = 16
# No vowels and nothing that looks alike: neither words nor misreadings come out.
_ID_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
_CODE_WORDS = tuple(
    """
    AHORN AKAZIE BIRKE BUCHE EIBE EICHE ERLE ESCHE ESPE FICHTE FLIEDER GINSTER HASEL HOLUNDER
    KASTANIE KIEFER LINDE MISTEL PAPPEL PLATANE ROBINIE TANNE ULME WACHOLDER WEIDE ZEDER
    ALLER DONAU EIDER ELBE ELSTER FULDA HAVEL ISAR LAHN LEINE MAIN MOSEL MULDE NECKAR ODER RHEIN
    RUHR SAALE SPREE TAUBER UNSTRUT WERRA WESER WUPPER
    ARBER BROCKEN DEISTER EIFEL FELDBERG HARZ HUNSRUECK INSELSBERG KEULENBERG LAUSCHE LILIENSTEIN
    MELIBOKUS RENNSTEIG SOLLING SPESSART TAUNUS VOGESEN WATZMANN ZUGSPITZE
    """.split()  # noqa: SIM905 -- a word per line would fill the screen
)


class SystemClock:
    """Keeps the port `Clock` by the machine's clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


class RandomIds:
    """Keeps the port `Ids` by the machine's source of randomness."""

    def incident_id(self, *, at: datetime) -> str:
        """Return an id that sorts by time (UTC), such as `20261218-1820-k7m2`."""
        tail = "".join(secrets.choice(_ID_LETTERS) for _ in range(4))
        return f"{at.astimezone(UTC):%Y%m%d-%H%M}-{tail}"

    def code_word(self) -> str:
        """Return a code word that can be said on the telephone, such as `AHORN 47`."""
        return f"{secrets.choice(_CODE_WORDS)} {10 + secrets.randbelow(90)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """
    The real world of one process.

    `wall` is real time, also where `desk.house.clock` is an exercise's; `skipping`
    is that clock, None outside exercises.
    """

    settings: Settings
    desk: Desk
    log: DatabaseEventLog
    library: FileLibrary
    wall: Clock
    skipping: ExerciseClock | None

    def engine_runs(self) -> bool:
        """Return whether an engine gave a sign of life just now, and still is there."""
        beat = self.log.beats().get("engine")
        if beat is None or self.wall.now() - beat.at > FRESH:
            return False
        # An engine on another machine cannot be looked up; its beat has to do.
        is_here = self.settings.database_address.startswith("sqlite")
        return not is_here or started(int(beat.data.get("pid", 0))) is not None

    def real_seconds_until(self, moment: datetime) -> float:
        """Return how many real seconds are left until a moment; negative if it has passed."""
        left = (moment - self.desk.house.clock.now()).total_seconds()
        return left / (self.skipping.scale if self.skipping else 1.0)


@contextmanager
def open_world(settings: Settings) -> Iterator[World]:
    """
    Yield the real world that the settings describe, and close it afterwards.

    Raises:
        UsageError: a setting makes no sense.
        UnreachableError: the log or the data folder cannot be reached.
        RefusedError: the clock is an exercise's, and a live incident is open.
    """
    courier_settings = _courier_settings(settings)
    secret = house_secret(settings)
    wall = SystemClock()
    with DatabaseEventLog(settings.database_address) as log:
        incidents = Incidents(log)
        _refuse_fast_clock_over_live(settings, log, incidents)
        skipping = exercise_clock(settings) if settings.sped_up else None
        clock: Clock = skipping or wall
        library = FileLibrary(
            playbooks=settings.playbooks_dir, contacts=settings.contacts_dir, clock=clock
        )
        courier = Courier(library, courier_settings)
        house = House(
            log=log,
            clock=clock,
            sender=courier,
            addresses=library,
            library=library,
            ids=RandomIds(),
            secret=secret,
            base_url=settings.own_url,
            in_flight=settings.in_flight,
            live_allowed=skipping is None,
            pace=1 if skipping is None else ceil(skipping.scale),
        )
        desk = Desk(house=house, incidents=incidents)
        try:
            yield World(
                settings=settings,
                desk=desk,
                log=log,
                library=library,
                wall=wall,
                skipping=skipping,
            )
        finally:
            courier.close()


def exercise_clock(settings: Settings, *, start: datetime | None = None) -> ExerciseClock:
    """Return the clock that all processes of an exercise share; `start` counts for the first."""
    return ExerciseClock(
        settings.clock_file, wall=SystemClock(), scale=settings.clock_scale, start=start
    )


def open_library(settings: Settings) -> tuple[FileLibrary, datetime]:
    """Return the working folder's files, and the house's moment; the log is not needed."""
    clock: Clock = exercise_clock(settings) if settings.sped_up else SystemClock()
    library = FileLibrary(
        playbooks=settings.playbooks_dir, contacts=settings.contacts_dir, clock=clock
    )
    return library, clock.now()


def serve(settings: Settings, *, started_all: Callable[[], None] = lambda: None) -> None:
    """
    Run the pages, the engine and Prefect until asked to stop.

    `started_all` is called once, when nothing was refused and all of them were started.

    Raises:
        RefusedError: another one runs here, or the settings ask for what is not built yet.
        UnreachableError: folder, ports or database are not as they must be.
    """
    require_embedded(settings)
    run_house(
        settings,
        clock=SystemClock(),
        check=lambda: _check_log(settings),
        started_all=started_all,
    )


def status(settings: Settings) -> Status:
    """
    Return what runs, since when, what is late and what is degraded.

    Raises:
        UnreachableError: the log does not answer.
    """
    with DatabaseEventLog(settings.database_address) as log:
        incidents = Incidents(log)
        beat = log.beats().get("engine")
        found = incidents.gather(log.open_incidents())
        members, now = processes(settings.data_dir), SystemClock().now()
        return Status(
            processes=members,
            engine=engine_status(beat.at, beat.data, now=now) if beat else None,
            standing=standing(found.incidents, damaged=found.damaged),
            log=log.label,
            just_started=just_started(members, now=now),
        )


def require_embedded(settings: Settings) -> None:
    """
    Refuse a launcher that is not built yet.

    Raises:
        RefusedError: it is.
    """
    if settings.launcher != "embedded":
        raise RefusedError(
            f"CRISIS_LAUNCHER={settings.launcher} is not built yet: today flows run in the engine"
            " of `crisis serve`. Set CRISIS_LAUNCHER=embedded; to use a Prefect server that runs"
            " already, set CRISIS_PREFECT_API_URL."
        )


def report_page(desk: Desk, incident_id: str, language: str) -> str:
    """
    Return the reflection report as a whole HTML page, in English for `en`, else in German.

    Raises:
        NotFoundError: there is no such incident.
    """
    return report_html(build(desk, incident_id), language="en" if language == "en" else "de")


def house_secret(settings: Settings) -> bytes:
    """
    Return the secret that keys links and codes; made once, in the data folder, unless set.

    Raises:
        UsageError: the secret that was set is too short to be one.
        UnreachableError: the data folder cannot be written to, or the secret in it is damaged.
    """
    if settings.secret is not None:
        secret = settings.secret.get_secret_value().encode()
        if len(secret) < _SHORTEST_SECRET:
            raise UsageError(
                f"CRISIS_SECRET: at least {_SHORTEST_SECRET} characters."
                " Leave it out, and one is made in the data folder."
            )
        return secret
    try:
        return _kept_secret(settings.data_dir / "secret")
    except OSError as error:
        raise UnreachableError(
            f"The secret in {settings.data_dir} cannot be read or made:"
            f" {os.strerror(error.errno or 0)}. Give this user the right to, or name another"
            " folder in CRISIS_DATA_DIR."
        ) from None


def _kept_secret(file: Path) -> bytes:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        fresh = file.with_name(f"secret.{os.getpid()}")
        fresh.touch(mode=0o600)
        with fresh.open("w", encoding="ascii") as text:
            text.write(secrets.token_hex(32))
            text.flush()
            os.fsync(text.fileno())  # half a secret would make links that anybody can guess
        try:
            # Of two processes that come at once, one is first, and both use its secret.
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    secret = file.read_bytes().strip()
    if len(secret) < _SHORTEST_SECRET:
        raise UnreachableError(
            f"{file} holds no whole secret. Restore it from a backup; or remove it, and the"
            " links that were given out lead nowhere."
        )
    return secret


def _courier_settings(settings: Settings) -> CourierSettings:
    return CourierSettings(
        time_limit_s=settings.send_time_limit_s,
        mail_relay=settings.mail_relay.get_secret_value(),
        mail_sender=settings.mail_sender,
        ca_bundle=settings.ca_bundle,
        gateway=_gateway(settings),
    )


def _gateway(settings: Settings) -> Gateway | None:
    url = settings.sms_url.get_secret_value()
    if not url:
        return None
    gateway = Gateway(
        url=url,
        token=settings.sms_token.get_secret_value(),
        token_header=settings.sms_token_header,
        token_prefix=settings.sms_token_prefix,
        form=Form(settings.sms_form),
        to_field=settings.sms_to_field,
        text_field=settings.sms_text_field,
        sender_field=settings.sms_sender_field,
        sender=settings.sms_sender,
        id_field=settings.sms_id_field,
    )
    if gateway.problems():
        raise UsageError("\n".join(f"CRISIS_SMS_URL: {fault}." for fault in gateway.problems()))
    return gateway


def _check_log(settings: Settings) -> None:
    """Bring the log up to date before three processes open it at once."""
    with DatabaseEventLog(settings.database_address) as log:
        _refuse_fast_clock_over_live(settings, log, Incidents(log))


def _refuse_fast_clock_over_live(
    settings: Settings, log: DatabaseEventLog, incidents: Incidents
) -> None:
    """Refuse an exercise's clock while something real is going on."""
    if not settings.sped_up:
        return
    found = incidents.gather(log.open_incidents()).incidents
    live = [incident.id for incident in found if incident.opened.mode is Mode.LIVE]
    if live:
        raise RefusedError(
            f"A live incident is open ({', '.join(live)}), so the clock may not be sped up or"
            " moved. Leave out CRISIS_CLOCK_SCALE and CRISIS_EXERCISE_CLOCK, or use another"
            " data folder for the exercise."
        )
