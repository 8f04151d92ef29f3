"""Alembic's entry: runs the migrations on the connection `crisis.store.migration` hands over."""

from alembic import context

# The caller's transaction holds the lock; a migration happens whole or not at all.
context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
