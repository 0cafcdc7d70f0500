"""Restoring a backup into an empty installation, and proving that all of it is there.

While it lasts a note stands in the data folder: nothing is served over a half-restored database,
and the same command run again begins anew.
"""

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from openanpr.backups.contents import Contents, contents_of, differences
from openanpr.backups.manifest import (
    DATABASE,
    IMAGES,
    SNAPSHOTS,
    BackupProblem,
    Manifest,
    check_files,
    read_manifest,
)
from openanpr.backups.pictures import copy_tree
from openanpr.backups.programs import conninfo, parts_for, program, run_program, without_password
from openanpr.config.database import DatabaseRole
from openanpr.config.values import Settings

NOTE: Final = "restore.unfinished"
_LEFT_OUT: Final = (" SCHEMA - public", " EXTENSION - ", " COMMENT - ")
Told = Callable[[str, int, int], None]


def unfinished(settings: Settings) -> str | None:
    """The number of the backup whose restore was begun and not finished, if one was."""
    try:
        return (settings.data_dir / NOTE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def begin(settings: Settings, folder: Path) -> Manifest:
    """Check the backup's files and note that its restore begins. Raises BackupProblem."""
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    begun = unfinished(settings)
    if begun not in (None, manifest.backup):
        raise BackupProblem(
            f"The restore of another backup ({begun}) was begun here and not finished. Finish "
            "that one, or start from an empty data folder."
        )
    return manifest


def note_begun(settings: Settings, manifest: Manifest) -> None:
    """From now on this installation is under restore."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    (settings.data_dir / NOTE).write_text(manifest.backup, encoding="ascii")


def refuse_unless_empty(settings: Settings, parts: dict[str, Any]) -> None:
    """Raise BackupProblem where the installation holds anything already."""
    with psycopg.connect(conninfo(parts)) as connection:
        row = connection.execute(
            "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            "where n.nspname = 'public' and c.relkind in ('r', 'p')"
        ).fetchone()
    pictures = settings.images == "folder" and any((settings.data_dir / "images").glob("*"))
    if (row and row[0]) or pictures:
        raise BackupProblem(
            "This installation is not empty, and a restore never writes over anything. Restore "
            "into another data folder (OPENANPR_DATA_DIR) or an empty database, look at it, and "
            "then put it in the place of this one."
        )


def empty_database(parts: dict[str, Any]) -> None:
    """Remove what an unfinished restore left in the database."""
    with psycopg.connect(conninfo(parts)) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")
        connection.execute("grant usage on schema public to public")
        connection.execute(
            sql.SQL("grant all on schema public to {}").format(sql.Identifier(DatabaseRole.OWNER))
        )
        connection.execute("create extension if not exists pg_trgm")


def restore_database(
    settings: Settings, folder: Path, manifest: Manifest, parts: dict[str, Any], *, told: Told
) -> None:
    """Run pg_restore as the owner, then compare with the manifest. Raises BackupProblem."""
    restore = program("pg_restore", settings)
    source = str(folder / DATABASE)
    entries = settings.data_dir / "restore.list"
    entries.write_text("\n".join(_entries(restore, source)) + "\n", encoding="utf-8")
    done: list[str] = []

    def line(said: str) -> None:
        if "processing data for table" in said:
            done.append(said)
            told("Tables restored", len(done), 0)

    run_program(
        [
            restore,
            *("--jobs=2", "--exit-on-error", "--verbose", "--no-owner", "--no-privileges"),
            *("--use-list", str(entries), "--role", DatabaseRole.OWNER),
            *("--dbname", without_password(parts), source),
        ],
        parts,
        line=line,
    )
    entries.unlink()
    require_same(manifest, parts, told=told)


def require_same(manifest: Manifest, parts: dict[str, Any], *, told: Told) -> None:
    """Count everything and compare. Raises BackupProblem that names each difference."""
    counted: list[str] = []

    def count(name: str) -> None:
        counted.append(name)
        told("Tables counted", len(counted), len(manifest.tables))

    with psycopg.connect(conninfo(parts)) as connection:
        found = contents_of(connection, counted=count)
    expected = Contents(manifest.tables, manifest.audit_sequence, manifest.audit_head)
    if wrong := list(differences(expected, found)):
        raise BackupProblem("What was restored is not what was backed up: " + "; ".join(wrong))


def restore_files(settings: Settings, folder: Path, manifest: Manifest, *, told: Told) -> None:
    """Put pictures and lists back."""
    copy_tree(folder / SNAPSHOTS, settings.data_dir / "snapshots", copied=lambda _: None)
    if manifest.pictures.where == "copied" and settings.images == "folder":
        copy_tree(
            folder / IMAGES,
            settings.data_dir / "images",
            copied=lambda files: told("Pictures restored", files, manifest.pictures.files),
        )


def finish(settings: Settings) -> None:
    """The restore is whole: serving may begin."""
    (settings.data_dir / NOTE).unlink(missing_ok=True)


def parts_of(settings: Settings, *, admin_dsn: str | None) -> dict[str, Any]:
    """How a restore reaches the database: as one that may do everything in it."""
    if settings.database_dsn is not None and admin_dsn is None:
        raise BackupProblem(
            "On a server of your own give --admin-dsn: a role that may make everything in the "
            "database that OPENANPR_DATABASE_DSN names."
        )
    return parts_for(settings, admin_dsn=admin_dsn)


def _entries(restore: str, source: str) -> Iterable[str]:
    """What the dump lists, without the schema, its extensions and comments: those are there."""
    listed = subprocess.run(
        [restore, "--list", source], capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        raise BackupProblem(f"{source} cannot be read as a dump of PostgreSQL")
    return [
        line
        for line in listed.stdout.splitlines()
        if not line.startswith(";") and not any(part in line for part in _LEFT_OUT)
    ]
