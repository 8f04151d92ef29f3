"""Why each rule about contacts, partners, rotas and agreements exists (codes `CT…`)."""

CONTACTS_RULES: dict[str, str] = {}
