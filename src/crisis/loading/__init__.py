"""Files become core values, with every mistake named at once."""
