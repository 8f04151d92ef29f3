"""
Backup and restore while the house runs: one transaction that reads, one that writes.

A backup of SQLite can be restored into PostgreSQL and the other way round.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from crisis.core.event import LogRestored
from crisis.errors import BrokenChainError, CrisisError, RefusedError, UnreachableError
from crisis.store.addition import Append, encoded
from crisis.store.append import append_all
from crisis.store.backup_file import (
    FORMAT,
    Manifest,
    Progress,
    copy_rows,
    counts,
    digest,
    opened,
    seal_with,
    silent,
    written_whole,
)
from crisis.store.batch import Batch
from crisis.store.database import Database, reach
from crisis.store.migration import HEAD, upgrade
from crisis.store.schema import INCIDENTS, LOG
from crisis.store.verification import faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back: the backup's own account, and the incidents that were marked."""

    manifest: Manifest
    marked: tuple[str, ...]


def backup(database: Database, file: Path, *, at: str, progress: Progress = silent) -> Manifest:
    """
    Write the whole log into a file, check the copy, and return what it says of itself.

    The log may be written to meanwhile; the copy is that of one moment.

    Raises:
        RefusedError: the file exists.
        UnreachableError: database or disk do not do their part; nothing is left behind.
    """
    with database.reading() as source, written_whole(file) as target:
        copy_rows(source, target, progress=progress)
        known = faults(source, None)
        manifest = Manifest(
            schema=HEAD, at=at, faults=len(known), digest=digest(source), **counts(source)
        )
        if digest(target) != manifest.digest or faults(target, None) != known:
            raise UnreachableError(
                f"The copy in {file} is not what the log holds, so it was thrown away. See that"
                " the disk is sound, and try again."
            )
        seal_with(target, manifest)
    return manifest


def check(file: Path) -> Manifest:
    """
    Return what a backup says of itself if every row is as it was written.

    Raises:
        NotFoundError: there is no such file.
        BrokenChainError: it is no backup, or was altered.
        UnreachableError: a newer version of crisis wrote it.
    """
    with opened(file) as (source, manifest):
        _require_same(source, manifest, file)
    return manifest


def restore(
    file: Path, address: str, *, at: str, actor: str, progress: Progress = silent
) -> Restored:
    """
    Put a backup into an empty database, whole or not at all, and check it there.

    Every incident that is open in it gets an entry `log-restored`: what was sent
    after the backup is not known, and is asked again with a mark.

    Raises:
        RefusedError: the database is not empty; nothing was changed.
        BrokenChainError: the file is no backup, or was altered.
        UnreachableError: database or disk do not do their part; nothing was changed.
    """
    with opened(file) as (source, manifest):
        _require_same(source, manifest, file)
        target = reach(address, patience=5.0)
        place = Path(target.url.database or "") if target.is_sqlite else None
        was_there = place is None or place.stat().st_size > 0
        try:
            marked = _put(source, target, manifest, _Said(at=at, actor=actor, progress=progress))
        except BaseException:
            target.dispose()
            if place is not None and not was_there:
                _remove(place)
            raise
        target.dispose()
    return Restored(manifest=manifest, marked=marked)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    at: str
    actor: str
    progress: Progress


def _put(source: Connection, target: Database, manifest: Manifest, said: _Said) -> tuple[str, ...]:
    upgrade(target)
    try:
        with target.writer.begin() as connection:
            target.lock(connection)
            _require_empty(connection, target)
            copy_rows(source, connection, progress=said.progress)
            if digest(connection) != manifest.digest:
                raise UnreachableError(
                    f"What arrived in {target.label} is not what the backup holds; nothing was"
                    " kept. See that the database takes UTF-8, and try again."
                )
            return _mark(connection, said)
    except SQLAlchemyError as error:
        raise target.unreachable(error) from None


def _require_same(source: Connection, manifest: Manifest, file: Path) -> None:
    if manifest.format > FORMAT or manifest.schema > HEAD:
        raise UnreachableError(
            f"{file} was written by a newer version of crisis (version {manifest.schema}; this"
            f" one knows versions up to {HEAD}). Install the newer crisis."
        )
    found = counts(source)
    same = all(found[name] == getattr(manifest, name) for name in found)
    if not same or digest(source) != manifest.digest:
        raise BrokenChainError(f"{file} was altered after it was written. Take another backup.")


def _require_empty(connection: Connection, target: Database) -> None:
    count = connection.execute(select(func.count()).select_from(LOG)).scalar_one()
    known = connection.execute(select(func.count()).select_from(INCIDENTS)).scalar_one()
    if count or known:
        raise RefusedError(
            f"The log in {target.label} is not empty ({count} entries); nothing was changed."
            " Restore into an empty database: move the old one away, or name another with --into."
        )


def _mark(connection: Connection, said: _Said) -> tuple[str, ...]:
    heads = connection.execute(
        select(INCIDENTS.c.id, INCIDENTS.c.last_version)
        .where(INCIDENTS.c.closed.is_(False))
        .order_by(INCIDENTS.c.opened_seq)
    ).all()
    whole = [row for row in heads if not faults(connection, row.id)]
    batch = Batch(connection)
    results = append_all(batch, [_marking(row.id, row.last_version, said) for row in whole])
    _raise_first(results)
    batch.run()
    return tuple(row.id for row in whole)


def _marking(incident: str, version: int, said: _Said) -> Append:
    event = LogRestored(upto_version=version)
    return Append(
        incident=incident,
        expected_version=version,
        at=said.at,
        actor=said.actor,
        events=(event,),
        encoded=(encoded(event),),
    )


def _raise_first(results: Sequence[object]) -> None:
    for result in results:
        if isinstance(result, CrisisError):
            raise result


def _remove(file: Path) -> None:
    for left in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        with suppress(OSError):
            left.unlink(missing_ok=True)
