"""Every rule code of the house with the reason why the rule exists; one table."""

from crisis.loading.agreement_rules import AGREEMENT_RULES
from crisis.loading.consent_rules import CONSENT_RULES
from crisis.loading.contacts_rules import CONTACTS_RULES
from crisis.loading.minimum_rules import MINIMUM_RULES
from crisis.loading.overlay_rules import OVERLAY_RULES
from crisis.loading.playbook_rules import PLAYBOOK_RULES
from crisis.loading.providers_rules import PROVIDERS_RULES
from crisis.loading.rehearsal_rules import REHEARSAL_RULES
from crisis.loading.yaml_rules import YAML_RULES

RULES: dict[str, str] = {
    **YAML_RULES,
    **PLAYBOOK_RULES,
    **MINIMUM_RULES,
    **OVERLAY_RULES,
    **CONTACTS_RULES,
    **CONSENT_RULES,
    **AGREEMENT_RULES,
    **REHEARSAL_RULES,
    **PROVIDERS_RULES,
}
