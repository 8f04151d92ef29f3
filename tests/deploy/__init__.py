"""Tests of what `deploy/` gives to whoever runs a house."""
