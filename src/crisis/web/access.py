"""Who may see what: the duty officer by a signed cookie, everybody else nothing."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from ipaddress import ip_address

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.requests import Request

COOKIE = "crisis_session"
LASTS = timedelta(hours=12)
LONGEST_NAME = 40

_passwords = PasswordHash((Argon2Hasher(),))


def hash_password(password: str) -> str:
    """Return the Argon2 hash of a password, as the settings hold it."""
    return _passwords.hash(password)


def is_password(password: str, *, password_hash: str) -> bool:
    """Return whether a password is the one of a hash; no hash, no password (takes ~50 ms)."""
    return bool(password_hash) and _passwords.verify(password, password_hash)


def seal(who: str, *, key: bytes, now: datetime) -> str:
    """Return a cookie that says who signed in, good for twelve hours (`now` in UTC)."""
    until = int((now + LASTS).timestamp())
    plain = f"{urlsafe_b64encode(who.encode()).decode()}.{until}"
    return f"{plain}.{_signature(plain, key=key)}"


def unseal(cookie: str, *, key: bytes, now: datetime) -> str | None:
    """Return who signed in, or None if the cookie is foreign, altered or too old."""
    plain, _, signature = cookie.rpartition(".")
    # Bytes, because compare_digest refuses text that is not ASCII.
    if not hmac.compare_digest(signature.encode(), _signature(plain, key=key).encode()):
        return None
    name, _, until = plain.partition(".")
    return None if now.timestamp() >= int(until) else urlsafe_b64decode(name).decode()


def client_address(request: Request) -> str:
    """Return the address a request comes from."""
    return "" if request.client is None else request.client.host


def is_loopback(address: str) -> bool:
    """Return whether an address is this machine's own."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def bearer(request: Request) -> str:
    """Return the bearer token of a request, empty if it has none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def same(given: str, kept: str) -> bool:
    """Return whether two secrets are the same, in a time that tells nothing; empty is nothing."""
    return bool(kept) and hmac.compare_digest(given.encode(), kept.encode())


def _signature(plain: str, *, key: bytes) -> str:
    return hmac.new(key, b"session\x1f" + plain.encode(), "sha256").hexdigest()
