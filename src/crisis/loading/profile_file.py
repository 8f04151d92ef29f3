"""Channel profiles as authors write them: the order in which kinds of channels are tried."""

from typing import Annotated

from pydantic import Field

from crisis.core.contact import ChannelKind
from crisis.core.playbook import ChannelProfile
from crisis.loading.kind_words import ChannelWord
from crisis.loading.shape import FileModel
from crisis.loading.words_file import WordsFile


class ProfileFile(FileModel):
    """In which order kinds of channels are tried, and what changes out of hours."""

    title: WordsFile = Field(description="What people call it.")
    order: list[ChannelWord] = Field(min_length=1, description="The order of channels.")
    out_of_hours: list[ChannelWord] = Field(
        default_factory=list, description="The order outside office hours; empty: the same."
    )
    waits: Annotated[
        bool, Field(description="An ask may wait for the next working day 07:30.")
    ] = False
    oral: Annotated[
        bool, Field(description="Told in person or by telephone; the content is not stored.")
    ] = False

    def profile(self, profile_id: str) -> ChannelProfile:
        """Return the core value."""
        return ChannelProfile(
            id=profile_id,
            title=self.title.words(),
            kinds=tuple(ChannelKind(kind) for kind in self.order),
            out_of_hours=tuple(ChannelKind(kind) for kind in self.out_of_hours),
            waits=self.waits,
            oral=self.oral,
        )
