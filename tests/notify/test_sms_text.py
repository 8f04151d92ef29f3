"""How long a text message is, and how it is kept short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.notify.sms_text import BASIC, EXTENSION, Encoding, Segments, plain, segments


@pytest.mark.parametrize(
    ("text", "encoding", "units", "count"),
    [
        ("", Encoding.GSM_7, 0, 0),
        ("ä" * 160, Encoding.GSM_7, 160, 1),
        ("ä" * 161, Encoding.GSM_7, 161, 2),
        ("ä" * 306, Encoding.GSM_7, 306, 2),
        ("ä" * 307, Encoding.GSM_7, 307, 3),
        ("€" * 80, Encoding.GSM_7, 160, 1),
        ("€" * 81, Encoding.GSM_7, 162, 2),
        # 152 + € would end at 154: the sign moves to the next segment whole.
        ("a" * 152 + "€" + "a" * 152, Encoding.GSM_7, 306, 3),
        ("č" * 70, Encoding.UCS_2, 70, 1),
        ("č" * 71, Encoding.UCS_2, 71, 2),
        ("😀" * 35, Encoding.UCS_2, 70, 1),
        ("😀" * 36, Encoding.UCS_2, 72, 2),
        # 67 is odd: 33 pairs to a segment.
        ("😀" * 67, Encoding.UCS_2, 134, 3),
    ],
)
def test_segments(text: str, encoding: Encoding, units: int, count: int) -> None:
    assert segments(text) == Segments(encoding=encoding, units=units, count=count)


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("„Lage“ \u2013 \u201aSüd\u2018…", "\"Lage\" - 'Süd'..."),
        ("14\u202f30\u00a0Uhr\t→ Größe", "14 30 Uhr -> Größe"),
        ("a\u0308\u00ad\u200b", "ä"),
        ("a\r\nb\rc\x07", "a\nb\nc"),
        ("STRAẞE", "STRASSE"),
        ("Česká Lípa", "Česká Lípa"),
    ],
)
def test_plain(text: str, simple: str) -> None:
    assert plain(text) == simple


@given(st.text(sorted(BASIC | EXTENSION), max_size=600))
def test_segments_of_gsm_text_hold_all_of_it_and_no_more(text: str) -> None:
    found = segments(text)
    assert found.encoding is Encoding.GSM_7
    assert found.units == len(text) + sum(sign in EXTENSION for sign in text)
    _assert_tight(found, alone=160, each=153)


@given(st.text(max_size=300).map(lambda text: text + "č"))
def test_segments_of_other_text_hold_all_of_it_and_no_more(text: str) -> None:
    found = segments(text)
    assert found.encoding is Encoding.UCS_2
    assert found.units == len(text.encode("utf-16-le", "surrogatepass")) // 2
    _assert_tight(found, alone=70, each=67)


@given(st.text(max_size=300))
def test_plain_never_costs_and_is_done_once(text: str) -> None:
    simple = plain(text)
    assert plain(simple) == simple
    # Three dots cost more units than their one sign, but never the better encoding.
    if segments(text).encoding is Encoding.GSM_7:
        assert segments(simple).encoding is Encoding.GSM_7


def _assert_tight(found: Segments, *, alone: int, each: int) -> None:
    if found.units <= alone:
        assert found.count == (1 if found.units else 0)
    else:
        # At most one unit of a segment stays empty, before a sign of two.
        assert -(-found.units // each) <= found.count <= -(-found.units // (each - 1))
