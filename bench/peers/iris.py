"""
Iris (`irisapi` 1.0.37) with MariaDB: a thousand people in one step, over SMTP.

Its loop sleeps up to a minute between two looks; the incident stands in the database
when the sender starts, so that this wait is left out of its time.
"""

import json
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.peers.home import HOME, last_of, moment_of, python_of, run_to_end, started
from bench.providers import LOOPBACK, started_providers
from crisis.errors import UnreachableError
from crisis.launch.free_port import free_port

STARTS_WITHIN = 60.0
SENDS_WITHIN = 60.0
_LOOP = "sender looop started"
_EMPTY = "CREATE DATABASE `iris` CHARACTER SET latin1;\n"
# The rows Iris ships as its defaults (db/dummy_data.sql), then one plan of one step.
_SEED = """\
SET FOREIGN_KEY_CHECKS=0;
INSERT INTO `mode` VALUES (26,'call'),(35,'email'),(17,'slack'),(8,'sms'),(36,'drop');
INSERT INTO `priority` VALUES (8,'urgent',26),(17,'high',8),(26,'medium',35),(35,'low',35);
INSERT INTO `target_type` VALUES (3,'mailing-list'),(2,'team'),(1,'user');
INSERT INTO `target_role` VALUES (8,'user',1);
INSERT INTO `application` (`id`,`name`,`key`,`sample_context`) VALUES (11,'iris','bench','{{}}');
INSERT INTO `application_mode` VALUES (11,35);
INSERT INTO `target` (`id`,`name`,`type_id`,`active`) VALUES {targets};
INSERT INTO `user` (`target_id`) VALUES {users};
INSERT INTO `target_contact` VALUES {contacts};
INSERT INTO `template` VALUES (1,'ask','2026-11-02 08:00:00',1);
INSERT INTO `template_active` VALUES ('ask',1);
INSERT INTO `template_content`
  (`template_id`,`application_id`,`mode_id`,`subject`,`body`,`email_subject`,`email_text`)
  VALUES (1,11,35,'{subject}','{body}','{subject}','{body}');
INSERT INTO `plan` (`id`,`name`,`created`,`user_id`,`description`,`step_count`,
  `threshold_window`,`threshold_count`,`aggregation_window`,`aggregation_reset`)
  VALUES (1,'wave','2026-11-02 08:00:00',1,'one wave',1,900,1000000,300,300);
INSERT INTO `plan_active` VALUES ('wave',1);
INSERT INTO `plan_notification`
  (`plan_id`,`step`,`template`,`target_id`,`role_id`,`priority_id`,`repeat`,`wait`)
  VALUES {notifications};
INSERT INTO `incident`
  (`plan_id`,`created`,`context`,`application_id`,`current_step`,`active`)
  VALUES (1,NOW(),'{{}}',11,0,1);
"""
SUBJECT = "AHORN 47"
BODY = "AHORN 47, Dresden: Bitte bis 19:35 Uhr melden. Code 1234. " * 4


def iris_seconds(folder: Path, people: int) -> float:
    """Return the seconds from the start of Iris's loop to its last mail at our sink."""
    python = python_of("iris")
    if python is None:
        raise UnreachableError("Iris is not installed: bench/peers/install")
    with started_providers({"smtp": 0.0}) as providers, _mariadb(folder) as (port, client):
        schema = (HOME / "iris" / "schema.sql").read_text(encoding="utf-8")
        run_to_end(client, folder=folder, within=STARTS_WITHIN, given=_EMPTY + schema)
        run_to_end([*client, "iris"], folder=folder, within=STARTS_WITHIN, given=_seed(people))
        config = folder / "iris.yaml"
        config.write_text(json.dumps(_config(port, providers.ports["smtp"])), encoding="utf-8")
        (folder / "logs").mkdir()
        with started(
            [str(python), "-W", "ignore", "-m", "iris.bin.sender", str(config)],
            folder=folder,
            log="iris.log",
        ) as told:
            began = moment_of(told, _LOOP, within=STARTS_WITHIN)
            return last_of(providers, people, within=SENDS_WITHIN) - began


