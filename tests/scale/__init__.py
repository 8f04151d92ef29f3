"""Several hosts, as far as network namespaces of one machine show them."""
