"""Hand-written stand-ins that keep the ports' promises: for rehearsals and tests alike."""
