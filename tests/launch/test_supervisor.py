"""The supervisor with small programs, as a thread and as a process that is killed."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Self

import pytest

from crisis.errors import RefusedError
from crisis.launch.program import Program, programs
from crisis.launch.roll import Roll, call_roll
from crisis.launch.supervisor import bury, serve, supervise
from crisis.simulated.clock import START, FakeClock
from tests.flows.house import wait_until
from tests.launch.place import APlace

SLEEPER = (sys.executable, "-c", "import time; time.sleep(600)")
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""
STUBBORN = (sys.executable, "-c", DEAF)


def a_program(
    name: str, command: tuple[str, ...] = SLEEPER, *, leaves_within: float = 5
) -> Program:
    return Program(
        name=name, command=command, environment=dict(os.environ), leaves_within=leaves_within
    )


def pids(roll: Roll | None) -> dict[str, int]:
    return {} if roll is None else {child.name: child.pid for child in roll.children}


class Supervision:
    """Supervise in a thread, as `with Supervision(...) as it`."""

    def __init__(self, folder: Path, *members: Program) -> None:
        self.folder = folder
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=supervise,
            args=(members, folder),
            kwargs={"clock": FakeClock(), "stop": self._stop},
        )

    def __enter__(self) -> Self:
        self._thread.start()
        wait_until(lambda: bool(pids(call_roll(self.folder))), what="the roll")
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop all programs and wait for it."""
        self._stop.set()
        self._thread.join()


def test_all_programs_start_and_stand_on_the_roll(tmp_path: Path) -> None:
    with Supervision(tmp_path, a_program("one"), a_program("two")):
        roll = call_roll(tmp_path)

    assert roll is not None
    assert [(c.name, c.since, c.restarts) for c in roll.children] == [
        ("one", START, 0),
        ("two", START, 0),
    ]
    assert roll.supervisor.pid == os.getpid()
    assert not any(child.alive for child in roll.children)
    assert call_roll(tmp_path) is None


def test_killed_program_is_started_anew_and_the_others_are_left_alone(tmp_path: Path) -> None:
    with Supervision(tmp_path, a_program("one"), a_program("two")):
        before = pids(call_roll(tmp_path))
        os.kill(before["one"], signal.SIGKILL)
        wait_until(lambda: pids(call_roll(tmp_path))["one"] != before["one"], what="a new one")
        roll = call_roll(tmp_path)

    assert roll is not None
    assert {child.name: child.restarts for child in roll.children} == {"one": 1, "two": 0}
    assert pids(roll)["two"] == before["two"]
    assert (tmp_path / "logs" / "one.log").read_text() == (
        f"{START.isoformat(timespec='seconds')} crisis: one ended with -9; starts again\n"
    )


