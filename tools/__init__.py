"""Small checks and generators for the repository itself. Never shipped."""
