"""The schema for editors accepts what the program accepts."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # -- published without types
import pytest

from crisis.loading.located import read_yaml
from crisis.loading.schema import agreement_schema, overlay_schema, playbook_schema

ROOT = Path(__file__).parents[2]
SHIPPED = ("playbooks/sn-mass-casualty.yaml", "playbooks/templates/five-steps.yaml")


@pytest.mark.parametrize("name", SHIPPED)
def test_schema_accepts_what_is_shipped(name: str) -> None:
    document, _ = read_yaml(ROOT / name, shown_as=name)
    assert document is not None
    validator = jsonschema.Draft202012Validator(json.loads(playbook_schema()))

    assert [error.message for error in validator.iter_errors(document.data)] == []


@pytest.mark.parametrize(
    "change",
    [{"colour": "red"}, {"kind": "respons"}, {"phases": []}, {"ladders": {"A": [{"after": 5}]}}],
    ids=["unknown-key", "unknown-word", "no-phase", "bad-rung"],
)
def test_schema_refuses_mistakes(change: dict[str, object]) -> None:
    document, _ = read_yaml(ROOT / SHIPPED[1], shown_as=SHIPPED[1])
    assert document is not None
    validator = jsonschema.Draft202012Validator(json.loads(playbook_schema()))

    assert not validator.is_valid({**document.data, **change})


@pytest.mark.parametrize(
    "schema",
    [playbook_schema, overlay_schema, agreement_schema],
    ids=["playbook", "overlay", "agreement"],
)
def test_schema_describes_every_key(schema: Callable[[], str]) -> None:
    root = json.loads(schema())
    shapes = {"the file": root, **root["$defs"]}

    silent = [
        f"{name}.{key}"
        for name, shape in shapes.items()
        for key, held in shape.get("properties", {}).items()
        if not held.get("description")
    ]

    assert len(shapes) > 5
    assert silent == []
    assert [name for name, shape in shapes.items() if not shape.get("description")] == []


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "contacts/example/agreements").glob("*.yaml")),
    ids=lambda path: path.stem,
)
def test_schema_accepts_the_agreements_that_are_shipped(path: Path) -> None:
    document, _ = read_yaml(path, shown_as=path.name)
    assert document is not None
    schema = json.loads(agreement_schema())
    validator = jsonschema.Draft202012Validator(schema)

    assert [error.message for error in validator.iter_errors(document.data)] == []
    assert not validator.is_valid({**document.data, "colour": "red"})
    assert not validator.is_valid({**document.data, "kind": "handshake"})
