"""The only tests that import Prefect; the fast run leaves them out."""
