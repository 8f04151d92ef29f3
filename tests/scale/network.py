"""
Hosts as network namespaces: a hub with database and provider, a cable to each host.

The namespaces have no way out. The hub has the address `HUB`; what it runs cannot be
reached from the machine either, except through files.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.required import absent

HUB = "10.77.0.1"
_WITHIN = 60


@dataclass(frozen=True, kw_only=True)
class Network:
    """The namespaces of one test, told apart from others' by `prefix`."""

    prefix: str
    hosts: Sequence[str]

    def inside(self, place: str, command: Sequence[str]) -> list[str]:
        """Return the command line that runs a command inside a namespace."""
        return ["ip", "netns", "exec", self.name(place), *command]

    def cut_off(self, host: str) -> None:
        """Pull a host's cable: nobody is told, nothing arrives."""
        _ip("-n", self.name("hub"), "link", "set", f"to-{host}", "down")

    def reconnect(self, host: str) -> None:
        """Plug a host's cable in again."""
        _ip("-n", self.name("hub"), "link", "set", f"to-{host}", "up")

    def name(self, place: str) -> str:
        """Return the name of a namespace."""
        return f"{self.prefix}-{place}"

    def lay(self) -> None:
        """Make the namespaces and the cables."""
        _ip("netns", "add", self.name("hub"))
        _ip("-n", self.name("hub"), "link", "set", "lo", "up")
        _ip("-n", self.name("hub"), "addr", "add", f"{HUB}/32", "dev", "lo")
        for number, host in enumerate(self.hosts, start=1):
            here, there = self.name("hub"), self.name(host)
            _ip("netns", "add", there)
            _ip("-n", there, "link", "set", "lo", "up")
            cable = ("-n", here, "link", "add", f"to-{host}", "type", "veth")
            _ip(*cable, "peer", "name", "to-hub", "netns", there)
            _ip("-n", here, "addr", "add", f"10.77.{number}.1/24", "dev", f"to-{host}")
            _ip("-n", there, "addr", "add", f"10.77.{number}.2/24", "dev", "to-hub")
            _ip("-n", here, "link", "set", f"to-{host}", "up")
            _ip("-n", there, "link", "set", "to-hub", "up")
            _ip("-n", there, "route", "add", f"{HUB}/32", "via", f"10.77.{number}.1")

    def remove(self) -> None:
        """Remove the namespaces; the cables go with them."""
        for place in ("hub", *self.hosts):
            subprocess.run(
                ["ip", "netns", "del", self.name(place)],
                capture_output=True,
                timeout=_WITHIN,
                check=False,
            )


@contextmanager
def network(*hosts: str) -> Iterator[Network]:
    """Yield a network with these hosts, or skip the test where none can be made."""
    if shutil.which("ip") is None or shutil.which("setpriv") is None:
        absent("netns", "`ip` or `setpriv` is not on this machine")
    laid = Network(prefix=f"crisis-{os.getpid()}", hosts=hosts)
    try:
        try:
            laid.lay()
        except subprocess.CalledProcessError as error:
            why = error.stderr.decode().strip().splitlines()[0]
            absent("netns", f"network namespaces are not permitted here ({why})")
        yield laid
    finally:
        laid.remove()


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], capture_output=True, timeout=_WITHIN, check=True)
