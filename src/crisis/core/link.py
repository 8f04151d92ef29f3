"""
Links and codes: derived, so that a repeat carries the same ones, and stored only as hashes.

A link's token has 128 bits and is keyed by the house's secret; who does not
know the secret cannot guess one, and the log gives none away.
"""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

TOKEN_BYTES = 16
# No 0/O, 1/I/L: the code is read out on the telephone.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 5


def link_token(secret: bytes, *, incident: str, step: str, partner: str, contact: str) -> str:
    """Return the 22 characters that open this contact's page for this ask."""
    digest = _keyed(secret, "link", incident, step, partner, contact)
    return urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")


def link_hash(token: str) -> str:
    """Return the SHA-256 under which a token is known to the log."""
    return sha256(token.encode()).hexdigest()


def ack_code(secret: bytes, *, incident: str, step: str, partner: str) -> str:
    """Return the short code that names one ask on the telephone."""
    digest = _keyed(secret, "code", incident, step, partner)
    return "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in digest[:CODE_LENGTH])


def _keyed(secret: bytes, *parts: str) -> bytes:
    return hmac.digest(secret, "\x1f".join(parts).encode(), "sha256")