def _seed(people: int) -> str:
    numbers = range(1, people + 1)
    return _SEED.format(
        targets=",".join(f"({n},'p{n}',1,1)" for n in numbers),
        users=",".join(f"({n})" for n in numbers),
        contacts=",".join(f"({n},35,'p{n}@bench.example')" for n in numbers),
        notifications=",".join(f"(1,1,'ask',{n},8,26,0,900)" for n in numbers),
        subject=SUBJECT,
        body=BODY,
    )


def _config(port: int, relay: int) -> dict[str, Any]:
    """Return Iris's own configs/config.dev.yaml as far as its sender reads it; JSON is YAML."""
    return {
        "server": {"host": LOOPBACK, "port": free_port(), "disable_auth": True},
        "db": {
            "conn": {
                "kwargs": {
                    "scheme": "mysql+pymysql",
                    "user": "root",
                    "password": "",
                    "host": LOOPBACK,
                    "port": port,
                    "database": "iris",
                    "charset": "utf8",
                },
                "str": "%(scheme)s://%(user)s:%(password)s@%(host)s:%(port)s/%(database)s"
                "?charset=%(charset)s",
            },
            "query_limit": 500,
            "kwargs": {"pool_recycle": 3600, "pool_size": 100, "max_overflow": 100},
        },
        "sender": {
            "debug": False,
            "process_title": "iris-sender",
            "host": LOOPBACK,
            "port": free_port(),
            # Its own example says 500; 32 is the window that ours has.
            "workers_per_mode": {"email": 32},
            "leader_sender": {"host": LOOPBACK, "port": 2321},
            "api_host": f"http://{LOOPBACK}:9",
            "sender_app": "iris",
            "access_log": {"maxBytes": 10485760, "filename": "./logs/access.log"},
            "disable_gwatch_renewer": True,
            "is_leader": True,
        },
        "skipgmailwatch": True,
        "sender_workers": 50,
        "role_lookups": ["user"],
        "applications": ["dummy_app"],
        "vendors": [
            {
                "type": "iris_smtp",
                "name": "email",
                "smtp_server": LOOPBACK,
                "port": relay,
                "from": "iris@bench.example",
            }
        ],
        "metrics": "dummy",
        "enable_gmail_oneclick": False,
        "allowed_origins": [],
        "supported_timezones": ["UTC"],
    }


@contextmanager
def _mariadb(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the port of a throw-away MariaDB on the loopback address, and a client of it."""
    # A socket's path may have 107 characters, and the server's user must reach it.
    home = Path(tempfile.mkdtemp(prefix="crisis-bench-maria-"))
    owner = _unprivileged()
    own = [f"--user={owner}"] if owner else []
    if owner:
        shutil.chown(home, user=owner)
    place = [f"--datadir={home / 'data'}", f"--socket={home / 'socket'}"]
    port = free_port()
    try:
        run_to_end(
            [
                *("mariadb-install-db", "--no-defaults", *own, f"--datadir={home / 'data'}"),
                *("--auth-root-authentication-method=normal", "--skip-test-db"),
            ],
            folder=folder,
            within=STARTS_WITHIN,
        )
        with started(
            [
                *("mariadbd", "--no-defaults", *own, *place, f"--port={port}"),
                *(f"--bind-address={LOOPBACK}", "--max-connections=400"),
                f"--pid-file={home / 'pid'}",
            ],
            folder=folder,
            log="mariadb.log",
        ) as told:
            moment_of(told, "ready for connections", within=STARTS_WITHIN)
            yield port, ["mariadb", "--no-defaults", f"--socket={home / 'socket'}", "-u", "root"]
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _unprivileged() -> str:
    """Name the user to run the server as: MariaDB refuses to run as root."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "mysql" if "mysql" in known else "nobody"
