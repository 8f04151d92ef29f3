"""The meeting place: the core and the ports, one file per verb of the house."""
