"""Prefect flows and tasks, and the engine that calls them: they wait and call, never decide."""
