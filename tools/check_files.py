"""
Check what no linter sees, in every file that git knows or would take.

Prints `path:line message` per finding; exits 1 when there is one.
Length of Python files, reasons behind suppressions, traces of one machine, unfinished work.
"""

import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 400
_FIRM_REASON = re.compile(r" -- \S.{7,}")
_HOW = "add ` -- why` (type: ignore takes `  # -- why`)"
_SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|nosec|pragma:\s*no\s*cover)")
_CODED = re.compile(r"#\s*(noqa:\s*[A-Z]+\d+|type:\s*ignore\[[a-z-]+|nosec B\d+|pragma)")
# The brackets keep each pattern from finding itself in this file.
_TRACES = (
    (
        re.compile(r"/(?:work|root|home|opt/pypi)[/]|/tmp/(?:brief|house)\b"),
        "a path of one machine",
    ),
    (re.compile(r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs"), "the host of a package index"),
    (re.compile(r"--(?:extra-)?index-[u]rl\b|[\"]resolved\":"), "the address of a package index"),
    (re.compile(r"\b(?:TO[D]O|FIX[M]E|NotImplemented[E]rror)\b"), "unfinished work"),
)


def tracked() -> list[Path]:
    """List the files git knows, and new ones it would take, that still exist."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    paths = {Path(name) for name in listed.stdout.split("\0") if name}
    return sorted(path for path in paths if path.is_file())


def findings(path: Path, text: str) -> Iterator[str]:
    """
    Yield what is wrong with one file as `path:line message`.

    Args:
        path: as it is to be printed; the suffix .py asks for the checks of Python files too.
        text: the file's content.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern, what in _TRACES:
            if pattern.search(line):
                yield f"{path}:{number} holds {what}; take it out"
    if path.suffix == ".py":
        yield from _python_findings(path, text)


def _python_findings(path: Path, text: str) -> Iterator[str]:
    length = text.count("\n")
    if length > MOST_LINES:
        yield f"{path}:{MOST_LINES} goes on to line {length}; split it, {MOST_LINES} is the most"
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT or not _SUPPRESSION.search(token.string):
            continue
        if not _CODED.search(token.string):
            yield f"{path}:{token.start[0]} suppresses everything; name the code"
        if not _FIRM_REASON.search(token.string):
            yield f"{path}:{token.start[0]} suppresses without a reason; {_HOW}"


def main() -> int:
    """Check the whole working tree and say what was found."""
    found: list[str] = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found.extend(findings(path, text))
    print("\n".join(found) if found else "Files: nothing found.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
