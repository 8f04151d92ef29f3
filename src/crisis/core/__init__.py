"""The rules: pure functions over frozen data, standard library only."""
