"""A file of answer times: for a forecast, how long people take and who never answers."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field

from crisis.core.answer_time import AnswerTime, AnswerTimes, Rule
from crisis.core.contact import ChannelKind
from crisis.loading.durations import Duration
from crisis.loading.kind_words import ChannelWord
from crisis.loading.shape import FileModel
from crisis.loading.single_file import read_single


class AnswerTimeFile(FileModel):
    """How one kind of message is answered."""

    never: int = Field(ge=0, le=100, description="How many in a hundred nobody ever answers.")
    median: Duration = Field(description="Half of all answers come within this time.")
    spread: float = Field(
        2.0,
        ge=1,
        le=20,
        description="Two thirds of the answers lie between the median divided and multiplied by"
        " this; 1 means that all take the same time.",
    )

    def time(self) -> AnswerTime:
        """Return the core value."""
        median = max(self.median, timedelta(seconds=1))
        return AnswerTime(never=self.never / 100, median=median, spread=self.spread)


class RuleFile(AnswerTimeFile):
    """An answer time for a role, a kind of channel, or both."""

    role: str | None = Field(None, description="The role it holds for; left out: any.")
    channel: ChannelWord | None = Field(None, description="The kind of channel; left out: any.")

    def rule(self) -> Rule:
        """Return the core value."""
        channel = None if self.channel is None else ChannelKind(self.channel)
        return Rule(role=self.role, channel=channel, time=self.time())


class AnswerTimesFile(FileModel):
    """Rules, of which the first that fits counts, and what holds where none does."""

    otherwise: AnswerTimeFile
    rules: list[RuleFile] = Field(default_factory=list)


def load_answer_times(path: Path) -> AnswerTimes:
    """
    Return the answer times of a file.

    Raises:
        InvalidFilesError: the file holds mistakes; all of them are listed.
    """
    _, written = read_single(path, AnswerTimesFile)
    rules = tuple(rule.rule() for rule in written.rules)
    return AnswerTimes(rules=rules, otherwise=written.otherwise.time())
