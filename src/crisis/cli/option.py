"""Options that many commands share, each with the same words everywhere."""

from collections.abc import Callable
from typing import Any, TypedDict, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Given(TypedDict):
    """What `incident_id`, `by` and `as_json` say, which every act on an incident takes."""

    incident_id: str
    by: str
    as_json: bool


incident_id = click.argument("incident_id", metavar="ID")
as_json = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print JSON with stable keys: moments in ISO 8601 with offset, durations in seconds.",
)
by = click.option(
    "--by",
    default="duty-officer",
    show_default=True,
    metavar="FUNCTION",
    help="Who says so, as it will stand in the log: a function, never a person's name.",
)
at = click.option(
    "--at",
    "happened",
    metavar="TIME",
    help="When it happened, if it is entered late: 2026-12-18T19:20+01:00, 2026-12-18 19:20"
    " (Europe/Berlin) or 19:40 (today). Late entries stay marked as such.",
)
moment = click.option(
    "--at",
    "moment",
    metavar="TIME",
    help="The moment: 2026-12-18T19:20+01:00, 2026-12-18 19:20 (Europe/Berlin) or 19:40 (today)."
    "  [default: now]",
)
region = click.option(
    "--region",
    required=True,
    metavar="R",
    help="Where: an official key of 2, 5 or 8 digits (AGS) such as 14612, or a name such as"
    " Dresden.",
)
partner = click.option(
    "--partner",
    metavar="ID",
    help="Which partner, if the step asks several.",
)
contact = click.option(
    "--contact",
    metavar="ID",
    help="Which of the partner's functions replied.  [default: the one that is asked first]",
)
via = click.option(
    "--via",
    type=click.Choice(["desk", "phone"]),
    default="phone",
    show_default=True,
    help="How it came in: by telephone, or another way to the lead's desk.",
)
reason = click.option(
    "--reason",
    required=True,
    metavar="TEXT",
    help="Why, in a few words; never anything about a person.",
)
sets = click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="NAME=VALUE",
    help="What is known of the incident; may be repeated. Choices and yes | no | unknown as"
    " words, counts as numbers, lists separated by commas.",
)
language = click.option(
    "--language",
    type=click.Choice(["de", "en"]),
    default="de",
    show_default=True,
    help="The language of titles and texts.",
)
