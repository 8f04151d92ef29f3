"""
The settings of one house: `CRISIS_*` variables, or a file `.env` in the working folder.

A variable outranks the file. Everything has a default that suits one machine and
SQLite; `crisis status --settings` lists what holds, with secrets hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from socket import gethostname
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from crisis.core.claim import LATEST_SEND
from crisis.core.limit import limits_of
from crisis.errors import UsageError

PREFIX = "CRISIS_"
ENV_FILE = Path(".env")
HIDDEN = "********"
# These steer the tests and the bench, not the house.
_FOREIGN = ("CRISIS_TEST_", "CRISIS_BENCH_", "CRISIS_DEMO_")


class Settings(BaseSettings):
    """
    What can be set, with its default.

    Durations are in seconds (`_s`). Folders may be relative to the working folder;
    they are made absolute when the settings are read.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    # Places
    data_dir: Path = Path("data")
    playbooks_dir: Path = Path("playbooks")
    contacts_dir: Path = Path("contacts")
    database_url: SecretStr | None = None

    # The engine and Prefect
    launcher: Literal["embedded", "prefect"] = "embedded"
    engine_name: str = Field(default="", pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,62})?$")
    engine_only: bool = False
    latest_send_s: float = Field(default=LATEST_SEND.total_seconds(), gt=0, le=45)
    in_flight: int = Field(default=32, ge=1, le=1000)
    prefect_port: int = Field(default=4200, ge=1, le=65535)
    prefect_api_url: str = ""
    prefect_patience_s: float = Field(default=1.0, gt=0, le=60)
    hot_window_s: float = Field(default=900.0, ge=0)
    linger_s: float = Field(default=3.0, ge=0, le=3600)
    prefect_auth: SecretStr = SecretStr("")
    work_pool: str = Field(default="crisis", pattern=r"^[A-Za-z0-9._-]+$")
    worker_runs: int = Field(default=8, ge=1, le=1000)
    run_patience_s: float = Field(default=5.0, gt=0, le=600)

    # The pages
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    base_url: str = ""
    duty_password_hash: SecretStr = SecretStr("")
    api_token: SecretStr = SecretStr("")
    page_limit: str = "120/minute"
    secret: SecretStr | None = None

    # The way out
    send_time_limit_s: float = Field(default=10.0, gt=0, le=120)
    mail_relay: SecretStr = SecretStr("")
    mail_sender: str = ""
    ca_bundle: Path | None = None
    sms_url: SecretStr = SecretStr("")
    sms_token: SecretStr = SecretStr("")
    sms_token_header: str = "Authorization"  # noqa: S105 -- the name of a header, not a secret
    sms_token_prefix: str = "Bearer "  # noqa: S105 -- the scheme before the secret
    sms_form: Literal["json", "form"] = "json"
    sms_to_field: str = "to"
    sms_text_field: str = "text"
    sms_sender_field: str = "from"
    sms_sender: str = ""
    sms_id_field: str = ""
    providers: Path | None = None
    breaker_failures: int = Field(default=5, ge=1, le=1000)
    breaker_pause_s: float = Field(default=30.0, gt=0, le=3600)
    limit_contact: str = "120/minute, 600/hour"
    limit_email: str = ""
    limit_sms: str = ""
    limit_http: str = ""
    limit_provider: str = ""

    # The watcher
    alarm_urls: SecretStr = SecretStr("")
    alarm_again_s: float = Field(default=600.0, ge=10, le=86_400)
    deadman_url: SecretStr = SecretStr("")
    deadman_every_s: float = Field(default=60.0, ge=1, le=86_400)

    # Retention, in days after the closing; -1 for never
    retention_free_text_days: int = Field(default=0, ge=-1, le=36_500)
    retention_contacts_days: int = Field(default=365, ge=-1, le=36_500)
    retention_people_days: int = Field(default=730, ge=-1, le=36_500)
    retention_exercise_days: int = Field(default=365, ge=-1, le=36_500)
    retention_run_days: int = Field(default=3650, ge=-1, le=36_500)

    # Exercises only
    clock_scale: float = Field(default=1.0, gt=0, le=100_000)
    exercise_clock: bool = False

    @field_validator("limit_contact", "limit_email", "limit_sms", "limit_http", "limit_provider")
    @classmethod
    def _readable(cls, limits: str) -> str:
        limits_of(limits)
        return limits

    @field_validator("data_dir", "playbooks_dir", "contacts_dir", "ca_bundle", "providers")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        return None if path is None else path.expanduser().absolute()

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address of the log; SQLite in the data folder unless set."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir / 'crisis.sqlite3'}"
        return self.database_url.get_secret_value()

    @property
    def own_url(self) -> str:
        """The address under which partners reach the pages, without a slash at its end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def own_prefect(self) -> bool:
        """Whether `crisis serve` brings its own Prefect server."""
        return not self.prefect_api_url

    @property
    def own_engine_name(self) -> str:
        """The name of the engine on this host: the host's own unless set."""
        return self.engine_name or gethostname()

    @property
    def prefect_url(self) -> str:
        """The address of Prefect's API, without a slash at its end."""
        return (self.prefect_api_url or f"http://127.0.0.1:{self.prefect_port}/api").rstrip("/")

    @property
    def prefect_login(self) -> str:
        """What a client of Prefect's API says to be let in, `USER:PASSWORD`; empty for nothing."""
        return self.prefect_auth.get_secret_value()

    @property
    def deploys(self) -> bool:
        """Whether flows run as deployments, in the processes of workers."""
        return self.launcher == "prefect"

    @property
    def sped_up(self) -> bool:
        """Whether the clock is an exercise's: faster than real time, or able to skip."""
        return self.exercise_clock or self.clock_scale != 1.0

    @property
    def clock_file(self) -> Path:
        """Where the processes share the exercise clock."""
        return self.data_dir / "clock.json"

    @property
    def own_password_file(self) -> Path:
        """Where the house keeps the duty password that it makes if no hash is set."""
        return self.data_dir / "duty-password"

    def listing(self) -> tuple["Setting", ...]:
        """Return every setting by the name of its variable, secrets hidden."""
        return tuple(
            Setting(
                name=variable(name), value=self._shown(name), is_set=name in self.model_fields_set
            )
            for name in sorted(type(self).model_fields)
        )

    def environment(self) -> dict[str, str]:
        """Return what was set as variables, for a child process; holds secrets."""
        shared = {name: getattr(self, name) for name in self.model_fields_set}
        return {variable(name): _plain(value) for name, value in shared.items()}

    def _shown(self, name: str) -> str:
        if name == "database_url":
            return _without_password(self.database_address)
        value = getattr(self, name)
        if isinstance(value, SecretStr):
            return HIDDEN if value.get_secret_value() else ""
        if value is None:
            return HIDDEN + " (in the data folder)" if name == "secret" else ""
        worked_out = {
            "base_url": self.own_url,
            "prefect_api_url": self.prefect_url,
            "engine_name": self.own_engine_name,
        }
        return worked_out.get(name, _plain(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One line of the listing; `is_set` is False where the default holds."""

    name: str
    value: str
    is_set: bool


def load_settings(
    overrides: Mapping[str, object] | None = None, *, env_file: Path | None = ENV_FILE
) -> Settings:
    """
    Return the settings from the environment and the `.env` file.

    Args:
        overrides: values by field name that outrank both, such as options of a command.
        env_file: the file to read, or None for none; it need not exist.

    Raises:
        UsageError: values are wrong or names unknown; the message names every variable.
    """
    unknown = _unknown(env_file)
    given: dict[str, Any] = dict(overrides or {})
    try:
        settings = Settings(_env_file=env_file, **given)
    except ValidationError as error:
        raise UsageError("\n".join((*_mistakes(error), *unknown))) from None
    if unknown:
        raise UsageError("\n".join(unknown))
    return settings


def variable(name: str) -> str:
    """Return the environment variable of a field."""
    return f"{PREFIX}{name.upper()}"


def _mistakes(error: ValidationError) -> tuple[str, ...]:
    # The value is not repeated: it may be a secret in the wrong place.
    return tuple(
        f"{variable(str(fault['loc'][0]) if fault['loc'] else '?')}: {fault['msg']}."
        " Set it right in the environment or in .env."
        for fault in error.errors(include_input=False)
    )


def _unknown(env_file: Path | None) -> tuple[str, ...]:
    if env_file is None or not env_file.is_file():
        return ()
    known = [variable(name) for name in Settings.model_fields]
    strange = [
        name
        for name in dotenv_values(env_file)
        if name.upper().startswith(PREFIX)
        and not name.upper().startswith(_FOREIGN)
        and name.upper() not in known
    ]
    return tuple(f"{env_file}: {name} is no setting.{_near(name, known)}" for name in strange)


def _near(name: str, known: list[str]) -> str:
    # Without the prefix, which would make any two names alike.
    bare = [each.removeprefix(PREFIX) for each in known]
    near = get_close_matches(name.upper().removeprefix(PREFIX), bare, n=1)
    return (
        f" Did you mean {PREFIX}{near[0]}?" if near else " `crisis status --settings` lists them."
    )


def _plain(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _without_password(address: str) -> str:
    try:
        split = urlsplit(address)
        password = split.password
    except ValueError:
        return HIDDEN
    if "password" in split.query:
        split = split._replace(query=HIDDEN)
    if password is not None:
        user = split.username or ""
        place = split.netloc.rpartition("@")[2]
        split = split._replace(netloc=f"{user}:{HIDDEN}@{place}")
    # urlunsplit would take two of the four slashes of sqlite:////path away.
    shown = urlunsplit(split)
    return address if shown.replace("/", "") == address.replace("/", "") else shown
