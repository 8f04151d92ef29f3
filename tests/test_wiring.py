"""The real world: its clock, its ids, its secret, and what it refuses."""

import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import gethostname

import pytest

from crisis.core.contact import ChannelKind
from crisis.core.event import IncidentOpened, Mode
from crisis.core.limit import limits_of
from crisis.errors import RefusedError, UnreachableError, UsageError
from crisis.launch.status import Standing, Status
from crisis.settings import Settings, load_settings
from crisis.usecases.guard import GuardRules
from crisis.wiring import (
    RandomIds,
    SystemClock,
    exercise_clock,
    house_secret,
    open_world,
    require_shared,
    serve,
    status,
)
from crisis.wiring.courier import way_out
from tests.builders import T0, a_playbook, entries_of
from tests.flows.house import an_incident, write_contacts

EVENING = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)


def settings(folder: Path, **given: object) -> Settings:
    return load_settings(
        {
            "data_dir": folder / "data",
            "playbooks_dir": folder / "playbooks",
            "contacts_dir": folder / "contacts",
            **given,
        },
        env_file=None,
    )


def test_system_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta()


def test_incident_ids_sort_by_time_and_code_words_can_be_said() -> None:
    ids = RandomIds()

    first = ids.incident_id(at=EVENING)
    second = ids.incident_id(at=EVENING + timedelta(minutes=1))

    assert re.fullmatch(r"20261218-1820-[a-z0-9]{4}", first)
    assert first < second
    assert re.fullmatch(r"[A-Z]+ [1-9]\d", ids.code_word())
    # Two of fifty are the same once in four hundred times; four are not.
    assert len({ids.incident_id(at=EVENING) for _ in range(50)}) > 46


def test_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    given = settings(tmp_path)

    secret = house_secret(given)

    file = tmp_path / "data" / "secret"
    assert house_secret(given) == secret == file.read_bytes()
    assert len(secret) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret"]


def test_secret_that_was_set_must_be_one(tmp_path: Path) -> None:
    assert house_secret(settings(tmp_path, secret="x" * 16)) == b"x" * 16
    with pytest.raises(UsageError, match="CRISIS_SECRET: at least 16 characters"):
        house_secret(settings(tmp_path, secret="short"))  # noqa: S106 -- no secret of anybody


def test_damaged_secret_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret").touch()

    with pytest.raises(UnreachableError, match="holds no whole secret"):
        house_secret(settings(tmp_path))


def test_secret_in_a_folder_that_cannot_be_written_to_says_so(tmp_path: Path) -> None:
    (tmp_path / "data").touch()

    with pytest.raises(UnreachableError, match="cannot be read or made"):
        house_secret(settings(tmp_path))


def test_live_incidents_are_refused_while_the_clock_is_an_exercises(tmp_path: Path) -> None:
    with open_world(settings(tmp_path, clock_scale=60)) as sped_up:
        assert not sped_up.desk.house.live_allowed
    with open_world(settings(tmp_path, exercise_clock=True)) as skipping:
        assert not skipping.desk.house.live_allowed
    with open_world(settings(tmp_path)) as real:
        assert real.desk.house.live_allowed


def test_exercise_begins_when_it_is_told_and_time_left_is_real_time(tmp_path: Path) -> None:
    given = settings(tmp_path, clock_scale=60)
    exercise_clock(given, start=EVENING)

    with open_world(given) as world:
        begun = world.desk.house.clock.now()
        left = world.real_seconds_until(begun + timedelta(minutes=10))

    assert EVENING <= begun < EVENING + timedelta(minutes=10)
    assert left == pytest.approx(10, abs=1)


def test_world_opens_incidents_with_the_contacts_on_disk(tmp_path: Path) -> None:
    write_contacts(tmp_path / "contacts", partners=2, port=9)
    given = settings(tmp_path)

    with open_world(given) as world:
        incident = an_incident(world, a_playbook(), label="AHORN 47")
        runs = world.engine_runs()
    said = status(given)

    assert (incident.opened.mode, runs) == (Mode.EXERCISE, False)
    assert said == Status(
        processes=(),
        engines=(),
        standing=Standing(open_incidents=1, degraded=(), overdue=0, unknown=0),
        log=f"the file {tmp_path}/data/crisis.sqlite3",
    )


def test_engine_runs_while_its_beat_is_recent(tmp_path: Path) -> None:
    with open_world(settings(tmp_path)) as world:
        now = world.wall.now()
        world.log.beat("engine/host-a", now - timedelta(seconds=11), {})
        long_ago = world.engine_runs()
        world.log.beat("engine/host-a", now, {"pid": os.getpid()})

        assert (long_ago, world.engine_runs()) == (False, True)


def test_gateway_that_is_no_address_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="CRISIS_SMS_URL: the gateway's URL must begin"):
        open_world(settings(tmp_path, sms_url="eve")).__enter__()


def test_gateway_is_taken_over_from_the_settings(tmp_path: Path) -> None:
    with open_world(settings(tmp_path, sms_url="https://sms.example/send", sms_form="form")):
        pass


