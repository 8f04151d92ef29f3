"""What is wrong with an address, in words, for `crisis contacts check`."""

from email_validator import EmailNotValidError, validate_email

from crisis.core.contact import ChannelKind
from crisis.notify.mail_url import MAIL_ADDRESS
from crisis.notify.phone_number import can_be_dialled, e164
from crisis.notify.target import Stock, http_target, mail_target

# Any relay will do to check the recipient.
SOME_RELAY = "mailtos://relay.example/?from=crisis@relay.example"


def problems(kind: ChannelKind, address: str) -> tuple[str, ...]:
    """
    Return everything that keeps an address from being used, or nothing.

    No sentence holds any part of the address: it may carry a password.
    """
    if kind is ChannelKind.PORTAL:
        return ()
    if not address.strip():
        return ("the address is empty",)
    match kind:
        case ChannelKind.EMAIL:
            return _mail_problems(address)
        case ChannelKind.HTTP:
            return _http_problems(address)
        case ChannelKind.SMS:
            return () if e164(address) else (NOT_AN_SMS_NUMBER,)
        case ChannelKind.PHONE_BY_HAND:
            return () if can_be_dialled(address) else (NOT_A_NUMBER,)


NOT_AN_SMS_NUMBER = (
    "not a full telephone number; write it with its area code (030 23125000) or with +49"
)
NOT_A_NUMBER = (
    "not a telephone number; write it with its area code (030 23125000), with +49, "
    "or as a short number (112)"
)
NOT_A_MAIL_URL = (
    "Apprise refuses this mail address; write name@place.example, or "
    "mailtos://user:password@relay.example/?from=…&to=… with both mail addresses whole"
)
NOT_A_WEB_URL = (
    "Apprise refuses this web address; write jsons://host.example/path (or another "
    "Apprise URL) with a host name"
)


def _mail_problems(address: str) -> tuple[str, ...]:
    found = MAIL_ADDRESS.fullmatch(address.strip())
    if found is not None:
        try:
            # Partners' domains must not be looked up for a check of files.
            validate_email(found["address"], check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            return ("not a mail address; write name@place.example",)
    target = mail_target(address, relay=SOME_RELAY, sender="")
    if target is None:
        return (NOT_A_MAIL_URL,)
    return () if isinstance(target, Stock) else target.faults()


def _http_problems(address: str) -> tuple[str, ...]:
    target = http_target(address)
    if target is None:
        return (NOT_A_WEB_URL,)
    return () if isinstance(target, Stock) else target.faults()
