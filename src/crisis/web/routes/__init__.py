"""The addresses of the house, one file per kind of visitor."""
