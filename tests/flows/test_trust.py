"""Prefect's clients read one authority where they speak plain HTTP, and all elsewhere."""

import os
import ssl
from pathlib import Path

import pytest

from crisis.settings import load_settings
from flows.trust import trust_few

NAME = "PREFECT_API_SSL_CERT_FILE"


def test_clients_on_loopback_read_one_authority(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, "")
    trust_few(load_settings({"data_dir": tmp_path}, env_file=None))

    file = tmp_path / "prefect" / "authority.pem"
    assert os.environ[NAME] == str(file)
    assert len(ssl.create_default_context(cafile=str(file)).get_ca_certs()) == 1
    assert [one.name for one in file.parent.iterdir()] == ["authority.pem"]


def test_clients_of_a_server_elsewhere_read_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, "")
    trust_few(
        load_settings(
            {"data_dir": tmp_path, "prefect_api_url": "https://prefect.example/api"}, env_file=None
        )
    )
    assert os.environ[NAME] == ""
