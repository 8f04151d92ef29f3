"""`crisis contacts materials`: what those affected are given, and until when."""

from datetime import date
from typing import TYPE_CHECKING

import click

from crisis.cli import option, output

if TYPE_CHECKING:
    from crisis.core.material import Material

COLUMNS = ("material", "title", "languages", "version", "until", "laid out at")


@click.command()
@option.language
@option.as_json
def materials(language: str, *, as_json: bool) -> None:
    """
    List the information material: languages, version, last day, and where it lies.

    `de-LS` is plain language. Ends with exit code 1 if something has run out.
    """
    from crisis.cli.door import workshop
    from crisis.core.availability import local_day

    shop = workshop()
    today = local_day(shop.now)
    found = tuple(shop.library.directory(around=shop.now).materials.values())
    if as_json:
        output.json_out([_shown(one, today) for one in found])
    else:
        rows = [_row(one, language, today) for one in found]
        output.table(COLUMNS, rows, empty="There is no material.")
    if any(one.has_expired(today) for one in found):
        raise click.exceptions.Exit(1)


def _row(material: "Material", language: str, today: date) -> tuple[str, ...]:
    until = material.valid_until.isoformat()
    return (
        material.id,
        material.title.in_language(language),
        ", ".join(material.languages),
        material.version,
        f"{until} (has run out)" if material.has_expired(today) else until,
        ", ".join(material.laid_out),
    )


def _shown(material: "Material", today: date) -> dict[str, object]:
    return {
        "material": material.id,
        "title": material.title.de,
        "about": list(material.about),
        "languages": list(material.languages),
        "version": material.version,
        "valid_until": material.valid_until.isoformat(),
        "expired": material.has_expired(today),
        "laid_out": list(material.laid_out),
        "link": material.link,
    }
