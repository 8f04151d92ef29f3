"""The addresses behind channel ids: they leave the house with a message, and in no other way."""

from collections.abc import Mapping

from crisis.core.contact import ChannelKind, Tlp


class Addressbook:
    """
    Keeps the promise of `crisis.usecases.ports.Addresses`.

    Nothing here prints an address: whoever logs the book by mistake sees a count.
    """

    __slots__ = ("_addresses", "_kinds", "_labels")

    def __init__(
        self,
        *,
        kinds: Mapping[str, ChannelKind],
        addresses: Mapping[str, str],
        labels: Mapping[str, Tlp] | None = None,
    ) -> None:
        self._kinds = dict(kinds)
        self._labels = dict(labels or {})
        self._addresses = dict(addresses)

    def address(self, channel_id: str) -> str | None:
        """
        Return the channel's address or number, or None if the directory has no such channel.

        A portal channel has no address of its own: the empty text.
        """
        return self._addresses.get(channel_id)

    def kind(self, channel_id: str) -> ChannelKind | None:
        """Return the channel's kind, or None if the directory has no such channel."""
        return self._kinds.get(channel_id)

    def max_tlp(self, channel_id: str) -> Tlp | None:
        """Return the tightest label the channel may carry, or None if that is not known."""
        return self._labels.get(channel_id)

    def __len__(self) -> int:
        return len(self._kinds)

    def __repr__(self) -> str:
        return f"Addressbook({len(self)} channels)"
