"""Links and codes are the same for the same ask, and tell nobody anything."""

import re

from hypothesis import given
from hypothesis import strategies as st

from crisis.core.link import CODE_ALPHABET, ack_code, link_hash, link_token

SECRET = b"secret of the tests"
NAMES = st.text(min_size=1, max_size=8)


def token(contact: str = "ohs", *, secret: bytes = SECRET, step: str = "A10") -> str:
    return link_token(secret, incident="i1", step=step, partner="ohs", contact=contact)


def test_token_stays_the_same_for_a_repeat_and_differs_for_everyone_else() -> None:
    others = {token("dep"), token(step="A11"), token(secret=b"another house")}

    assert token() == token()
    assert token() not in others
    assert len(others) == 3


def test_token_is_22_characters_that_fit_into_an_address() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token())


def test_log_holds_the_sha_256_of_a_token() -> None:
    assert link_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(NAMES, NAMES, NAMES)
def test_code_can_be_read_out_on_the_telephone(incident: str, step: str, partner: str) -> None:
    code = ack_code(SECRET, incident=incident, step=step, partner=partner)

    assert len(code) == 5
    assert set(code) <= set(CODE_ALPHABET)
    assert not set(code) & set("01ILO")


def test_code_is_one_for_all_contacts_of_an_ask() -> None:
    first = ack_code(SECRET, incident="i1", step="A10", partner="ohs")

    assert first == ack_code(SECRET, incident="i1", step="A10", partner="ohs")
    assert first != ack_code(SECRET, incident="i1", step="A10", partner="wr")


def test_parts_do_not_run_into_one_another() -> None:
    one = link_token(SECRET, incident="i", step="A1", partner="0b", contact="c")
    other = link_token(SECRET, incident="i", step="A10", partner="b", contact="c")

    assert one != other
