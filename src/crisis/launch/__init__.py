"""
What `crisis serve` starts, watches and stops: Prefect's server, the engine, the pages.

Knows Prefect only by its HTTP address and its variables; the flows know the rest.
"""
