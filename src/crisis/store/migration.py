"""
The database's version: brought up to date when the log is opened, by one process of many.

Alembic is loaded only if there is something to do; an up-to-date database costs
one small query.
"""

import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from crisis.errors import UnreachableError
from crisis.store.database import Database

# The newest revision in `migrations/versions`; a test holds the two together.
HEAD = "0002"

_LOG = logging.getLogger("crisis.store")
_VERSION = text("SELECT version_num FROM alembic_version")


def upgrade(database: Database) -> None:
    """
    Lift an older or empty database to `HEAD`; others wait, and find it done.

    A copy of an older SQLite file is put beside it first, as `….before-0002`. A server
    has backups of its own; there the log says that this would be the moment for one.

    Raises:
        UnreachableError: the database does not answer, is of a newer version, or there
            is no room for the copy; nothing was changed.
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
            if found == HEAD:
                return
            if found is not None:
                _set_aside(database, found)
            _run(connection)
    except SQLAlchemyError as error:
        raise database.unreachable(error) from None


def _set_aside(database: Database, found: str) -> None:
    if not database.is_sqlite:
        _LOG.warning(
            "%s is lifted from version %s to %s; its backup from before is the way back",
            database.label,
            found,
            HEAD,
        )
        return
    file = Path(database.url.database or "")
    copy = file.with_name(f"{file.name}.before-{HEAD}")
    part = copy.with_name(f"{copy.name}.{os.getpid()}.part")
    try:
        part.touch(mode=0o600)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        part.replace(copy)
    except (OSError, sqlite3.Error) as error:
        raise UnreachableError(
            f"{database.label} is of version {found} and was not lifted to {HEAD}: no copy of it"
            f" could be made as {copy}: {error}. Nothing was changed. Make room, or give this"
            " user the right to write there."
        ) from None
    finally:
        part.unlink(missing_ok=True)
    _LOG.warning(
        "%s is lifted from version %s to %s; %s is as before", database.label, found, HEAD, copy
    )


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
