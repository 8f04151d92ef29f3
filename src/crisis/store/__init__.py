"""The event log in a database: SQLite or PostgreSQL. The only package that knows SQLAlchemy."""
