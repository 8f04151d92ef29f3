"""Why each rule about playbooks exists (codes `PB…` and `L-…`)."""

PLAYBOOK_RULES: dict[str, str] = {}
