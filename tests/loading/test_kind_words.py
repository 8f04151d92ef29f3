"""The words of files and the kinds of the core: whoever adds one is told of the other."""

from typing import get_args

import pytest

from crisis.core.contact import ChannelKind
from crisis.core.form import FieldKind
from crisis.loading.kind_words import TLP_BY_WORD, ChannelWord, FieldWord


@pytest.mark.parametrize(
    ("words", "kinds"), [(ChannelWord, ChannelKind), (FieldWord, FieldKind)], ids=str
)
def test_every_kind_has_its_word_and_every_word_its_kind(
    words: object, kinds: type[ChannelKind | FieldKind]
) -> None:
    assert get_args(words) == tuple(kind.value for kind in kinds)


def test_every_word_of_the_light_means_the_light_of_its_name() -> None:
    assert [word.upper().replace("+", "_") for word in TLP_BY_WORD] == [
        tlp.name for tlp in TLP_BY_WORD.values()
    ]
