"""What the settings say of the way out: providers, breakers, limits."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from crisis.core.contact import ChannelKind
from crisis.core.limit import limits_of
from crisis.errors import UsageError
from crisis.loading.providers_file import Provider as Written
from crisis.loading.providers_file import load_providers
from crisis.notify.courier import CourierSettings
from crisis.notify.provider import Provider
from crisis.notify.roster import BreakerRule
from crisis.notify.sms_gateway import Form, Gateway
from crisis.settings import ENV_FILE, Settings
from crisis.usecases.guard import GuardRules

KINDS = {"mail": ChannelKind.EMAIL, "sms": ChannelKind.SMS}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """How messages leave, and how many of them may."""

    courier: CourierSettings
    rules: GuardRules


def courier_settings(settings: Settings) -> CourierSettings:
    """Return what the courier needs to know; `way_out` says what can go wrong."""
    return way_out(settings).courier


def way_out(settings: Settings) -> WayOut:
    """
    Return what the courier and the guard need to know.

    Raises:
        UsageError: a provider is not described as it must be, or in two places.
        FindingsError: the file of providers holds mistakes; all are listed.
    """
    written = _written(settings)
    courier = CourierSettings(
        time_limit_s=settings.send_time_limit_s,
        mail_relay=settings.mail_relay.get_secret_value(),
        mail_sender=settings.mail_sender,
        ca_bundle=settings.ca_bundle,
        gateway=_gateway(settings),
        providers=tuple(_provider(each) for each in written if each.kind in KINDS),
        breaker=BreakerRule(failures=settings.breaker_failures, pause_s=settings.breaker_pause_s),
    )
    faults = (*_faults_of_providers(courier), *_faults_of_twice(courier))
    if faults:
        raise UsageError("\n".join(faults))
    return WayOut(courier=courier, rules=_rules(settings, written))


def guard_rules(settings: Settings) -> GuardRules:
    """
    Return the limits of a house, for whoever sends nothing.

    Raises:
        FindingsError: the file of providers holds mistakes; all are listed.
    """
    return _rules(settings, _written(settings))


def _written(settings: Settings) -> tuple[Written, ...]:
    file, here = settings.providers, Path.cwd()
    if file is None:
        return ()
    shown = file.relative_to(here) if file.is_relative_to(here) else file
    return load_providers(file, shown_as=shown.as_posix(), environment=_environment())


def _environment() -> Mapping[str, str]:
    of_file = {name: value for name, value in dotenv_values(ENV_FILE).items() if value}
    return {**of_file, **os.environ}


def _provider(written: Written) -> Provider:
    kind = KINDS[written.kind]
    return Provider(
        id=written.id,
        kind=kind,
        order=written.order,
        regions=written.regions,
        relay=written.url if kind is ChannelKind.EMAIL else "",
        gateway=_described(written) if kind is ChannelKind.SMS else None,
    )


def _described(written: Written) -> Gateway:
    shape = written.gateway
    return Gateway(
        url=written.url,
        token=written.token,
        token_header=shape["token_header"],
        token_prefix=shape["token_prefix"],
        form=Form(shape["form"]),
        to_field=shape["to_field"],
        text_field=shape["text_field"],
        sender_field=shape["sender_field"],
        sender=shape["sender"],
        id_field=shape["id_field"],
    )


def _faults_of_providers(courier: CourierSettings) -> tuple[str, ...]:
    return tuple(
        f"CRISIS_PROVIDERS: provider `{provider.id}`: {fault}."
        for provider in courier.providers
        for fault in provider.problems()
    )


def _faults_of_twice(courier: CourierSettings) -> tuple[str, ...]:
    kinds = {provider.kind for provider in courier.providers}
    singles = (
        (ChannelKind.EMAIL, "mail", "CRISIS_MAIL_RELAY", bool(courier.mail_relay)),
        (ChannelKind.SMS, "sms", "CRISIS_SMS_URL", courier.gateway is not None),
    )
    return tuple(
        f"{name} is set, and CRISIS_PROVIDERS names a file with providers under `{section}`."
        f" Describe all of them in the file, and leave {name} out."
        for kind, section, name, is_set in singles
        if is_set and kind in kinds
    )


def _rules(settings: Settings, written: tuple[Written, ...]) -> GuardRules:
    return GuardRules(
        contact=limits_of(settings.limit_contact),
        kinds={
            ChannelKind.EMAIL: limits_of(settings.limit_email),
            ChannelKind.SMS: limits_of(settings.limit_sms),
            ChannelKind.HTTP: limits_of(settings.limit_http),
        },
        providers={each.id: each.limits for each in written if each.limits},
        any_provider=limits_of(settings.limit_provider),
    )


def _gateway(settings: Settings) -> Gateway | None:
    url = settings.sms_url.get_secret_value()
    if not url:
        return None
    gateway = Gateway(
        url=url,
        token=settings.sms_token.get_secret_value(),
        token_header=settings.sms_token_header,
        token_prefix=settings.sms_token_prefix,
        form=Form(settings.sms_form),
        to_field=settings.sms_to_field,
        text_field=settings.sms_text_field,
        sender_field=settings.sms_sender_field,
        sender=settings.sms_sender,
        id_field=settings.sms_id_field,
    )
    if gateway.problems():
        raise UsageError("\n".join(f"CRISIS_SMS_URL: {fault}." for fault in gateway.problems()))
    return gateway
