"""
The database's version: brought up to date when the log is opened.

Alembic is loaded only if there is something to do; an up-to-date database costs
one small query.
"""

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from crisis.errors import UnreachableError
from crisis.store.database import Database

# The newest revision in `migrations/versions`; a test holds the two together.
HEAD = "0001"

_VERSION = text("SELECT version_num FROM alembic_version")


def upgrade(database: Database) -> None:
    """
    Lift an older or empty database to `HEAD`; others wait, and find it done.

    Raises:
        UnreachableError: the database does not answer, or is of a newer version.
    """
    with database.reading() as connection:
        if _version(connection) == HEAD:
            return
    try:
        with database.writer.begin() as connection:
            database.lock(connection)
            found = _version(connection)
            if found is not None and found > HEAD:
                raise UnreachableError(
                    f"The log in {database.label} has version {found}; this crisis knows"
                    f" versions up to {HEAD}. Install the newer crisis, or open another database."
                )
            if found != HEAD:
                _run(connection)
    except SQLAlchemyError as error:
        raise database.unreachable(error) from None


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(_VERSION).scalar()
    return version


def _run(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 -- 0.2 s that an up-to-date database never pays
    from alembic.config import Config  # noqa: PLC0415 -- as above

    config = Config()
    config.set_main_option("script_location", "crisis.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