def test_hosts_that_work_together_must_share_secret_and_address(tmp_path: Path) -> None:
    shared = {"launcher": "prefect", "database_url": "postgresql://ada@db.example/crisis"}

    with pytest.raises(UsageError) as refused:
        serve(settings(tmp_path, **shared))

    assert str(refused.value) == (
        "CRISIS_LAUNCHER=prefect on several hosts:\n"
        "CRISIS_SECRET is not set, but links and codes are keyed with it:"
        " set the same on every host.\n"
        "CRISIS_BASE_URL is not set, but links in messages begin with it:"
        " set the same on every host."
    )
    require_shared(settings(tmp_path, launcher="prefect"))
    require_shared(settings(tmp_path, **shared, secret="s" * 16, base_url="https://c.example"))
    require_shared(settings(tmp_path, database_url="postgresql://ada@db.example/crisis"))


def test_engine_that_was_killed_does_not_run_however_recent_its_beat(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    with open_world(settings(tmp_path)) as world:
        world.log.beat("engine/host-a", world.wall.now(), {"pid": gone.pid, "host": gethostname()})

        assert not world.engine_runs()


def test_fast_clock_is_refused_while_a_live_incident_is_open(tmp_path: Path) -> None:
    plain, fast = settings(tmp_path), settings(tmp_path, clock_scale=60.0)
    with open_world(plain) as world:
        event = entries_of()[0].event
        assert isinstance(event, IncidentOpened)
        live = replace(event, mode=Mode.LIVE)
        world.log.append("i1", (live,), actor="ada", at=T0, expected_version=0)

    with pytest.raises(RefusedError) as refused, open_world(fast):
        pass

    assert str(refused.value) == (
        "A live incident is open (i1), so the clock may not be sped up or moved. Leave out"
        " CRISIS_CLOCK_SCALE and CRISIS_EXERCISE_CLOCK, or use another data folder for the"
        " exercise."
    )
    assert not fast.clock_file.exists()


def test_engine_only_needs_what_the_hosts_share(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="CRISIS_ENGINE_ONLY: the log is a SQLite file"):
        require_shared(settings(tmp_path, engine_only=True))

    with pytest.raises(UsageError) as missing:
        require_shared(
            settings(tmp_path, engine_only=True, database_url="postgresql://crisis@/crisis")
        )
    assert str(missing.value) == (
        "CRISIS_ENGINE_ONLY on several hosts:\n"
        "CRISIS_SECRET is not set, but links and codes are keyed with it: set the same on every"
        " host.\n"
        "CRISIS_BASE_URL is not set, but links in messages begin with it: set the same on every"
        " host."
    )


def test_providers_of_the_file_carry_with_breakers_and_limits(tmp_path: Path) -> None:
    file = tmp_path / "providers.yaml"
    file.write_text(
        "mail:\n"
        "  - {id: a, url: 'mailtos://relay-a.example/?from=lage@lage.example'}\n"
        "sms:\n"
        "  - {id: b, url: 'https://sms.example', order: 2, limits: [60/minute], sender: Lage}\n",
        encoding="utf-8",
    )
    given = settings(tmp_path, providers=file, limit_contact="off", limit_sms="5/minute")

    found = way_out(given)

    assert [(one.id, one.order) for one in found.courier.every_provider()] == [("a", 1), ("b", 2)]
    assert found.rules == GuardRules(
        kinds={
            ChannelKind.EMAIL: (),
            ChannelKind.SMS: limits_of("5/minute"),
            ChannelKind.HTTP: (),
        },
        providers={"b": limits_of("60/minute")},
    )
    with open_world(given) as world:
        assert world.breakers() == {"a": "closed", "b": "closed"}


def test_providers_in_the_file_and_in_a_variable_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "providers.yaml"
    file.write_text(
        "mail:\n"
        "  - {id: a, url: 'mailto://u:p@relay.example?mode=insecure&from=a@lage.example'}\n"
        "sms:\n"
        "  - {id: b, url: 'https://sms.example'}\n",
        encoding="utf-8",
    )
    given = settings(
        tmp_path,
        providers=file,
        mail_relay="mailtos://relay.example",
        sms_url="https://sms.example",
    )

    with pytest.raises(UsageError) as refused:
        way_out(given)

    assert str(refused.value).splitlines() == [
        (
            "CRISIS_PROVIDERS: provider `a`: a password would travel unencrypted;"
            " use mailtos:// or drop it."
        ),
        (
            "CRISIS_MAIL_RELAY is set, and CRISIS_PROVIDERS names a file with providers under"
            " `mail`. Describe all of them in the file, and leave CRISIS_MAIL_RELAY out."
        ),
        (
            "CRISIS_SMS_URL is set, and CRISIS_PROVIDERS names a file with providers under"
            " `sms`. Describe all of them in the file, and leave CRISIS_SMS_URL out."
        ),
    ]


@pytest.mark.parametrize("name", ["contact", "email", "sms", "http", "provider"])
def test_limit_of_nought_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=f"CRISIS_LIMIT_{name.upper()}: .*let nothing through"):
        settings(tmp_path, **{f"limit_{name}": "0/minute"})
