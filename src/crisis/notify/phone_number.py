"""Telephone numbers, as people in Germany write them."""

import phonenumbers
from phonenumbers import PhoneNumberFormat, ValidationResult

HOME = "DE"
# 110, 112, 19222, 116117: dialled as they stand, by hand only.
LONGEST_SHORT_NUMBER = 6


def e164(address: str) -> str | None:
    """
    Return a number in E.164 form, or None if it cannot be one.

    Possible is enough: drama numbers and new ranges are not in any table of valid ones.
    """
    number = _parsed(address)
    if number is None:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    if _is_short(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def can_be_dialled(address: str) -> bool:
    """Return whether a person can dial this: a full number or a short one such as 112."""
    number = _parsed(address)
    return number is not None and (_is_short(number) or phonenumbers.is_possible_number(number))


def _parsed(address: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(address.strip(), HOME)
    except phonenumbers.NumberParseException:
        return None


def _is_short(number: phonenumbers.PhoneNumber) -> bool:
    return len(str(number.national_number)) <= LONGEST_SHORT_NUMBER
