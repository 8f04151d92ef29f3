"""A forecast as a page: in words what it shows in colour, in both languages."""

import re
from datetime import timedelta

import pytest

from crisis.core.answer_time import AnswerTime, AnswerTimes, Rule
from crisis.core.contact import ChannelKind
from crisis.render.forecast_page import forecast_page
from crisis.render.wording import Language
from crisis.usecases.forecasting import Forecast, forecast
from tests.builders import minutes
from tests.core.test_forecast import a_setting

TIMES = AnswerTimes(
    rules=(
        Rule(
            role=None,
            channel=ChannelKind.HTTP,
            time=AnswerTime(never=0.5, median=minutes(7), spread=2.5),
        ),
        Rule(role="KRS", channel=None, time=AnswerTime(never=1, median=minutes(7), spread=2)),
    ),
    otherwise=AnswerTime(never=0.8, median=timedelta(hours=9), spread=3),
)


@pytest.fixture(scope="module")
def found() -> Forecast:
    return forecast(a_setting(times=TIMES, out=("sms",)), runs=60, seed=1)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ("Vorhersage: Lage", "Alle Partner", "Startwert 1", "nicht")),
        ("en", ("Forecast: Incident", "All partners", "seed 1", "not in")),
    ],
)
def test_page_tells_in_words_what_it_shows_in_colour(
    found: Forecast, language: Language, words: tuple[str, ...]
) -> None:
    page = forecast_page(found, language=language)

    assert f'<html lang="{language}">' in page
    assert [word for word in words if word not in page] == []
    assert "url(#forecast-plan)" in page
    assert not re.search(r"<script|<link|@import|(src|href)=.?https?:", page)


def test_page_lists_what_was_assumed(found: Forecast) -> None:
    page = forecast_page(found, language="en").replace("\u00a0", " ")

    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page[page.rindex("<tbody>") :])
    assert [re.sub("<[^>]+>", "|", row) for row in rows] == [
        "any role||HTTP||50 %||7 min||× 2.5|",  # noqa: RUF001 -- as it stands on the page
        "KRS||any channel||100 %||7 min||× 2.0|",  # noqa: RUF001 -- as it stands on the page
        "otherwise||||80 %||9 h||× 3.0|",  # noqa: RUF001 -- as it stands on the page
    ]
