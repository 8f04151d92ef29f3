"""What the settings say of the way out."""

from crisis.errors import UsageError
from crisis.notify.courier import CourierSettings
from crisis.notify.sms_gateway import Form, Gateway
from crisis.settings import Settings


def courier_settings(settings: Settings) -> CourierSettings:
    """
    Return what the courier needs to know.

    Raises:
        UsageError: the SMS gateway is not described as it must be.
    """
    return CourierSettings(
        time_limit_s=settings.send_time_limit_s,
        mail_relay=settings.mail_relay.get_secret_value(),
        mail_sender=settings.mail_sender,
        ca_bundle=settings.ca_bundle,
        gateway=_gateway(settings),
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
