"""
A rehearsal file: a timeline that is played in a simulated world, and the figures it must give.

It stands beside its playbook as `<id>.<name>.rehearsal.yaml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from crisis.core.availability import ZONE
from crisis.core.timing import is_of_our_time, require_utc
from crisis.loading.durations import Duration, parse_moment
from crisis.loading.kind_words import ChannelWord
from crisis.loading.located import Document
from crisis.loading.problem import Problem, raise_for_errors
from crisis.loading.shape import FileModel
from crisis.loading.single_file import read_single
from crisis.usecases.rehearse import Cue, Doing, Simulation, Who
from crisis.usecases.rehearsed import Expected, ExpectedAsk

ANSWERS = dict[str, str | int | list[str] | list[dict[str, str]]]
_DOING: Mapping[str, Doing] = {
    "acknowledge": "acknowledge",
    "decline": "decline",
    "answer": "answer",
    "decide": "decide",
    "set": "set",
    "issue": "issue",
    "call": "task",
    "sign": "sign",
    "stand_down": "stand-down",
    "begin": "start",
    "move_to": "move-start",
}
# What such a cue names is no step.
_ABOUT_RUN = frozenset({"set", "stand-down", "start", "move-start"})


class CueFile(FileModel):
    """One thing that somebody does: exactly one verb, and when."""

    at: str | None = Field(None, description="A moment: 19:24, T0+4m or 2026-12-18T19:24+01:00.")
    after: Duration | None = Field(None, description="So long after the partner was first asked.")
    happened: str | None = Field(None, description="When it really happened, if entered later.")
    acknowledge: str | None = Field(None, description="The step that is acknowledged.")
    decline: str | None = Field(None, description="The step that is declined.")
    answer: str | None = Field(None, description="The step whose form is answered.")
    decide: str | None = Field(None, description="The decision step.")
    set: str | None = Field(None, description="The attribute that becomes known.")
    issue: str | None = Field(None, description="The step over which a bulletin is issued.")
    call: str | None = Field(None, description="The step whose telephone task is reported on.")
    sign: str | None = Field(None, description="The step that is signed.")
    stand_down: str | None = Field(None, description="The reason for standing down.")
    begin: str | None = Field(None, description="Who says that what was planned has begun.")
    move_to: str | None = Field(None, description="The moment to which T0 is moved.")
    partner: str = Field("", description="The partner, where the step has several.")
    by: Who = Field("first", description="Who of the partner answers.")
    option: str = Field("", description="How the decision comes out.")
    value: str | int | list[str] = Field("", description="The attribute's value.")
    result: Literal["", "reached", "wrong-number", "no-answer", "done"] = ""
    verdict: Literal["agreed", "remark", "dissent"] = "agreed"
    text: str = Field("", description="Reason, source or remark.")
    answers: ANSWERS = Field(default_factory=dict)


class AskFile(FileModel):
    """One message that must leave; what is left out may be anything."""

    at: str = Field(description="When it leaves: 19:41, T0+21m or 2026-12-18T19:41+01:00.")
    step: str = Field(description="The step that asks.")
    partner: str = Field("", description="The partner that is asked.")
    contact: str = Field("", description="The function that the message goes to.")
    channel: Literal["", ChannelWord] = Field("", description="The kind of channel it goes over.")
    level: int | None = Field(None, ge=0, le=4, description="The level of the ladder, 0 to 4.")


class ExpectFile(FileModel):
    """What the run must show, read at a moment: figures over some steps, messages, or both."""

    read_at: str = Field(description="Up to when the run is read.")
    steps: list[str] = Field(
        default_factory=list, description="The steps the figures are about; empty: all."
    )
    figures: dict[str, Any] = Field(
        default_factory=dict, description="Figures of the report, in minutes."
    )
    asks: list[AskFile] = Field(
        default_factory=list,
        description="All messages of the steps that are named here; missing and further ones"
        " are differences.",
    )


class RehearsalFile(FileModel):
    """A playbook, a place, a moment, and a timeline."""

    playbook: str
    region: str
    occurred: str | None = None
    at: str
    planned: str | None = Field(
        None,
        description="T0, if the run is opened before it; moments such as T0-2d count from it.",
    )
    begun_by: str = Field(
        "", description="The partner at whose word it is opened; empty: the lead's."
    )
    until: str | None = None
    set: dict[str, str | int | list[str]] = Field(default_factory=dict)
    cues: list[CueFile] = Field(default_factory=list)
    expect: ExpectFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A timeline, ready to be played, and what it must give."""

    simulation: Simulation
    expected: Expected | None


