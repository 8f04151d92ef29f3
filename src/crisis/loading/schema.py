"""The JSON Schema of playbook files, for editors."""

import json

from crisis.loading.playbook_file import PlaybookFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def playbook_schema() -> str:
    """
    Return the JSON Schema of a playbook file as text, ending in a newline.

    It knows shapes, not references: `crisis playbook check` says more.
    """
    schema = {
        "$schema": DIALECT,
        **PlaybookFile.model_json_schema(by_alias=True),
        "title": "Crisis playbook",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
