"""Tests, laid out like src/crisis: one folder per package, one file per module."""
