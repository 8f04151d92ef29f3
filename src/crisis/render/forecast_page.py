"""A forecast as one page: its picture and its figures."""

from datetime import timedelta

from crisis.core.answer_time import AnswerTime
from crisis.core.reach_time import Wave
from crisis.core.region import name_of
from crisis.render import labels
from crisis.render.forecast_svg import forecast_svg
from crisis.render.sheet import Grid, Section, Sheet, sheet_html
from crisis.render.wording import Language, Wording
from crisis.usecases.forecasting import Forecast


def forecast_page(found: Forecast, *, language: Language = "de") -> str:
    """Return the page in one language."""
    return sheet_html(_Page(found, Wording(language)).sheet())


class _Page:
    def __init__(self, found: Forecast, wording: Wording) -> None:
        self._found, self._wording, self._pick = found, wording, wording.pick

    def sheet(self) -> Sheet:
        """Return the whole page."""
        pick, setting = self._pick, self._found.setting
        title = self._wording.words(setting.playbook.title)
        return Sheet(
            title=pick(f"Vorhersage: {title}", f"Forecast: {title}"),
            subtitle=f"{name_of(setting.region)} · T0 {self._wording.moment(setting.at)}",
            strip=pick(
                "[ÜBUNG] Vorhersage aus Annahmen: Niemand wurde gefragt.",
                "[EXERCISE] A forecast from assumptions: nobody was asked.",
            ),
            facts=self._facts(),
            sections=(self._reached(), self._assumed()),
            note=pick(
                "Wen der Planer worüber fragt, solange niemand antwortet, ist berechnet; wer wann"
                " antwortet, ist ausgelost. Derselbe Startwert gibt dasselbe Ergebnis.",
                "Whom the planner asks over what while nobody answers is computed; who answers"
                " when is drawn. The same seed gives the same result.",
            ),
            language=self._wording.language,
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        pick, found = self._pick, self._found
        setting = found.setting
        return (
            ("Playbook", " + ".join(setting.playbook.layers)),
            (pick("Gebiet", "Region"), f"{setting.region} {name_of(setting.region)}"),
            (
                pick("Läufe", "Runs"),
                pick(
                    f"{self._wording.number(found.runs)}, Startwert {found.seed}",
                    f"{self._wording.number(found.runs)}, seed {found.seed}",
                ),
            ),
            (pick("bis", "until"), self._wording.moment(setting.until)),
            (pick("Ausgefallen", "Out"), ", ".join(setting.out) or pick("nichts", "nothing")),
        )

    def _reached(self) -> Section:
        pick = self._pick
        return Section(
            title=pick("Wann die Partner erreicht sind", "When the partners have been reached"),
            picture=forecast_svg(self._found, self._wording),
            caption=pick(
                "Erreicht ist ein Partner mit seiner ersten Antwort in der Welle. Der Balken"
                " reicht vom schnellsten bis zum langsamsten Zehntel der Läufe, der Strich zeigt"
                " die Mitte. Der letzte Anteil meint bei wenigen Partnern: alle.",
                "A partner has been reached with its first answer in the wave. The bar runs from"
                " the quickest to the slowest tenth of the runs, the stroke shows the middle. With"
                " few partners the last share means: all.",
            ),
            grids=(
                Grid(
                    caption=pick("Zeiten ab T0", "Times from T0"),
                    heads=(
                        pick("Welle", "Wave"),
                        pick("Partner", "Partners"),
                        pick("Anteil", "Share"),
                        pick("1 von 10 Läufen bis", "1 of 10 runs by"),
                        pick("5 von 10 bis", "5 of 10 by"),
                        pick("9 von 10 bis", "9 of 10 by"),
                        pick("nicht bis zum Ende", "not by the end"),
                    ),
                    rows=tuple(row for wave in self._found.waves for row in self._rows(wave)),
                ),
            ),
        )

    def _rows(self, wave: Wave) -> tuple[tuple[str, ...], ...]:
        return tuple(
            (
                self._wording.words(wave.title),
                str(wave.partners),
                f"{time.share}\u00a0%",
                self._time(time.early),
                self._time(time.middle),
                self._time(time.late),
                self._wording.percent(time.missed),
            )
            for time in wave.times
        )

    def _time(self, time: timedelta | None) -> str:
        return "\u2013" if time is None else self._wording.duration(time)

    def _assumed(self) -> Section:
        pick, times = self._pick, self._found.setting.times
        rows = tuple(
            (
                rule.role or pick("jede Rolle", "any role"),
                pick("jeder Kanal", "any channel")
                if rule.channel is None
                else self._wording.words(labels.CHANNELS[rule.channel.value]),
                *self._answer(rule.time),
            )
            for rule in times.rules
        )
        rest = (pick("sonst", "otherwise"), "", *self._answer(times.otherwise))
        return Section(
            title=pick("Angenommene Antwortzeiten", "Answer times that were assumed"),
            grids=(
                Grid(
                    caption=pick(
                        "Die erste Zeile, die passt, gilt", "The first row that fits counts"
                    ),
                    heads=(
                        pick("Rolle", "Role"),
                        pick("Kanal", "Channel"),
                        pick("antwortet nie", "never answers"),
                        pick("Mitte", "Median"),
                        pick("Streuung", "Spread"),
                    ),
                    rows=(*rows, rest),
                ),
            ),
        )

    def _answer(self, time: AnswerTime) -> tuple[str, str, str]:
        spread = self._wording.tenths(round(time.spread * 10))
        return (
            self._wording.percent(time.never),
            self._wording.duration(time.median),
            f"\u00d7 {spread}",
        )
