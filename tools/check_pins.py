"""
Check that the three places that name dependencies agree.

`pyproject.toml` and `requirements/run.in` hold the same lines (but for those marked `lock only`);
every file compiled from them pins each name within its range and carries hashes.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)( .*)?$")


def wanted(text: str) -> dict[str, bool]:
    """
    Read a `.in` file.

    Returns:
        Requirement line -> whether only the lock needs it. Options and comments are left out.
    """
    lines = (line.partition("#") for line in text.splitlines())
    return {
        before.strip(): "lock only" in comment
        for before, _, comment in lines
        if before.strip() and not before.startswith("-")
    }


def pinned(text: str) -> dict[str, str]:
    """Read a compiled file: canonical name -> version."""
    found = (_PINNED.match(line) for line in text.splitlines())
    return {canonicalize_name(pin[1]): pin[2] for pin in found if pin}


def disagreements(declared: list[str], source: dict[str, bool]) -> Iterator[str]:
    """Yield every line that only one of pyproject.toml and run.in holds."""
    shipped = {line for line, lock_only in source.items() if not lock_only}
    for line in sorted(set(declared) ^ shipped):
        place = "pyproject.toml" if line in declared else "requirements/run.in"
        yield f"{line} stands only in {place}; write it in both"


def strays(source: dict[str, bool], lock: dict[str, str], name: str) -> Iterator[str]:
    """Yield every wanted line that the compiled file `name` does not fulfil."""
    for line in source:
        requirement = Requirement(line)
        version = lock.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version):
            yield f"requirements/{name} has {version} for {line}; run requirements/compile"


def main() -> int:
    """Compare the files of the working tree and say what was found."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    folder = Path("requirements")
    run = wanted((folder / "run.in").read_text(encoding="utf-8"))
    dev = run | wanted((folder / "dev.in").read_text(encoding="utf-8"))
    found = list(disagreements(project["dependencies"], run))
    for source, name in ((run, "run.txt"), (dev, "dev.txt")):
        found += strays(source, pinned((folder / name).read_text(encoding="utf-8")), name)
    print("\n".join(found) if found else "Pins: nothing found.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
