"""The fault bench in its short form, and what it reckons with."""
