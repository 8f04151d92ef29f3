"""The words of a message that expects nothing."""

from dataclasses import replace

from crisis.core.contact import Tlp
from tests.builders import a_channel, a_contact, a_telling_step
from tests.core.test_message import MAIL, SAYS, an_incident, mail, sms


def test_what_only_tells_says_that_no_answer_is_needed() -> None:
    step = a_telling_step("A10", message=SAYS)

    assert mail(an_incident(step=step)).body == MAIL.replace(
        "Bitte antworten bis Fr 18.12., 19:35 Uhr.",
        "Zu Ihrer Kenntnis: eine Antwort ist nicht nötig.",
    ).replace("Antworten ohne Anmeldung: ", "")
    assert sms(an_incident(step=step, language="en")).body == (
        "[ÜBUNG / EXERCISE] AHORN 47 · Dresden · A10: AHORN 47: please name your capacity. Code "
        "K7M2Q. For your information: no answer is needed. Code K7M2Q "
        "https://crisis.example/p/token"
    )


def test_what_only_tells_is_read_on_the_page_where_a_channel_may_not_carry_it() -> None:
    step = a_telling_step("A10", message=SAYS, tlp=Tlp.AMBER_STRICT)
    incident = an_incident(step=step)
    contact = a_contact("ohs", kinds=())
    narrow = replace(contact, channels=(a_channel("ohs-email", max_tlp=Tlp.GREEN),))
    directory = incident.opened.directory
    known = replace(directory, contacts={**directory.contacts, "ohs": narrow})
    incident = replace(incident, opened=replace(incident.opened, directory=known))

    assert mail(incident).body == MAIL.replace(
        "AHORN 47: Bitte Kapazität nennen. Code K7M2Q.",
        "Bitte auf Ihrer Seite lesen. Der Inhalt geht nicht über diesen Weg.",
    ).replace(
        "Bitte antworten bis Fr 18.12., 19:35 Uhr.",
        "Zu Ihrer Kenntnis: eine Antwort ist nicht nötig.",
    ).replace("Antworten ohne Anmeldung: ", "")
