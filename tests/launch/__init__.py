"""The supervisor and what it tells."""
