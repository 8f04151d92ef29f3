"""Commands: they translate, they never decide."""
