"""The register of backups in the database: which stand, when each expires, which are destroyed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import psycopg

import openanpr.retention.events  # noqa: F401 - registers the verbs
from openanpr.audit.services import AuditActor, record_event_raw
from openanpr.backups.manifest import Manifest
from openanpr.config.database import DatabaseRole, dsn
from openanpr.config.values import Settings

ACTOR: Final = AuditActor.system("command-line")


def note_made(
    settings: Settings, manifest: Manifest, *, digest: str, place: str, at: datetime
) -> None:
    """Register a backup and write it to the audit, in one transaction. Raises psycopg.Error."""
    with _connected(settings) as cursor:
        _insert(cursor, manifest, place=place)
        record_event_raw(
            cursor,
            verb="backup.make",
            actor=ACTOR,
            at=at,
            subject=f"backup:{manifest.backup}",
            payload={
                "digest": digest,
                "expires_at": manifest.expires_at.isoformat(),
                "rows": sum(manifest.tables.values()),
                "pictures": manifest.pictures.where,
            },
        )


def note_restored(settings: Settings, manifest: Manifest, *, place: str, at: datetime) -> None:
    """Register the backup that this database came from: it was made after its own snapshot."""
    with _connected(settings) as cursor:
        _insert(cursor, manifest, place=place)
        record_event_raw(
            cursor,
            verb="backup.restore",
            actor=ACTOR,
            at=at,
            subject=f"backup:{manifest.backup}",
            payload={
                "made_at": manifest.made_at.isoformat(),
                "audit_sequence": manifest.audit_sequence,
            },
        )


def note_expired(settings: Settings, manifest: Manifest, *, digest: str, at: datetime) -> None:
    """Register that a backup is destroyed, with the digest of its signed certificate."""
    with _connected(settings) as cursor:
        cursor.execute(
            "update backup_made set removed_at = %s where id = %s and removed_at is null",
            (at, UUID(manifest.backup)),
        )
        record_event_raw(
            cursor,
            verb="backup.expire",
            actor=ACTOR,
            at=at,
            subject=f"backup:{manifest.backup}",
            payload={
                "made_at": manifest.made_at.isoformat(),
                "expires_at": manifest.expires_at.isoformat(),
                "digest": digest,
            },
        )


def _insert(cursor: psycopg.Cursor[Any], manifest: Manifest, *, place: str) -> None:
    cursor.execute(
        "insert into backup_made (id, made_at, expires_at, place) values (%s, %s, %s, %s) "
        "on conflict do nothing",
        (UUID(manifest.backup), manifest.made_at, manifest.expires_at, place),
    )


@contextmanager
def _connected(settings: Settings) -> Iterator[psycopg.Cursor[Any]]:
    with (
        psycopg.connect(dsn(DatabaseRole.RETENTION, settings)) as connection,
        connection.cursor() as cursor,
    ):
        yield cursor
