"""What each setting does, in a sentence; the text of a new `.env` file."""

from collections.abc import Mapping
from types import MappingProxyType

# In the order of `crisis.settings.Settings`; a test holds the two together.
GROUPS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Places": {
            "data_dir": "where the log and everything else that is written lies",
            "playbooks_dir": "where the playbooks lie",
            "contacts_dir": "where the contacts lie; subfolders are read too",
            "database_url": "the log's database: sqlite:///FILE or postgresql://USER@HOST/NAME",
        },
        "The engine and Prefect": {
            "launcher": "embedded, or prefect for workers on several machines",
            "engine_name": "the engine on this host, its own in a house of several;"
            " the host's name unless set",
            "engine_only": "true: no pages here; another host of the same PostgreSQL serves them",
            "latest_send_s": "how old a claimed message may be before it is sent; else it waits",
            "in_flight": "how many messages may be on their way at once",
            "prefect_port": "the port of the Prefect server that `crisis serve` brings",
            "prefect_api_url": "the API of a Prefect server of your own instead",
            "prefect_patience_s": "how long Prefect may hold work up before it is overtaken",
            "hot_window_s": "how near the next moment must be for a run to stay awake",
            "linger_s": "how long a run stays after its last work",
            "prefect_auth": "what Prefect's API wants to hear, USER:PASSWORD",
            "work_pool": "the work pool that workers take runs from, with launcher prefect",
            "worker_runs": "how many runs a worker has at once; each is a process",
            "run_patience_s": "how long a worker may hold work up before the engine does it",
        },
        "The pages": {
            "host": "the address the pages listen on",
            "port": "the port the pages listen on",
            "base_url": "the address under which partners reach the pages, for the links",
            "duty_password_hash": "the duty password, hashed by `crisis password`;"
            " without it the house makes one of its own, for this machine only",
            "api_token": "the token for /api/v1",
            "page_limit": "how often one address may ask for a page",
            "secret": "the key of links and codes; made in the data folder unless set",
        },
        "The way out": {
            "send_time_limit_s": "how long one attempt may take",
            "mail_relay": "the mail server: mailtos://USER:PASSWORD@HOST:PORT,"
            " with ?mode=ssl for TLS at once",
            "mail_sender": "the address mails come from",
            "ca_bundle": "certificates to trust instead of the system's, a PEM file",
            "sms_url": "the address of the SMS gateway",
            "sms_token": "its token",
            "sms_token_header": "the header that carries the token",
            "sms_token_prefix": "what stands before the token",
            "sms_form": "json or form",
            "sms_to_field": "the gateway's name for the number",
            "sms_text_field": "the gateway's name for the text",
            "sms_sender_field": "the gateway's name for the sender",
            "sms_sender": "the sender that is shown",
            "sms_id_field": "the gateway's name for our own id, if it takes one",
            "providers": "a file of several mail relays and SMS gateways, such as providers.yaml",
            "breaker_failures": "after how many failures in a row a provider is passed over",
            "breaker_pause_s": "for how long it then is passed over",
            "limit_contact": "how many messages one contact may get; off for no limit",
            "limit_email": "how many mails may leave, such as 600/minute",
            "limit_sms": "how many text messages may leave",
            "limit_http": "how many calls of partners' web services may leave",
            "limit_provider": "how many messages each provider gets that has no limits of its own",
        },
        "The watcher": {
            "alarm_urls": "where it raises the alarm, by another provider than messages take:"
            " Apprise URLs, a blank between them",
            "alarm_again_s": "how often an alarm that lasts is repeated",
            "deadman_url": "a service that alarms you once the engine stops asking for this"
            " address",
            "deadman_every_s": "how often the engine asks for it",
        },
        "Retention, in days after the closing; -1 for never": {
            "retention_free_text_days": "what partners wrote into forms, once there is a final"
            " report",
            "retention_contacts_days": "titles and rotas in the pinned extract of the directory",
            "retention_people_days": "notes, reasons, remarks and signs of those who acted",
            "retention_exercise_days": "all of an exercise",
            "retention_run_days": "all of a real run",
        },
        "Exercises only (live incidents are refused while these are set)": {
            "clock_scale": "how fast the clock runs",
            "exercise_clock": "true: all processes share a clock that can be moved",
        },
    }
)


def env_text() -> str:
    """Return a `.env` file that sets nothing: every setting, its meaning and its default."""
    from crisis.settings import Settings, variable

    lines = [
        "# Settings of this house. Remove the # before a line to set it.",
        "# Variables of the environment outrank this file;",
        "# `crisis status --settings` shows what holds. This file may hold passwords.",
    ]
    for title, words in GROUPS.items():
        lines += ["", f"# --- {title}"]
        for name, meaning in words.items():
            default = Settings.model_fields[name].default
            lines += ["", f"# {meaning}", f"# {variable(name)}={_plain(default)}"]
    return "\n".join(lines) + "\n"


def _plain(default: object) -> str:
    if isinstance(default, bool):
        return "true" if default else "false"
    # Secrets have no default worth showing.
    return str(default) if isinstance(default, str | int | float) or _is_path(default) else ""


def _is_path(default: object) -> bool:
    from pathlib import Path

    return isinstance(default, Path)
