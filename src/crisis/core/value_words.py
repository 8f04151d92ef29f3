"""What people read for the words that attributes hold, as their playbook says it."""

from crisis.core.condition import Value
from crisis.core.playbook import Playbook
from crisis.core.words import Words

# The attribute that says what kind of event it is, where a playbook has one.
KIND = "kind_of_event"
KINDS = {
    "terror": Words(de="Terror", en="terrorist attack"),
    "extremism": Words(de="extremistische Straftat", en="extremist crime"),
    "rampage": Words(de="Amok", en="rampage"),
    "mass_accident": Words(de="Massenunfall", en="mass accident"),
    "disaster": Words(de="Katastrophe", en="disaster"),
    "unclear": Words(de="Ursache noch unklar", en="cause not known yet"),
}
# Words of the house; a playbook may say something else for its own attribute.
ANSWERS = {
    "yes": Words(de="ja", en="yes"),
    "no": Words(de="nein", en="no"),
    "unknown": Words(de="noch unbekannt", en="not known yet"),
    "none": Words(de="keine", en="none"),
}


def attribute_label(playbook: Playbook, attribute_id: str) -> Words:
    """Return what an attribute is called; an unknown id reads as itself."""
    found = (one.label for one in playbook.attributes if one.id == attribute_id)
    return next(found, Words(de=attribute_id))


def word_label(playbook: Playbook, attribute_id: str, word: str) -> Words:
    """
    Return what people read for a word that an attribute holds; unknown words as they are.

    The attribute's own label comes first; then, of the kind of event, the house's word; then
    that of a form's option which sets it.
    """
    attribute = next((one for one in playbook.attributes if one.id == attribute_id), None)
    asked = {
        option.value: option.label
        for form in playbook.forms
        for field in form.fields
        if field.sets == attribute_id
        for option in field.options
    }
    kinds = KINDS if attribute_id == KIND else {}
    own = {} if attribute is None else attribute.labels
    return {**ANSWERS, **asked, **kinds, **own}.get(word, Words(de=word))


def value_text(playbook: Playbook, attribute_id: str, value: Value, *, language: str) -> str:
    """Return an attribute's value as people read it, `de` or `en`; a list parted by commas."""
    if isinstance(value, int):
        return str(value)
    words = (value,) if isinstance(value, str) else value or ("none",)
    return ", ".join(
        word_label(playbook, attribute_id, one).in_language(language) for one in words
    )