def test_full_disk_takes_nobody_down(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    # Whatever is written there fails as on a full disk.
    (tmp_path / "logs" / "one.log").symlink_to("/dev/full")
    with Supervision(tmp_path, a_program("one"), a_program("two")):
        before = pids(call_roll(tmp_path))
        os.kill(before["one"], signal.SIGKILL)
        wait_until(lambda: pids(call_roll(tmp_path))["one"] != before["one"], what="a new one")
        after = call_roll(tmp_path)

    assert after is not None
    assert pids(after)["two"] == before["two"]


def test_program_whose_log_cannot_be_opened_runs_without_one(tmp_path: Path) -> None:
    (tmp_path / "logs" / "one.log").mkdir(parents=True)
    with Supervision(tmp_path, a_program("one")):
        before = pids(call_roll(tmp_path))
        os.kill(before["one"], signal.SIGKILL)
        wait_until(lambda: pids(call_roll(tmp_path))["one"] != before["one"], what="a new one")


def test_roll_that_cannot_be_written_is_written_later(tmp_path: Path) -> None:
    in_the_way = tmp_path / "serve.json.new"
    in_the_way.mkdir()
    stop = threading.Event()
    works = {"clock": FakeClock(), "stop": stop}
    thread = threading.Thread(target=supervise, args=([a_program("one")], tmp_path), kwargs=works)
    thread.start()
    try:
        wait_until((tmp_path / "logs" / "one.log").exists, what="one runs")
        in_the_way.rmdir()
        wait_until(lambda: set(pids(call_roll(tmp_path))) == {"one"}, what="the roll")
    finally:
        stop.set()
        thread.join()


def test_program_that_cannot_be_started_does_not_take_the_others_down(tmp_path: Path) -> None:
    missing = a_program("missing", ("/no/such/program",))
    with Supervision(tmp_path, missing, a_program("two")):
        found = pids(call_roll(tmp_path))

    assert set(found) == {"two"}


def test_program_that_always_ends_is_started_with_growing_pauses(tmp_path: Path) -> None:
    ends = a_program("ends", (sys.executable, "-c", "raise SystemExit(3)"))
    log = tmp_path / "logs" / "ends.log"
    began = time.monotonic()
    with Supervision(tmp_path, ends):
        wait_until(lambda: log.is_file() and len(log.read_text().splitlines()) >= 3, what="ends")

    # It ended three times: at once, after half a second, after one more.
    assert time.monotonic() - began >= 1.5


def test_program_that_lets_others_go_first_starts_after_them(tmp_path: Path) -> None:
    soon, late = (replace(a_program(f"after {s}"), starts_after=s) for s in (0.5, 3600.0))
    with Supervision(tmp_path, late, soon, a_program("one")):
        wait_until(lambda: "after 0.5" in pids(call_roll(tmp_path)), what="who lets others go")
        found = set(pids(call_roll(tmp_path)))

    assert found == {"after 0.5", "one"}


def test_program_that_does_not_listen_is_ended(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "deaf.log"
    with Supervision(tmp_path, a_program("deaf", STUBBORN, leaves_within=0.3)) as supervision:
        wait_until(lambda: log.exists() and log.read_text() == "deaf\n", what="it is deaf")
        roll = call_roll(tmp_path)
        supervision.stop()

    assert roll is not None
    assert not roll.children[0].alive


def test_second_supervisor_in_a_folder_is_refused(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import sys, threading
        from pathlib import Path
        from crisis.launch import supervisor
        with supervisor._only_one(Path(sys.argv[1])):
            print("runs", flush=True)
            threading.Event().wait(600)
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"runs\n"
        try:
            with pytest.raises(RefusedError, match="already runs in"):
                serve(APlace(data_dir=tmp_path), clock=FakeClock(), stop=threading.Event())
        finally:
            other.kill()


def test_killed_supervisor_leaves_nothing_that_hinders_a_successor(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import os, sys, threading
        from pathlib import Path
        from crisis.launch.program import Program
        from crisis.launch.supervisor import supervise
        from crisis.simulated.clock import FakeClock
        sleeper = (sys.executable, "-c", "import time; time.sleep(600)")
        program = Program(name="one", command=sleeper, environment=dict(os.environ))
        supervise([program], Path(sys.argv[1]), clock=FakeClock(), stop=threading.Event())
        """
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)]) as killed:
        wait_until(lambda: bool(pids(call_roll(tmp_path))), what="the roll")
        roll = call_roll(tmp_path)
        killed.kill()
    assert roll is not None

    wait_until(lambda: not roll.children[0].alive, what="it is gone")
    with Supervision(tmp_path, a_program("one")):
        wait_until(lambda: pids(call_roll(tmp_path)) != pids(roll), what="another roll")
        successor = call_roll(tmp_path)

    assert successor is not None
    assert successor.supervisor.pid == os.getpid()


@pytest.mark.parametrize("outlives_nobody", [True, False])
def test_deaf_child_of_a_killed_supervisor_is_gone_before_a_successor_starts(
    tmp_path: Path, *, outlives_nobody: bool
) -> None:
    script = textwrap.dedent(
        """
        import os, sys, threading
        from pathlib import Path
        from crisis.launch.program import Program
        from crisis.launch.supervisor import supervise
        from crisis.simulated.clock import FakeClock
        folder, deaf, outlives_nobody = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "True"
        program = Program(
            name="deaf",
            command=(sys.executable, "-c", deaf),
            environment=dict(os.environ),
            outlives_nobody=outlives_nobody,
        )
        supervise([program], folder, clock=FakeClock(), stop=threading.Event())
        """
    )
    log = tmp_path / "logs" / "deaf.log"
    command = [sys.executable, "-c", script, str(tmp_path), DEAF, str(outlives_nobody)]
    with subprocess.Popen(command) as killed:
        wait_until(lambda: log.exists() and log.read_text() == "deaf\n", what="it is deaf")
        roll = call_roll(tmp_path)
        killed.kill()
    assert roll is not None

    if outlives_nobody:
        wait_until(lambda: not roll.children[0].alive, what="it is gone")
    else:
        bury(roll)

    assert not roll.children[0].alive


def test_house_consists_of_watcher_engine_pages_and_prefect(tmp_path: Path) -> None:
    place = APlace(data_dir=tmp_path, prefect_port=4300, variables={"CRISIS_PORT": "81"})

    ours = programs(place)

    assert [(p.name, p.command[1:]) for p in ours] == [
        ("watcher", ("-m", "crisis.watch")),
        ("engine", ("-m", "flows.engine")),
        ("web", ("-m", "crisis.web")),
        ("prefect", ("-m", "flows.prefect_server")),
    ]
    assert all(p.environment["CRISIS_PORT"] == "81" for p in ours)
    assert all(p.environment["MALLOC_ARENA_MAX"] == "2" for p in ours)
    assert ours[3].environment["PREFECT_SERVER_API_PORT"] == "4300"
    assert ours[3].environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


def test_prefect_variables_of_somebody_else_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_KEY", "not-for-us")

    ours = programs(APlace(data_dir=tmp_path, own_prefect=False))

    assert [p.name for p in ours] == ["watcher", "engine", "web"]
    assert not any("PREFECT_API_KEY" in p.environment for p in ours)


def test_host_with_an_engine_only_serves_no_pages(tmp_path: Path) -> None:
    alone = APlace(data_dir=tmp_path, engine_only=True)

    assert [p.name for p in programs(alone)] == ["watcher", "engine", "prefect"]
    assert [p.name for p in programs(replace(alone, own_prefect=False))] == ["watcher", "engine"]
