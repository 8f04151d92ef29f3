"""The settings: where they come from, what is refused, what is hidden."""

from pathlib import Path

import pytest

from crisis.errors import UsageError
from crisis.settings import HIDDEN, Settings, load_settings


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CRISIS_{name.upper()}", raising=False)


def test_without_anything_set_one_machine_is_enough(tmp_path: Path) -> None:
    settings = load_settings()

    assert (
        settings.database_address,
        settings.own_url,
        settings.prefect_url,
        settings.own_prefect,
        settings.in_flight,
        settings.sped_up,
        settings.environment(),
    ) == (
        f"sqlite:///{tmp_path}/data/crisis.sqlite3",
        "http://127.0.0.1:8080",
        "http://127.0.0.1:4200/api",
        True,
        32,
        False,
        {},
    )


def test_variable_outranks_file_and_option_outranks_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("CRISIS_PORT=1\nCRISIS_HOST=::1\nCRISIS_IN_FLIGHT=5\n")
    monkeypatch.setenv("CRISIS_PORT", "2")
    monkeypatch.setenv("CRISIS_IN_FLIGHT", "6")

    settings = load_settings({"in_flight": 7})

    assert (settings.host, settings.port, settings.in_flight) == ("::1", 2, 7)


def test_bad_values_are_all_named_and_none_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRISIS_PORT", "many")
    monkeypatch.setenv("CRISIS_LAUNCHER", "hope")

    with pytest.raises(UsageError) as refused:
        load_settings()

    assert str(refused.value) == (
        "CRISIS_LAUNCHER: Input should be 'embedded' or 'prefect'."
        " Set it right in the environment or in .env.\n"
        "CRISIS_PORT: Input should be a valid integer, unable to parse string as an integer."
        " Set it right in the environment or in .env."
    )


def test_unknown_name_in_the_file_gets_a_suggestion(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CRISIS_PROT=1\nCRISIS_QQQQ=1\nHOME=/\nCRISIS_TEST_REQUIRE=x\n")

    with pytest.raises(UsageError) as refused:
        load_settings()

    assert str(refused.value) == (
        ".env: CRISIS_PROT is no setting. Did you mean CRISIS_PORT?\n"
        ".env: CRISIS_QQQQ is no setting. `crisis status --settings` lists them."
    )


def test_listing_hides_every_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "CRISIS_DATABASE_URL": "postgresql://ada:eve-reads-1@db.example:5432/crisis?password=eve-reads-2",
        "CRISIS_SECRET": "eve-reads-3",
        "CRISIS_MAIL_RELAY": "mailtos://ada:eve-reads-4@mail.example",
        "CRISIS_SMS_URL": "https://sms.example/?key=eve-reads-5",
        "CRISIS_SMS_TOKEN": "eve-reads-6",
        "CRISIS_DUTY_PASSWORD_HASH": "eve-reads-7",
        "CRISIS_API_TOKEN": "eve-reads-8",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    settings = load_settings()
    listing = {line.name: line.value for line in settings.listing()}

    assert {name: listing[name] for name in given} == {
        **dict.fromkeys(given, HIDDEN),
        "CRISIS_DATABASE_URL": f"postgresql://ada:{HIDDEN}@db.example:5432/crisis?{HIDDEN}",
    }
    assert "eve-reads" not in repr(settings)
    assert len(listing) == len(Settings.model_fields)


def test_child_gets_what_was_set_and_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings({"port": 81, "exercise_clock": True, "secret": "for-the-child-16"})

    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)

    assert load_settings().model_dump() == settings.model_dump()
