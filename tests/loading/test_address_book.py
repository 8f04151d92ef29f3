"""The book gives addresses to whoever asks by id, and to nobody else."""

from crisis.core.contact import ChannelKind, Tlp
from crisis.loading.address_book import Addressbook
from crisis.usecases.ports import Addresses

BOOK = Addressbook(
    kinds={"cy-sms": ChannelKind.SMS, "cy-portal": ChannelKind.PORTAL},
    addresses={"cy-sms": "+4915228817386", "cy-portal": ""},
    labels={"cy-sms": Tlp.GREEN, "cy-portal": Tlp.AMBER_STRICT},
)


def test_address_book_keeps_the_promise_of_the_port() -> None:
    book: Addresses = BOOK

    assert [
        (name, book.kind(name), book.address(name), book.max_tlp(name))
        for name in ("cy-sms", "cy-portal", "eve")
    ] == [
        ("cy-sms", ChannelKind.SMS, "+4915228817386", Tlp.GREEN),
        ("cy-portal", ChannelKind.PORTAL, "", Tlp.AMBER_STRICT),
        ("eve", None, None, None),
    ]


def test_address_book_prints_no_address() -> None:
    assert (repr(BOOK), str(BOOK), f"{BOOK}") == ("Addressbook(2 channels)",) * 3
