"""On which machine, from which commit."""

import os
import platform
import subprocess
from pathlib import Path

CPU_INFO = Path("/proc/cpuinfo")


def machine() -> str:
    """Return processor, cores and Python of this machine in one line."""
    listed = CPU_INFO.read_text(encoding="utf-8") if CPU_INFO.is_file() else ""
    cores = len(os.sched_getaffinity(0))
    return f"{processor(listed)}, {cores} cores, Python {platform.python_version()}"


def processor(cpu_info: str) -> str:
    """Return the processor's model out of the text of `/proc/cpuinfo`."""
    for line in cpu_info.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return " ".join(value.split())
    return platform.machine()


def load() -> float:
    """Return how many processes wanted a core over the last minute; figures suffer above cores."""
    return round(os.getloadavg()[0], 1)


def commit(folder: Path) -> str:
    """Return the commit of a working tree, marked if files differ; empty without git."""
    head = _git(folder, "rev-parse", "--short=12", "HEAD")
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    return f"{head} with changes" if head and changed else head


def _git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", *words], cwd=folder, capture_output=True, text=True, check=False, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
