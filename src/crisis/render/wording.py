"""Figures, moments and words as people read them, in one language."""

from datetime import datetime, timedelta
from typing import Literal

from crisis.core.availability import ZONE
from crisis.core.figure import Quantity, Share
from crisis.core.words import Words

Language = Literal["de", "en"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_DE = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS_DE = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_ZONES = {"CET": "MEZ", "CEST": "MESZ"}
_TWO_HOURS, _TWO_DAYS = timedelta(hours=2), timedelta(days=2)
_MINUTE, _HOUR, _TEN = 60, 3600, 10
_ONE_PER_CENT = 0.01


class Wording:
    """Says everything in one language; local times are those of Germany, and say so."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.is_german = language == "de"

    def words(self, words: Words) -> str:
        """Return a text in this language."""
        return words.in_language(self.language)

    def pick(self, de: str, en: str) -> str:
        """Return the German or the English text."""
        return de if self.is_german else en

    def number(self, value: int) -> str:
        """Return a whole number with marks between thousands."""
        return f"{value:,}".replace(",", ".") if self.is_german else f"{value:,}"

    def tenths(self, value: int) -> str:
        """Return a number given in tenths with one decimal place."""
        return f"{value // 10}{self.pick(',', '.')}{value % 10}"

    def share(self, share: Share) -> str:
        """Return a share as counts and per cent, rounded half up in whole numbers."""
        permille = (2000 * share.part + share.whole) // (2 * share.whole)
        of = self.pick("von", "of")
        space = self.pick("\u00a0", "")
        return f"{share.part} {of} {share.whole} ({self.tenths(permille)}{space}%)"

    def percent(self, share: float) -> str:
        """Return a share (0 to 1) in whole per cent, never rounded to nothing or to all."""
        if 0 < share < _ONE_PER_CENT:
            return "<1\u00a0%"
        return f"{min(int(share * 100 + 0.5), 99) if share < 1 else 100}\u00a0%"

    def duration(self, duration: timedelta) -> str:
        """Return a duration as coarse as people would say it; one into the past with a minus."""
        if duration < timedelta():
            return f"\u2212{self.duration(-duration)}"
        seconds = round(duration.total_seconds())
        if seconds < _MINUTE:
            return f"{seconds}\u00a0s"
        minutes = (seconds + 30) // _MINUTE
        if duration < _TWO_HOURS:
            tenths = (seconds + 3) // 6
            coarse = minutes >= _TEN or tenths % 10 == 0
            return f"{minutes if coarse else self.tenths(tenths)}\u00a0min"
        if duration < _TWO_DAYS:
            rest = f" {minutes % 60}\u00a0min" if minutes % 60 else ""
            return f"{minutes // 60}\u00a0h{rest}"
        hours = (seconds + _HOUR // 2) // _HOUR
        rest = f" {hours % 24}\u00a0h" if hours % 24 else ""
        return f"{hours // 24}\u00a0{self.pick('Tage', 'days')}{rest}"

    def since(self, duration: timedelta) -> str:
        """Return for how long something has been going on; German asks for another case."""
        told = self.duration(duration)
        return f"seit {told.replace('Tage', 'Tagen')}" if self.is_german else f"for {told}"

    def quantity(self, value: Quantity) -> str:
        """Return a figure's value; what cannot be known is said to be unknown, never 0."""
        match value:
            case None:
                return self.pick("keine Angabe", "not available")
            case timedelta():
                return self.duration(value)
            case Share():
                return self.share(value)
            case _:
                return self.number(value)

    def day(self, moment: datetime) -> str:
        """Return the day of a moment in Germany."""
        local = moment.astimezone(ZONE)
        if self.is_german:
            return f"{local.day:02}.{local.month:02}.{local.year}"
        return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"

    def short_day(self, moment: datetime) -> str:
        """Return weekday and day of a moment in Germany, such as `Fr 18.12.`."""
        local = moment.astimezone(ZONE)
        weekday = self.pick(_WEEKDAYS_DE[local.weekday()], _WEEKDAYS[local.weekday()])
        day = self.pick(f"{local.day}.{local.month}.", f"{local.day} {_MONTHS[local.month - 1]}")
        return f"{weekday} {day}"

    def month(self, moment: datetime) -> str:
        """Return month and year of a moment in Germany, such as `Dez 26`."""
        local = moment.astimezone(ZONE)
        name = self.pick(_MONTHS_DE[local.month - 1], _MONTHS[local.month - 1])
        return f"{name} {local.year % 100:02}"

    def time(self, moment: datetime) -> str:
        """Return the wall clock of a moment in Germany."""
        local = moment.astimezone(ZONE)
        return f"{local.hour:02}:{local.minute:02}"

    def moment(self, moment: datetime | None) -> str:
        """Return day, time and zone of a moment, or that it is unknown."""
        if moment is None:
            return self.pick("unbekannt", "unknown")
        zone = moment.astimezone(ZONE).tzname() or ""
        shown = _ZONES.get(zone, zone) if self.is_german else zone
        return f"{self.day(moment)}, {self.time(moment)} {shown}"

    def short_moment(self, moment: datetime) -> str:
        """Return day and time of a moment, for tables."""
        local = moment.astimezone(ZONE)
        if self.is_german:
            return f"{local.day:02}.{local.month:02}. {self.time(moment)}"
        return f"{local.day} {_MONTHS[local.month - 1]} {self.time(moment)}"

    def since_opened(self, delta: timedelta) -> str:
        """Return a moment as its distance from T0."""
        sign = "\u2212" if delta < timedelta() else "+"
        return f"T0{sign}{self.duration(abs(delta))}"

    def numbers(self, seqs: tuple[int, ...]) -> str:
        """Return log numbers as a list, runs of neighbours joined."""
        parts: list[str] = []
        runs: list[list[int]] = []
        for seq in seqs:
            if runs and seq == runs[-1][-1] + 1:
                runs[-1].append(seq)
            else:
                runs.append([seq])
        for run in runs:
            joined = len(run) > _PAIR
            parts.extend([f"{run[0]}\u2013{run[-1]}"] if joined else [str(seq) for seq in run])
        return ", ".join(parts)


_PAIR = 2
