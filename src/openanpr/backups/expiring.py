"""Destroying backups that have expired, each with a signed certificate in its place."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from openanpr.backups.manifest import (
    MANIFEST,
    PARTIAL,
    BackupProblem,
    Manifest,
    is_signed_here,
    read_manifest,
    signing_key,
)
from openanpr.backups.register import note_expired
from openanpr.config.values import Settings

FORMAT: Final = "openanpr.backup-destroyed.v1"


def standing(into: Path) -> Iterator[tuple[Path, Manifest]]:
    """The finished backups under ``into``, oldest first."""
    for path in sorted(into.glob("openanpr-*")):
        if path.is_dir() and path.suffix != PARTIAL and (path / MANIFEST).exists():
            yield path, read_manifest(path)


def expire(settings: Settings, into: Path, *, at: datetime) -> list[Path]:
    """Destroy what has expired; the certificates written. Safe to stop and to run again.

    A manifest that this installation did not sign is left alone, and named at the end by
    BackupProblem: its date cannot be trusted.
    """
    written: list[Path] = []
    foreign: list[str] = []
    for path, manifest in standing(into):
        if not is_signed_here(path, settings):
            foreign.append(path.name)
        elif manifest.expires_at <= at:
            written.append(_destroy(settings, path, manifest, at))
    if foreign:
        raise BackupProblem(
            f"Not signed by this installation, so left alone: {', '.join(foreign)}. Look at them "
            "and remove them by hand if they are past their date."
        )
    return written


def _destroy(settings: Settings, path: Path, manifest: Manifest, at: datetime) -> Path:
    # The manifest goes last: a killed run leaves a backup that is found and destroyed again.
    for inner in path.iterdir():
        if inner.is_dir():
            shutil.rmtree(inner)
    certificate = path.with_name(f"destroyed-{path.name}.json")
    text = json.dumps(
        {
            "format": FORMAT,
            "backup": manifest.backup,
            "made_at": manifest.made_at.astimezone(UTC).isoformat(),
            "expired_at": manifest.expires_at.astimezone(UTC).isoformat(),
            "destroyed_at": at.astimezone(UTC).isoformat(),
            "rows": sum(manifest.tables.values()),
            "pictures": manifest.pictures.files,
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    signature = signing_key(settings).sign(text.encode()).hex()
    certificate.write_text(f"{text}\n{signature}\n", encoding="ascii")
    with certificate.open("rb") as file:
        os.fsync(file.fileno())
    digest = hashlib.sha256(text.encode()).hexdigest()
    note_expired(settings, manifest, digest=digest, at=at)
    shutil.rmtree(path)
    return certificate
