"""A house under faults: its programs as processes, its providers, its log, its page."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import httpx

from bench.faults.crew import Crew
from bench.faults.evidence import Arrival, Evidence, acknowledged
from bench.faults.leaving import ended_by
from bench.faults.ledger import Ledger
from bench.faults.patience import TooLateError, pause, wait_until
from bench.faults.places import Hosts, partners, write_places
from bench.faults.providers import MailProvider, WebProvider
from bench.faults.verdict import Verdict, judge
from crisis.core.reach import MOST_UNKNOWN
from crisis.launch.free_port import free_port
from crisis.launch.program import Program, programs
from crisis.settings import Settings, load_settings

LOOPBACK = "127.0.0.1"
TOKEN = "token of the fault bench"  # noqa: S105 -- a house of its own that lives for minutes
UP_WITHIN = 120.0
OPEN_WITHIN = 60.0
_AGAIN = 0.1
# Both ways of a partner in the wave were tried as often as is done at once.
_OFTEN = 2 * (1 + MOST_UNKNOWN)


class House:
    """
    One house with fresh data; a context manager that ends all it started.

    Args:
        folder: where everything of this house goes.
        address: the database's SQLAlchemy address, empty for SQLite in the folder.
        counts: how many partners each region has.
        more: further settings by field name.
        latency: seconds in which the web provider answers.
    """

    def __init__(
        self,
        folder: Path,
        address: str,
        *,
        counts: dict[str, int],
        more: dict[str, object] | None = None,
        latency: float = 0.0,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.counts = counts
        self.web = WebProvider(latency=latency)
        self.slow = WebProvider(latency=6.0)
        self.mails = MailProvider()
        self.closed_port, port, prefect_port = (free_port() for _ in range(3))
        self.crew = Crew(folder)
        self.has_kills = False
        self.regions: dict[str, str] = {}
        self.promised: dict[str, set[tuple[str, str]]] = {}
        self._stack = ExitStack()
        self._stack.enter_context(ended_by(self.crew.end_all))
        for sink in (self.web, self.slow, self.mails):
            self._stack.enter_context(sink)
        self._more = {
            **({"database_url": address} if address else {}),
            "port": port,
            "prefect_port": prefect_port,
            **(more or {}),
        }
        self.settings = self._settings()
        hosts = Hosts(
            web=f"{LOOPBACK}:{self.web.port}",
            slow=f"{LOOPBACK}:{self.slow.port}",
            closed=f"{LOOPBACK}:{self.closed_port}",
        )
        write_places(folder, hosts, counts=counts)
        self.ledger = Ledger(self.settings.database_address)
        self._stack.callback(self.ledger.close)
        self.client = self._stack.enter_context(httpx.Client(trust_env=False, timeout=30.0))
        self.extra: list[WebProvider] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.crew.end_all()
        for sink in self.extra:
            sink.stop()
        self._stack.close()

    # Processes ----------------------------------------------------------------

    def program(self, name: str) -> Program:
        """Return one of the programs that `crisis serve` starts."""
        found = {program.name: program for program in programs(self.settings)}
        return found[name]

    def start(self, *names: str) -> None:
        """Start programs by their names."""
        for name in names:
            self.crew.start(self.program(name))

    def start_under(self, *names: str, more: dict[str, str]) -> None:
        """Start programs with further variables."""
        for name in names:
            self.crew.start(self.program(name), more=more)

    def start_engine(self, name: str, *, more: dict[str, str] | None = None) -> int:
        """Start an engine with a name of its own."""
        named = {"CRISIS_ENGINE_NAME": name, **(more or {})}
        return self.crew.start(self.program("engine"), name=f"engine-{name}", more=named)

    def serve(self) -> int:
        """Start `crisis serve` and return its pid."""
        command = (sys.executable, "-m", "crisis", "serve")
        return self.crew.start(
            Program(name="serve", command=command, environment=self.environment())
        )

    def environment(self) -> dict[str, str]:
        """Return the whole environment of a process that belongs to this house."""
        foreign = ("CRISIS_", "PREFECT_")
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        return {**inherited, **self.settings.environment()}

    def crisis(self, *words: str) -> Any:  # noqa: ANN401 -- whatever the command prints as JSON
        """Run a command of crisis and return the JSON it prints."""
        done = self._command(*words, "--json")
        try:
            return json.loads(done.stdout)
        except ValueError:
            raise TooLateError(_complaint(words, done)) from None

    def run(self, *words: str) -> None:
        """
        Run a command of crisis.

        Raises:
            TooLateError: it did not do what it was asked to.
        """
        done = self._command(*words)
        if done.returncode:
            raise TooLateError(_complaint(words, done))

    def _command(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "crisis", *words],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            timeout=120,
            check=False,
        )

    # What is seen from outside -------------------------------------------------

    def page_answers(self) -> bool:
        """Return whether the pages answer at all."""
        try:
            self.client.get(f"{self.settings.own_url}/healthz", timeout=1.0)
        except httpx.HTTPError:
            return False
        return True

    def engine_beats(self, pid: int) -> bool:
        """Return whether the engine with this pid has said that it lives."""
        return pid in self.ledger.beats()

    def prefect_is(self, state: str) -> bool:
        """Return whether an engine has found Prefect in this state."""
        beats = self.ledger.beats().values()
        return bool(beats) and max(beats, key=lambda b: b[0])[1].get("prefect") == state

    def arrivals(self) -> list[Arrival]:
        """Return every message that some provider has, oldest first."""
        webs = (self.web, self.slow, *self.extra)
        found = [arrival for web in webs for arrival in web.arrivals()]
        return sorted([*found, *self.mails.arrivals()], key=lambda each: each.at)

    def arrived(self) -> int:
        """Return how many messages the web provider has read."""
        return len(self.web.posts)

    def open_incident(self, playbook: str, region: str) -> str:
        """
        Open an exercise through the interface and return its id.

        Raises:
            TooLateError: the interface did not take it in time.
        """
        ends = time.monotonic() + OPEN_WITHIN
        said = "no answer"
        while time.monotonic() < ends:
            try:
                answer = self.client.post(
                    f"{self.settings.own_url}/api/v1/incidents",
                    json={
                        "playbook": playbook,
                        "region": region,
                        "mode": "exercise",
                        "accept_gaps": True,
                    },
                    headers={"Authorization": f"Bearer {TOKEN}"},
                )
            except httpx.HTTPError as error:
                said = type(error).__name__
            else:
                if answer.status_code == httpx.codes.CREATED:
                    incident = str(answer.json()["id"])
                    self.regions[incident] = region
                    return incident
                said = f"{answer.status_code} {answer.text[:200]}"
            pause(_AGAIN)
        raise TooLateError(f"no incident could be opened: {said}")

    def settled(self, incident: str) -> bool:
        """
        Return whether every partner was told, or is in a person's hands.

        Or stands there as unknown after kill upon kill, to be asked again in minutes.
        """
        claims = self.ledger.claims(incident)
        if any(not claim.outcome for claim in claims):
            return False
        told = {claim.partner for claim in claims if claim.outcome == "accepted"}
        missing = self.expected(incident) - told
        if not missing:
            return True
        if len(missing) > len(claims):
            return False
        handed = {
            getattr(entry.event, "partner", "")
            for entry in self.ledger.entries(incident)
            if entry.event.kind in {"task-raised", "acknowledged"}
        }
        tries = Counter(claim.partner for claim in claims)
        return not {who for who in missing - handed if tries[who] < _OFTEN}

    def expected(self, incident: str) -> frozenset[str]:
        """Return the ids of the partners that an incident must ask."""
        region = self.regions[incident]
        return partners(region, self.counts[region])

    def wait_settled(self, incidents: Iterable[str], *, within: float) -> str:
        """Wait until all is settled; return what was not in time, or nothing."""
        open_ = list(incidents)

        def none_left() -> bool:
            open_[:] = [incident for incident in open_ if not self.settled(incident)]
            return not open_

        try:
            wait_until(none_left, within=within, what="all was done", look=0.1)
        except TooLateError as late:
            return f"{', '.join(open_)}: {late}"
        return ""

    def verdict(self, incident: str) -> Verdict:
        """Judge one incident by all that can be seen from outside."""
        shown = self.shown(incident)
        entries = self.ledger.entries(incident)
        claims = self.ledger.claims(incident)
        keys = {claim.key for claim in claims}
        unknown = [
            attempt
            for obligation in shown["obligations"]
            for attempt in obligation["attempts"]
            if attempt["outcome"] == "unknown"
        ]
        return judge(
            Evidence(
                incident=incident,
                partners=self.expected(incident),
                claims=claims,
                arrivals=[a for a in self.arrivals() if a.key in keys],
                states={o["partner"]: o["state"] for o in shown["obligations"]},
                shown_unknown=len(unknown),
                promised=frozenset(self.promised.get(incident, ())),
                recorded=acknowledged(entries),
                has_kills=self.has_kills,
            )
        )

    def shown(self, incident: str) -> Any:  # noqa: ANN401 -- plain JSON
        """Return what `crisis incident show --json` shows; from the pages, which say the same."""
        try:
            answer = self.client.get(
                f"{self.settings.own_url}/api/v1/incidents/{incident}",
                headers={"Authorization": f"Bearer {TOKEN}"},
            )
            answer.raise_for_status()
        except httpx.HTTPError:
            return self.crisis("incident", "show", incident)
        return answer.json()

    def log_is_intact(self) -> bool:
        """Return what `crisis log verify` says."""
        return bool(self.crisis("log", "verify")["ok"])

    def _settings(self) -> Settings:
        given: dict[str, object] = {
            "data_dir": self.folder / "data",
            "playbooks_dir": self.folder / "playbooks",
            "contacts_dir": self.folder / "contacts",
            "api_token": TOKEN,
            "mail_relay": f"mailto://{LOOPBACK}:{self.mails.port}/?from=crisis@faults.example",
            "sms_url": f"http://{LOOPBACK}:{self.web.port}/sms",
            "page_limit": "100000/minute",
            # A wave a minute is no runaway here.
            "limit_contact": "off",
            **self._more,
        }
        settings = load_settings(given, env_file=None)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        return settings


def _complaint(words: tuple[str, ...], done: subprocess.CompletedProcess[bytes]) -> str:
    said = done.stderr.decode(errors="replace").strip()[-400:]
    return f"crisis {' '.join(words)} ended with {done.returncode}: {said}"
