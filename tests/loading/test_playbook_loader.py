"""A playbook file is loaded or explained; it never ends in a traceback."""

import json
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path

import pytest

from crisis.core.condition import AllOf, Is
from crisis.core.deadline import Within
from crisis.core.playbook import Completion, Occasion, Playbook, Start, Step
from crisis.core.words import Words
from crisis.loading.located import Document, YamlValue, read_yaml
from crisis.loading.playbook_loader import load_playbook
from crisis.loading.problem import has_errors
from crisis.loading.yaml_builder import Loc

TEMPLATE = Path(__file__).parents[2] / "playbooks" / "templates" / "five-steps.yaml"
TODAY = date(2026, 11, 22)
JUNK: list[YamlValue] = json.loads(
    """[null, "", [], {}, 5, true, 1.5, "T0+", "x y", "after", "{", "99999999999999d", -1,
        {"a": {"b": ["c"]}}, [[1]], {"any": []}]"""
)


@pytest.fixture(scope="module")
def template() -> Document:
    document, _ = read_yaml(TEMPLATE, shown_as="template")
    assert document is not None
    return document


def test_any_value_may_be_wrong(template: Document, tmp_path: Path) -> None:
    path = tmp_path / "five-steps.yaml"
    for number, loc in enumerate(loc for loc in template.values if loc):
        path.write_text(_with(template, loc, JUNK[number % len(JUNK)]), encoding="utf-8")

        loaded = load_playbook(path, shown_as="x.yaml", today=TODAY)

        assert (loaded.playbook is None) == has_errors(loaded.problems), loc


def test_any_key_may_be_missing(template: Document, tmp_path: Path) -> None:
    path = tmp_path / "five-steps.yaml"
    for loc in template.keys:
        path.write_text(_without(template, loc), encoding="utf-8")

        loaded = load_playbook(path, shown_as="x.yaml", today=TODAY)

        assert (loaded.playbook is None) == has_errors(loaded.problems), loc


def test_what_is_written_seldom_is_read_too(template: Document, tmp_path: Path) -> None:
    data = deepcopy(template.data)
    steps = _down(data, ("phases", 1, "steps"))
    assert isinstance(steps, list)
    assert isinstance(steps[0], dict)
    steps[0] |= {
        "complete": "quorum 2",
        "start": "30m after S3",
        "waits": True,
        "benefit": {"de": "Eigener Nutzen"},
        "hold_while": {"kind_of_event": {"is": "crime"}},
    }

    step = _step(_loaded(data, tmp_path), "S4")

    assert (step.completion, step.quorum, step.waits) == (Completion.QUORUM, 2, True)
    assert step.start == Start(after=("S3",), offset=timedelta(minutes=30))
    assert step.benefit.de == "Eigener Nutzen"
    assert step.hold_while == Is(attribute="kind_of_event", values=("crime",))


def test_calendar_rule_becomes_dates_until_ten_years_after_the_review(
    template: Document, tmp_path: Path
) -> None:
    data = deepcopy(template.data)
    steps = _down(data, ("phases", 1, "steps"))
    assert isinstance(steps, list)
    assert isinstance(steps[0], dict)
    steps[0] |= {
        "start": "T0",
        "repeat": {"rule": "FREQ=YEARLY;INTERVAL=2", "from": "2026-09-26", "at": "10:30"},
    }

    repeat = _step(_loaded(data, tmp_path), str(steps[0]["id"])).repeat

    assert repeat is not None
    assert [moment.isoformat() for moment in repeat.dates[:2]] == [
        "2026-09-26T08:30:00+00:00",
        "2028-09-26T08:30:00+00:00",
    ]
    assert repeat.dates[-1].year == 2036


def test_step_that_starts_at_an_occasion_applies_while_its_condition_holds(
    template: Document, tmp_path: Path
) -> None:
    data = deepcopy(template.data)
    data["occasions"] = {
        "V": {"title": {"de": "Fall"}, "when": {"kind_of_event": {"is": "crime"}}}
    }
    steps = _down(data, ("phases", 1, "steps"))
    assert isinstance(steps, list)
    assert isinstance(steps[0], dict)
    steps[0] |= {"start": "V+30m", "within": "V+2h"}
    crime = Is(attribute="kind_of_event", values=("crime",))

    playbook = _loaded(data, tmp_path)

    step = _step(playbook, str(steps[0]["id"]))
    assert playbook.occasions == (Occasion(id="V", title=Words(de="Fall"), when=crime),)
    assert step.start == Start(occasion="V", offset=timedelta(minutes=30))
    assert step.within == Within(duration=timedelta(hours=2), absolute=True, occasion="V")
    assert isinstance(step.when, AllOf)
    assert step.when.parts[1] == crime


def test_step_without_a_benefit_takes_its_phase_s(template: Document, tmp_path: Path) -> None:
    step = _step(_loaded(template.data, tmp_path), "S1")

    assert step.benefit.de == "Hilfe beginnt sofort."


def _loaded(data: dict[str, YamlValue], folder: Path) -> Playbook:
    path = folder / "five-steps.yaml"
    path.write_text(json.dumps(data), encoding="utf-8")
    playbook = load_playbook(path, shown_as="x.yaml", today=TODAY).playbook
    assert playbook is not None
    return playbook


def _step(playbook: Playbook, step_id: str) -> Step:
    return next(step for step in playbook.steps if step.id == step_id)


def _with(document: Document, loc: Loc, value: YamlValue) -> str:
    data = deepcopy(document.data)
    parent, last = _down(data, loc[:-1]), loc[-1]
    if isinstance(parent, dict):
        parent[str(last)] = value
    elif isinstance(parent, list):
        parent[int(last)] = value
    return json.dumps(data)


def _without(document: Document, loc: Loc) -> str:
    data = deepcopy(document.data)
    parent = _down(data, loc[:-1])
    assert isinstance(parent, dict)
    del parent[str(loc[-1])]
    return json.dumps(data)


def _down(data: YamlValue, loc: Loc) -> YamlValue:
    for part in loc:
        if isinstance(data, dict):
            data = data[str(part)]
        elif isinstance(data, list):
            data = data[int(part)]
    return data
