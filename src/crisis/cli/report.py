"""`crisis report`: the reflection report, computed from the log."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import click

from crisis.cli import option, output
from crisis.cli.lazy import Group

if TYPE_CHECKING:
    from crisis.core.report import ReflectionReport

_PDF = (
    "the report as PDF comes with a later version; build --format html and print it from a"
    " browser, its pages are laid out for paper"
)


class Given(TypedDict):
    """What the options say."""

    incident_id: str
    form: Literal["html", "pdf", "json", "md"]
    folder: Path
    language: Literal["de", "en"]
    status: Literal["draft", "final"]
    log_to: int | None
    as_json: bool


@click.group(cls=Group)
def report() -> None:
    """
    Write the reflection report.

    It is computed from the log alone: the same log gives the same report, byte
    for byte, and every figure names the entries it rests on.
    """


@report.command()
@option.incident_id
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "pdf", "json", "md"]),
    required=True,
    help="html: one page that needs nothing else, for screen and paper; json: for programs;"
    " md: Markdown to write on in. pdf comes with a later version.",
)
@click.option(
    "--out",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder to write into; made if it does not exist.  [default: the working folder]",
)
@option.language
@click.option(
    "--status",
    type=click.Choice(["draft", "final"]),
    default="draft",
    show_default=True,
    help="What the cover says.",
)
@click.option(
    "--log-to",
    type=click.IntRange(min=1),
    metavar="N",
    help="Read the log up to the entry with this number (`seq`).  [default: all of it]",
)
@option.as_json
def build(**given: Unpack[Given]) -> None:
    """
    Write an incident's report to a file.

    The file is named after the incident; an older one of the same name is
    replaced, because it can be built again. Its name and the SHA-256 of its
    content are printed.
    """
    from hashlib import sha256

    from crisis.errors import RefusedError
    from crisis.workshop import report_file

    form = given["form"]
    if form == "pdf":
        raise RefusedError(_PDF)
    computed = _computed(given)
    content = report_file(computed, form, language=given["language"])
    file = _write(given["folder"], f"report-{computed.cover.incident}.{form}", content)
    digest = sha256(content).hexdigest()
    if given["as_json"]:
        output.json_out(
            {
                "incident": computed.cover.incident,
                "status": computed.cover.status,
                "format": form,
                "language": given["language"],
                "log_from": computed.cover.log_from,
                "log_to": computed.cover.log_to,
                "file": str(file),
                "sha256": digest,
            }
        )
        return
    cover = computed.cover
    output.say(f"{file}: {cover.status} from the log, entries {cover.log_from} to {cover.log_to}")
    output.say(f"SHA-256 {digest}")


def _computed(given: Given) -> "ReflectionReport":
    from crisis.cli.aftermath import known_id
    from crisis.cli.door import open_world
    from crisis.usecases import reports

    with open_world() as world:
        return reports.build(
            world.desk,
            known_id(world, given["incident_id"]),
            log_to=given["log_to"],
            status=given["status"],
        )


def _write(folder: Path, name: str, content: bytes) -> Path:
    import os

    from crisis.errors import UnreachableError

    file = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise UnreachableError(
            f"{file} cannot be written: {os.strerror(error.errno or 0)}."
            " Name another folder with --out."
        ) from None
    return file
