"""How fast the house is, measured beside simpler peers in the same run; `make bench`."""
