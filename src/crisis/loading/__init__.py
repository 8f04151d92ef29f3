"""Files become checked core values; every mistake is reported at once, with place and cure."""
