"""Local providers that swallow every message: for the demo, the benches and the tests."""
