"""`crisis incident ack | decline | answer | sign`: what partners said, entered for them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

import click

from crisis.cli import option

if TYPE_CHECKING:
    from crisis.core.form import Answer
    from crisis.core.incident import Incident
    from crisis.usecases.answering import Reply
    from crisis.usecases.reading import Desk
    from crisis.wiring import World


class Given(TypedDict):
    """What the options of every reply say."""

    incident_id: str
    step: str
    partner: str | None
    contact: str | None
    via: str
    by: str
    happened: str | None
    as_json: bool


class Declining(Given):
    """And why not."""

    reason: str


class Answering(Given):
    """And what was answered."""

    assignments: tuple[str, ...]
    file: Path | None


class Signing(Given):
    """And with which verdict."""

    verdict: Literal["agreed", "remark", "dissent"]
    remark: str


def _replying(command: Callable[..., None]) -> Callable[..., None]:
    shared: tuple[Callable[[Any], Any], ...] = (
        option.incident_id,
        click.argument("step"),
        option.partner,
        option.contact,
        option.via,
        option.by,
        option.at,
        option.as_json,
    )
    for add in reversed(shared):
        command = add(command)
    return command


@click.command()
@_replying
def ack(**given: Unpack[Given]) -> None:
    """
    Enter that a partner took over.

    The ladder of this partner stops; no other partner is affected.
    """
    from crisis.usecases.answering import acknowledge

    _enter(given, acknowledge, "acknowledged")


@click.command()
@_replying
@option.reason
def decline(**given: Unpack[Declining]) -> None:
    """
    Enter that a partner cannot act.

    The task goes back to the lead's desk. A later acknowledgement takes it back.
    """
    from crisis.usecases import answering

    reason = given["reason"]
    _enter(given, lambda desk, reply: answering.decline(desk, reply, reason=reason), "declined")


@click.command()
@_replying
@click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="FIELD=VALUE",
    help="One answer; may be repeated.",
)
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A YAML or JSON file of `field: value` lines; --set outranks it.",
)
def answer(**given: Unpack[Answering]) -> None:
    """
    Enter a partner's answers to a form.

    A later answer replaces an earlier one; the log keeps both. Everything that
    is wrong with the answers is listed, and nothing is stored then.
    """
    from crisis.usecases import answering

    def enter(desk: "Desk", reply: "Reply") -> "Incident":
        answers = _answers(desk, reply, given)
        with _naming(given["file"]):
            return answering.answer(desk, reply, answers=answers)

    _enter(given, enter, "answered")


@click.command()
@_replying
@click.option(
    "--verdict",
    type=click.Choice(["agreed", "remark", "dissent"]),
    default="agreed",
    show_default=True,
    help="Agreed, agreed with a remark, or not agreed.",
)
@click.option(
    "--remark",
    default="",
    metavar="TEXT",
    help="The words that belong to a remark or a dissent.",
)
def sign(**given: Unpack[Signing]) -> None:
    """
    Enter a partner's signature.

    Each partner of the step signs for itself; a dissent is kept in its own words.
    """
    from crisis.usecases import answering

    verdict, remark = given["verdict"], given["remark"]
    _enter(
        given,
        lambda desk, reply: answering.sign(desk, reply, verdict=verdict, remark=remark),
        f"signed ({verdict})",
    )


def _enter(given: Given, say: "Callable[[Desk, Reply], Incident]", done: str) -> None:
    from crisis.cli.aftermath import finish
    from crisis.cli.door import open_world

    with open_world() as world:
        reply = _reply(world, given)
        incident = say(world.desk, reply)
        partner = f" {reply.partner}" if reply.partner else ""
        finish(world, incident, f"{reply.step}{partner}: {done}.", as_json=given["as_json"])


def _reply(world: "World", given: Given) -> "Reply":
    from crisis.cli.aftermath import known_id
    from crisis.cli.moment import read_optional
    from crisis.core.event import Via
    from crisis.usecases.answering import Reply

    return Reply(
        incident=known_id(world, given["incident_id"]),
        step=given["step"],
        partner=given["partner"],
        contact=given["contact"],
        by=given["by"],
        via=Via(given["via"]),
        happened_at=read_optional(given["happened"], now=world.desk.house.clock.now()),
    )


@contextmanager
def _naming(file: Path | None) -> Iterator[None]:
    """Let a refusal of answers name the file they came from."""
    from crisis.errors import CrisisError

    try:
        yield
    except CrisisError as error:
        if file is None:
            raise
        raise type(error)(f"{file}, not entered:\n{error}") from error


def _answers(desk: "Desk", reply: "Reply", given: Answering) -> "Mapping[str, Answer]":
    from crisis.cli.answer_file import read_given
    from crisis.core.decide import form_of
    from crisis.core.refusal import step_of

    incident = desk.incidents.current(reply.incident)
    step_of(incident, reply.step)
    form = form_of(incident, reply.step)
    now = desk.house.clock.now()
    return read_given(given["assignments"], given["file"], form, now=now)
