"""Coordinate organisations, never victims, after an attack or a mass accident."""