def load_rehearsal(path: Path) -> Rehearsal:
    """
    Return a rehearsal from its file.

    Raises:
        InvalidFilesError: the file holds mistakes; all of them are listed.
    """
    document, written = read_single(path, RehearsalFile)
    rehearsal, problems = _rehearsal(document, written)
    raise_for_errors(problems)
    return rehearsal


def _rehearsal(
    document: Document, written: RehearsalFile
) -> tuple[Rehearsal, tuple[Problem, ...]]:
    moments = _Moments(document, written.at)
    opens = moments.t0
    planned_for = moments.read(("planned",), written.planned)
    moments.t0 = planned_for or opens
    cues = tuple(_cue(moments, number, cue) for number, cue in enumerate(written.cues))
    simulation = Simulation(
        playbook=written.playbook,
        region=written.region,
        at=opens,
        planned_for=planned_for,
        begun_by=written.begun_by,
        occurred_at=moments.read(("occurred",), written.occurred),
        attributes={name: _value(value) for name, value in written.set.items()},
        cues=cues,
        until=moments.read(("until",), written.until),
    )
    expected = None
    if written.expect is not None:
        expected = _expected(moments, written.expect)
    rehearsal = Rehearsal(simulation=simulation, expected=expected)
    return rehearsal, tuple(moments.problems)


def _expected(moments: "_Moments", written: ExpectFile) -> Expected:
    read_at = moments.read(("expect", "read_at"), written.read_at)
    return Expected(
        read_at=read_at or moments.t0,
        steps=tuple(written.steps),
        figures=written.figures,
        asks=tuple(
            ExpectedAsk(
                at=moments.read(("expect", "asks", number, "at"), ask.at) or moments.t0,
                step=ask.step,
                partner=ask.partner,
                contact=ask.contact,
                channel=ask.channel,
                level=ask.level,
                place=moments.place(("expect", "asks", number)),
            )
            for number, ask in enumerate(written.asks)
        ),
    )


def _cue(moments: "_Moments", number: int, written: CueFile) -> Cue:
    loc = ("cues", number)
    verbs = [verb for verb in _DOING if getattr(written, verb) is not None]
    if len(verbs) != 1:
        found = " and ".join(f"`{verb}`" for verb in verbs) or "none"
        moments.find(loc, "RH101", f"a cue has one verb, this one has {found}")
    if (written.at is None) == (written.after is None):
        moments.find(loc, "RH103", "say either `at` or `after`")
    verb = verbs[0] if verbs else "acknowledge"
    subject = str(getattr(written, verb))
    doing = _DOING[verb]
    values = {"decide": written.option, "task": written.result, "sign": written.verdict}
    return Cue(
        doing=doing,
        step="" if doing in _ABOUT_RUN else subject,
        name=subject if doing == "set" else "",
        text=subject if doing == "stand-down" else written.text,
        value=_value(values.get(doing, written.value)),
        partner=written.partner,
        who=written.by,
        at=moments.read((*loc, "at"), written.at),
        after=written.after,
        happened_at=moments.read((*loc, "happened"), written.happened),
        answers=written.answers,
        moment=moments.read((*loc, "move_to"), written.move_to),
        place=moments.place(loc),
    )


def _value(value: str | int | list[str]) -> str | int | tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else value


class _Moments:
    """Reads moments of one file; what it cannot read becomes a problem."""

    def __init__(self, document: Document, t0: str) -> None:
        self.problems: list[Problem] = []
        self._document = document
        self.t0 = datetime(2000, 1, 1, tzinfo=ZONE)
        self.t0 = self.read(("at",), t0) or self.t0

    def find(self, loc: tuple[str | int, ...], code: str, message: str) -> None:
        self.problems.append(self._document.problem(loc, code, message))

    def place(self, loc: tuple[str | int, ...]) -> str:
        place = self._document.place(loc)
        return f"{self._document.path}:{place.line}:{place.column}"

    def read(self, loc: tuple[str | int, ...], text: str | None) -> datetime | None:
        if text is None:
            return None
        try:
            moment = self._moment(text)
            if is_of_our_time(moment):
                return require_utc(moment)
        except (ValueError, OverflowError, PydanticCustomError):
            pass
        hint = "write 19:24, T0+4m or 2026-12-18T19:24+01:00"
        message = f"not a moment: `{text}`"
        self.problems.append(self._document.problem(loc, "RH102", message, hint=hint))
        return None

    def _moment(self, text: str) -> datetime:
        if text.startswith("T0"):
            return self.t0 + parse_moment(text)
        if "T" in text:
            return datetime.fromisoformat(text)
        hour, _, minute = text.partition(":")
        first_day = self.t0.astimezone(ZONE)
        return first_day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
