"""Leaflets, cards and pages that people are given: in which languages, and until when (S3.4)."""

from dataclasses import dataclass
from datetime import date

from crisis.core.words import Words

PLAIN_LANGUAGE = "de-LS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """
    One piece of information material.

    `about` are the needs that it meets (keys of `service.NEEDS`), `languages` tags with
    `de-LS` for plain language, `laid_out` the units where it lies. After `valid_until` it
    must not be handed out any more.
    """

    id: str
    title: Words
    about: tuple[str, ...]
    languages: tuple[str, ...]
    version: str
    valid_until: date
    laid_out: tuple[str, ...] = ()
    link: str = ""

    def has_expired(self, on: date) -> bool:
        """Return whether it must not be used on a day any more."""
        return on > self.valid_until
