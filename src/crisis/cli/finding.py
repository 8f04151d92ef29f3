"""What a check of files found, as text or as JSON, with the exit code that belongs to it."""

from typing import TYPE_CHECKING

import click

from crisis.cli import output

if TYPE_CHECKING:
    from crisis.workshop import Findings


def show_findings(found: "Findings", *, as_json: bool) -> None:
    """Print findings and leave with 1 if any of them keeps a file from being used."""
    if as_json:
        output.json_out(
            {
                "ok": not found.has_errors,
                "files": found.files,
                "problems": [
                    {
                        "path": problem.path,
                        "line": problem.line,
                        "column": problem.column,
                        "code": problem.code,
                        "strength": problem.strength,
                        "message": problem.message,
                        "hint": problem.hint,
                    }
                    for problem in found.problems
                ],
            }
        )
    else:
        output.say(found.text)
    if found.has_errors:
        raise click.exceptions.Exit(1)
