"""
healthchecks with SQLite: a thousand deadlines that have passed, a webhook for each.

Its loop sleeps two seconds when nothing is due; the deadlines have passed when it
starts, so that this wait is left out of its time.
"""

import os
from pathlib import Path

from bench.peers.home import HOME, last_of, moment_of, python_of, run_to_end, started
from bench.providers import started_providers
from crisis.errors import UnreachableError

STARTS_WITHIN = 60.0
SENDS_WITHIN = 90.0
# As many webhooks at once as our own window has.
WORKERS = 32
_LOOP = "sendalerts is now running"
_SEED = """\
import json
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils.timezone import now
from hc.accounts.models import Project
from hc.api.models import Channel, Check

owner = User.objects.create(username="bench", email="bench@bench.example")
project = Project.objects.create(owner=owner, name="bench")
hook = {{"url_down": {url!r}, "method_down": "POST", "headers_down": {{}},
        "body_down": json.dumps({{"id": "$CODE"}}), "url_up": "", "method_up": "GET",
        "headers_up": {{}}, "body_up": ""}}
channel = Channel.objects.create(project=project, kind="webhook", value=json.dumps(hook))
for number in range({count}):
    check = Check.objects.create(
        project=project, name=f"Stelle {{number}}", status="up", timeout=timedelta(minutes=1),
        grace=timedelta(minutes=1), last_ping=now() - timedelta(minutes=5),
        alert_after=now() - timedelta(minutes=3))
    check.channel_set.add(channel)
"""


def healthchecks_seconds(folder: Path, deadlines: int) -> float:
    """Return the seconds from the start of its loop to the last webhook at our sink."""
    python = python_of("healthchecks")
    if python is None:
        raise UnreachableError("healthchecks is not installed: bench/peers/install")
    source = HOME / "healthchecks" / "source"
    variables = {
        **os.environ,
        "DB": "sqlite",
        "DB_NAME": str(folder / "hc.sqlite"),
        "SECRET_KEY": "bench",
        "DEBUG": "False",
        "INTEGRATIONS_ALLOW_PRIVATE_IPS": "True",
        "PYTHONPATH": str(source),
    }
    manage = ["env", *(f"{name}={value}" for name, value in variables.items()), str(python)]
    manage += ["-W", "ignore", str(source / "manage.py")]
    with started_providers({"http": 0.0}) as providers:
        run_to_end([*manage, "migrate", "-v0"], folder=folder, within=STARTS_WITHIN)
        seed = _SEED.format(url=f"http://{providers.place('http')}/hook", count=deadlines)
        run_to_end([*manage, "shell", "-v0"], folder=folder, within=STARTS_WITHIN, given=seed)
        with started(
            [*manage, "sendalerts", f"--num-workers={WORKERS}"],
            folder=folder,
            log="healthchecks.log",
        ) as told:
            began = moment_of(told, _LOOP, within=STARTS_WITHIN)
            return last_of(providers, deadlines, within=SENDS_WITHIN) - began
