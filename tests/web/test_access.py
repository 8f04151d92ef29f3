"""Sessions, passwords and addresses."""

from datetime import timedelta
from pathlib import Path

import pytest

from crisis.web.access import is_loopback, is_password, same, seal, unseal
from crisis.web.own_password import keep_password, own_password
from tests.builders import T0
from tests.web.staged import PASSWORD, PASSWORD_HASH

KEY = b"key"


def test_sealed_name_opens_with_the_same_key_within_twelve_hours() -> None:
    cookie = seal("Ada ü.", key=KEY, now=T0)

    opened = (
        unseal(cookie, key=KEY, now=T0 + timedelta(hours=12) - timedelta(seconds=1)),
        unseal(cookie, key=KEY, now=T0 + timedelta(hours=12)),
        unseal(cookie, key=b"other", now=T0),
        unseal(cookie.replace(".", ".1", 1), key=KEY, now=T0),
        unseal("", key=KEY, now=T0),
    )

    assert opened == ("Ada ü.", None, None, None, None)


def test_password_is_right_only_with_a_hash() -> None:
    right = is_password(PASSWORD, password_hash=PASSWORD_HASH)
    wrong = is_password("", password_hash=PASSWORD_HASH)
    unset = is_password("", password_hash="")

    assert (right, wrong, unset) == (True, False, False)


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("192.0.2.1", False),
        ("", False),
        ("localhost", False),
    ],
)
def test_loopback_is_this_machine(address: str, *, own: bool) -> None:
    assert is_loopback(address) == own


def test_empty_secret_is_never_right() -> None:
    assert (same("", ""), same("a", "a"), same("ü", "a")) == (False, True, False)


def test_own_password_is_the_same_for_the_same_secret_and_only_its_owner_reads_it(
    tmp_path: Path,
) -> None:
    password = own_password(b"secret")
    (tmp_path / "duty-password").write_text("old", encoding="ascii")

    file = keep_password(tmp_path, password)

    assert password == own_password(b"secret") != own_password(b"other")
    assert len(password) == 23
    assert file.read_text(encoding="ascii") == f"{password}\n"
    assert oct(file.stat().st_mode & 0o777) == "0o600"
