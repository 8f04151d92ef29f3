"""The JSON Schemas of playbooks, overlays and agreements, for editors."""

import json

from pydantic import BaseModel

from crisis.loading.agreement_file import AgreementFile
from crisis.loading.overlay_file import OverlayFile
from crisis.loading.playbook_file import PlaybookFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def playbook_schema() -> str:
    """
    Return the JSON Schema of a playbook file as text, ending in a newline.

    It knows shapes, not references: `crisis playbook check` says more.
    """
    return _schema(PlaybookFile, "Crisis playbook")


def agreement_schema() -> str:
    """Return the JSON Schema of a file of the register of agreements, in the same way."""
    return _schema(AgreementFile, "Crisis agreement")


def overlay_schema() -> str:
    """Return the JSON Schema of an overlay file as text, ending in a newline."""
    return _schema(OverlayFile, "Crisis overlay")


def _schema(model: type[BaseModel], title: str) -> str:
    schema = {"$schema": DIALECT, **model.model_json_schema(by_alias=True), "title": title}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
