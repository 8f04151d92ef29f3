"""The command line: whole screens, exit codes, and what bad input gets."""
