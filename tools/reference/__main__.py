"""
Write the generated pages of docs/reference.

With `--check`, write nothing and exit 1 when a page on disk is out of date, or when the
data about clauses name what does not exist. With `--strict`, also while a clause that must
be served in the end is open.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from crisis.cli.setting_words import GROUPS
from crisis.core.event import Event
from crisis.loading.agreement_rules import AGREEMENT_RULES
from crisis.loading.consent_rules import CONSENT_RULES
from crisis.loading.contacts_rules import CONTACTS_RULES
from crisis.loading.minimum_rules import MINIMUM_ALIASES, MINIMUM_RULES
from crisis.loading.overlay_rules import OVERLAY_RULES
from crisis.loading.playbook_rules import PLAYBOOK_RULES
from crisis.loading.providers_rules import PROVIDERS_RULES
from crisis.loading.rehearsal_rules import REHEARSAL_RULES
from crisis.loading.schema import overlay_schema, playbook_schema
from crisis.loading.yaml_rules import YAML_RULES
from crisis.settings import Settings
from tools.reference import clause, command, event, playbook_key, rule, setting
from tools.reference.clause_data import read_data, read_known

FOLDER = Path("docs/reference")
LANGUAGE = "playbook-language.md"


def pages(folder: Path) -> Mapping[str, str]:
    """Return every generated page by its file's name; `folder` holds the one that is half ours."""
    around = (folder / LANGUAGE).read_text(encoding="utf-8")
    return {
        "commands.md": command.page(command.root_command()),
        "settings.md": setting.page(GROUPS, Settings.model_fields),
        "events.md": event.page(get_args(Event)),
        "rules.md": rule.page(
            {
                "Any file": YAML_RULES,
                "Playbooks": PLAYBOOK_RULES,
                "Minimum content of a mass-casualty playbook": dict(
                    sorted({**MINIMUM_RULES, **MINIMUM_ALIASES}.items())
                ),
                "Overlays": OVERLAY_RULES,
                "Contacts": CONTACTS_RULES,
                "Agreements": AGREEMENT_RULES,
                "Policies on consent": CONSENT_RULES,
                "Rehearsals": REHEARSAL_RULES,
                "Providers": PROVIDERS_RULES,
            }
        ),
        "clauses.md": clause.page(read_data(), read_known(Path())),
        LANGUAGE: playbook_key.page(
            around, json.loads(playbook_schema()), json.loads(overlay_schema())
        ),
    }


def stale(folder: Path) -> tuple[str, ...]:
    """Return the names of the pages on disk that are not what the code says."""
    return tuple(
        name
        for name, text in pages(folder).items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    )


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them."""
    if "--check" in arguments:
        found = [
            *(f"{FOLDER / name} is out of date; run make reference" for name in stale(FOLDER)),
            *(
                f"clauses.yaml: {fault}"
                for fault in clause.faults(read_data(), read_known(Path()))
            ),
        ]
        print("\n".join(found) if found else "Reference: up to date.")
        return 1 if found else 0
    if "--strict" in arguments:
        wanting = clause.wanting(read_data())
        print(f"{len(wanting)} clauses that must be served are open: {', '.join(wanting)}")
        return 1 if wanting else 0
    for name, text in pages(FOLDER).items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
