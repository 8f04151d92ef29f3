"""
The fault bench: real processes, killed, stopped and starved from outside, then judged.

Nothing in here reaches into the product. It starts the programs of `crisis serve`,
plays the providers, posts the partners' answers, and holds the log, the messages
that arrived and what `crisis incident show --json` says against one another.
"""
