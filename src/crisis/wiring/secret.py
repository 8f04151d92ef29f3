"""The secret that keys links and codes."""

import os
import secrets
from pathlib import Path

from crisis.errors import UnreachableError, UsageError
from crisis.settings import Settings

_SHORTEST_SECRET = 16


def house_secret(settings: Settings) -> bytes:
    """
    Return the secret that keys links and codes; made once, in the data folder, unless set.

    Raises:
        UsageError: the secret that was set is too short to be one.
        UnreachableError: the data folder cannot be written to, or the secret in it is damaged.
    """
    if settings.secret is not None:
        secret = settings.secret.get_secret_value().encode()
        if len(secret) < _SHORTEST_SECRET:
            raise UsageError(
                f"CRISIS_SECRET: at least {_SHORTEST_SECRET} characters."
                " Leave it out, and one is made in the data folder."
            )
        return secret
    try:
        return _kept_secret(settings.data_dir / "secret")
    except OSError as error:
        raise UnreachableError(
            f"The secret in {settings.data_dir} cannot be read or made:"
            f" {os.strerror(error.errno or 0)}. Give this user the right to, or name another"
            " folder in CRISIS_DATA_DIR."
        ) from None


def _kept_secret(file: Path) -> bytes:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        fresh = file.with_name(f"secret.{os.getpid()}")
        fresh.touch(mode=0o600)
        with fresh.open("w", encoding="ascii") as text:
            text.write(secrets.token_hex(32))
            text.flush()
            os.fsync(text.fileno())  # half a secret would make links that anybody can guess
        try:
            # Of two processes that come at once, one is first, and both use its secret.
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    secret = file.read_bytes().strip()
    if len(secret) < _SHORTEST_SECRET:
        raise UnreachableError(
            f"{file} holds no whole secret. Restore it from a backup; or remove it, and the"
            " links that were given out lead nowhere."
        )
    return secret
