"""Pages, as people and programs meet them."""
