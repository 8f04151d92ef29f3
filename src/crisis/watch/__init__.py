"""Compares what should have happened by now with the log, and raises the alarm."""
