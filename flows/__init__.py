"""Prefect flows and tasks: they wait and call, they decide nothing."""
