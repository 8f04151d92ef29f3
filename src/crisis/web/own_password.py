"""A password for a house that was given none: derived from its secret, kept in a file."""

import hmac
from base64 import b32encode
from pathlib import Path

FILE = "duty-password"
LETTERS = 20


def own_password(secret: bytes) -> str:
    """Return the house's own password; who does not know the secret cannot guess it."""
    digest = hmac.digest(secret, b"duty-password", "sha256")
    letters = b32encode(digest).decode().lower()[:LETTERS]
    return "-".join(letters[place : place + 5] for place in range(0, LETTERS, 5))


def keep_password(folder: Path, password: str) -> Path:
    """Write the password into a file that only its owner can read, and return the file."""
    file = folder / FILE
    file.touch(mode=0o600)
    # Also where the file was there before, with other rights.
    file.chmod(0o600)
    file.write_text(f"{password}\n", encoding="ascii")
    return file
