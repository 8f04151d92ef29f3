"""The real world, built."""
