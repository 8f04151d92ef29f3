"""Files that nobody would write, for the readers of files; `python -m tools.fuzz --help`."""
