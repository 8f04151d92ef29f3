"""
Whom Prefect's clients trust, where none of them ever asks for a certificate.

Each flow run opens clients of its own, and each reads all authorities of the world:
17 ms of processor time and 0.8 MB a client. Over plain HTTP on loopback nobody looks
at them, so one is enough.
"""

import os
from pathlib import Path

import certifi

from crisis.settings import Settings

_NAME = "PREFECT_API_SSL_CERT_FILE"
_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----\n"


def trust_few(settings: Settings) -> None:
    """Have Prefect's clients of this process read one authority; before Prefect is imported."""
    if not settings.prefect_url.startswith("http://"):
        return
    file = settings.data_dir / "prefect" / "authority.pem"
    file.parent.mkdir(parents=True, exist_ok=True)
    # Replaced in one go: another engine of this folder may be reading it.
    part = file.with_suffix(f".{os.getpid()}")
    part.write_text(first_of(Path(certifi.where()).read_text(encoding="utf-8")), encoding="ascii")
    part.replace(file)
    os.environ[_NAME] = str(file)


def first_of(bundle: str) -> str:
    """Return the first certificate of a PEM bundle, without what stands around it."""
    return _BEGIN + bundle.partition(_BEGIN)[2].partition(_END)[0] + _END
