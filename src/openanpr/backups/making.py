"""Making a backup: one snapshot of the database, dumped and counted, then the pictures.

Ingest and searches go on meanwhile. Everything is written to a folder that ends in `.partial`, and
the manifest last: what a killed run leaves is never taken for a backup, and the next one clears it.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from openanpr import __version__
from openanpr.backups.contents import Contents, contents_of, table_names
from openanpr.backups.manifest import (
    DATABASE,
    PARTIAL,
    SNAPSHOTS,
    BackupProblem,
    Manifest,
    digests,
    secret_checks,
    signing_key,
    write_manifest,
)
from openanpr.backups.pictures import copy_pictures, copy_tree
from openanpr.backups.programs import conninfo, parts_for, program, run_program, without_password
from openanpr.backups.register import note_made
from openanpr.config.values import Settings
from openanpr.wire.ids import uuid7

Told = Callable[[str, int, int], None]
"""Told (what, how many are done, of how many; 0 where nobody knows)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished backup and the SHA-256 of its manifest."""

    folder: Path
    manifest: Manifest
    digest: str


def make_backup(
    settings: Settings, into: Path, *, with_pictures: bool, at: datetime, told: Told
) -> Made:
    """Make a backup in a new folder under ``into``. The database runs. Raises BackupProblem."""
    number = str(uuid7())
    name = f"openanpr-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{number[-6:]}"
    with _alone(into):
        for left in into.glob(f"openanpr-*{PARTIAL}"):
            shutil.rmtree(left)
        partial = into / (name + PARTIAL)
        partial.mkdir(mode=0o700)
        signing_key(settings)  # made at the first backup, so that the checks below know it
        contents, server = _dump(settings, partial / DATABASE, told)
        copy_tree(settings.data_dir / "snapshots", partial / SNAPSHOTS, copied=lambda _: None)
        pictures = copy_pictures(
            settings,
            partial,
            wanted=with_pictures,
            copied=lambda files: told("Pictures copied", files, 0),
        )
        manifest = Manifest(
            backup=number,
            made_at=at,
            expires_at=at + timedelta(days=settings.backup_days),
            version=__version__,
            server=server,
            tables=contents.tables,
            audit_sequence=contents.audit_sequence,
            audit_head=contents.audit_head,
            pictures=pictures,
            files=digests(partial / DATABASE),
            secrets=secret_checks(settings),
        )
        # Known before it can be used: a backup that nobody expires must not exist.
        digest = write_manifest(partial, manifest, settings)
        _sync(partial)
        note_made(settings, manifest, digest=digest, place=str(into / name), at=at)
        partial.rename(into / name)
        _sync(into)
    return Made(folder=into / name, manifest=manifest, digest=digest)


def _dump(settings: Settings, target: Path, told: Told) -> tuple[Contents, int]:
    """Dump and count one and the same snapshot; the server's major version too."""
    parts = parts_for(settings)
    try:
        with psycopg.connect(conninfo(parts), application_name="openanpr-backup") as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            names = table_names(connection)
            row = connection.execute("select pg_export_snapshot()").fetchone()
            snapshot = row[0] if row else ""
            dumped: list[str] = []

            def line(said: str) -> None:
                if "dumping contents of table" in said:
                    dumped.append(said)
                    told("Tables dumped", len(dumped), 0)

            run_program(
                [
                    program("pg_dump", settings),
                    *("--format=directory", "--jobs=2", f"--snapshot={snapshot}", "--verbose"),
                    *("--no-owner", "--no-privileges", "--schema=public"),
                    *("--file", str(target), "--dbname", without_password(parts)),
                ],
                parts,
                line=line,
            )
            counted: list[str] = []

            def count(name: str) -> None:
                counted.append(name)
                told("Tables counted", len(counted), len(names))

            return contents_of(connection, counted=count), connection.info.server_version // 10000
    except psycopg.Error as problem:
        # By class alone: the text of a database error may quote a mark.
        raise BackupProblem(
            f"The database cannot be read for a backup: {type(problem).__name__}. On a server of "
            "your own, see docs/runbooks/backup.md for the role that makes backups."
        ) from None


@contextmanager
def _alone(into: Path) -> Iterator[None]:
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (into / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupProblem(f"Another backup into {into} is under way.") from None
        yield


def _sync(folder: Path) -> None:
    for path in (folder, *(one for one in folder.iterdir() if one.is_file())):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
