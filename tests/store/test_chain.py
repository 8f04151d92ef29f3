"""Canonical JSON and the hash, compared with the words of the reference page."""

import hashlib
import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.store.chain import Record, canonical, moment_of, seal, written

_TEXT = st.text(max_size=20)


def a_record(data: str = "{}", *, actor: str = "ada", prev_hash: str = "") -> Record:
    return Record(
        seq=5,
        incident="i1",
        version=1,
        kind="note-added",
        at="2026-12-18T19:20:00.000000Z",
        actor=actor,
        data=data,
        prev_hash=prev_hash,
    )


@given(actor=_TEXT, prev_hash=_TEXT, data=st.dictionaries(_TEXT, _TEXT | st.integers()))
def test_seal_is_the_hash_of_one_canonical_object(
    actor: str, prev_hash: str, data: dict[str, str | int]
) -> None:
    whole = {
        "incident": "i1",
        "version": 1,
        "kind": "note-added",
        "at": "2026-12-18T19:20:00.000000Z",
        "actor": actor,
        "data": data,
        "prev_hash": prev_hash,
    }
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    expected = hashlib.sha256(text.encode()).hexdigest()
    assert seal(a_record(canonical(data), actor=actor, prev_hash=prev_hash)) == expected


def test_canonical_sorts_and_keeps_letters() -> None:
    assert canonical({"b": ["Jülich", 1, None, True], "a": {}}) == (
        '{"a":{},"b":["Jülich",1,null,true]}'
    )


def test_canonical_refuses_what_is_no_json() -> None:
    with pytest.raises(ValueError, match="Out of range float"):
        canonical(float("nan"))


def test_text_that_is_no_text_has_a_hash_too() -> None:
    assert seal(a_record('"\ud800"')) != seal(a_record('"\ud801"'))


@given(st.datetimes(datetime(2, 1, 1), timezones=st.just(timezone(timedelta(hours=2)))))  # noqa: DTZ001 -- hypothesis adds the zone
def test_moments_come_back_equal_and_have_one_length(moment: datetime) -> None:
    text = written(moment)
    assert (len(text), text[-1]) == (27, "Z")
    assert moment_of(text) == moment
