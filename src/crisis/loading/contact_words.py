"""The words that entries of contacts are made of: ids, regions, texts in both languages."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from crisis.core.contact import FEDERAL
from crisis.loading.catalogue import LAENDER
from crisis.loading.shape import FileModel

REGION_LENGTHS = (2, 5, 8)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _check_id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError(f"`{text}` is not an id; use small letters, digits and single hyphens")
    return text


def _check_date(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"`{text}` is not a day; write it like `2026-11-02`") from None
    return text


def _check_region(text: str) -> str:
    plain = text.isascii() and text.isdigit()
    known = text == FEDERAL or text[:2] in LAENDER
    if not plain or len(text) not in REGION_LENGTHS or not known:
        raise ValueError(
            f"`{text}` is not a region; write the first 2, 5 or 8 digits of the AGS, "
            "or `00` for the federation"
        )
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("a text belongs here, not nothing")
    return text


Id = Annotated[str, AfterValidator(_check_id)]
DayText = Annotated[str, AfterValidator(_check_date)]
RegionText = Annotated[str, AfterValidator(_check_region)]
Text = Annotated[str, AfterValidator(_not_blank)]


class WordsEntry(FileModel):
    """A text in both languages."""

    de: Text
    en: Text
