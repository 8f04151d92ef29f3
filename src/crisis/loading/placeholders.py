"""
What stands in braces in a message (`law-and-trust.md` §6.1).

The closed list of what is allowed is `crisis.core.message.PLACEHOLDERS`.
Texts have no template language. A placeholder that would carry personal data is
refused by name, so that its author learns why.
"""

import re

PERSONAL = frozenset(
    {
        "address",
        "age",
        "birth_date",
        "diagnosis",
        "email",
        "first_name",
        "injury",
        "last_name",
        "name",
        "names",
        "nationality",
        "origin",
        "patient",
        "phone",
        "photo",
        "plate",
        "religion",
        "suspect",
        "surname",
        "victim",
        "adresse",
        "geburtsdatum",
        "nachname",
        "opfer",
        "telefon",
        "vorname",
    }
)
_BRACES = re.compile(r"\{([^{}]*)\}")


def placeholders_in(text: str) -> tuple[str, ...]:
    """Return what stands in braces in a text, in order, each once."""
    return tuple(dict.fromkeys(match.strip() for match in _BRACES.findall(text)))


def has_loose_brace(text: str) -> bool:
    """Return whether a brace is opened or closed without its partner."""
    rest = _BRACES.sub("", text)
    return "{" in rest or "}" in rest
