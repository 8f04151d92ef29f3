"""What the bench writes and how it reckons; its figures themselves are not tested."""
