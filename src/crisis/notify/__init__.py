"""Delivery over Apprise: one target, one outcome."""
