"""Proving a backup by restoring it into a scratch cluster and comparing everything."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from openanpr.audit.chain import Verdict
from openanpr.audit.stored import verify as verify_chain
from openanpr.backups.manifest import (
    IMAGES,
    BackupProblem,
    Manifest,
    check_files,
    is_signed_here,
    other_secrets,
    read_manifest,
)
from openanpr.backups.programs import conninfo, parts_for
from openanpr.backups.restoring import Told, restore_database
from openanpr.config.postgres.cluster import Cluster
from openanpr.config.postgres.roles import prepare_database
from openanpr.config.values import Settings
from openanpr.reads.image_keys import SECRET, ImageKeys
from openanpr.reads.images import EncryptedImages, ImageDamagedError, ImageKeyMissingError
from openanpr.reads.objects import FolderObjects

_NAMED = (
    "select encode(stored_sha256, 'hex') from read_image where stored_sha256 is not null "
    "group by stored_sha256"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a verification found beside equal counts and an equal end of the audit.

    ``pictures`` were opened and fit their hash; ``missing`` the database names and the backup
    lacks; ``unreadable`` cannot be opened with this installation's keys.
    """

    manifest: Manifest
    signed: bool
    chain: Verdict
    pictures: int
    missing: int
    unreadable: int
    other_secrets: list[str]

    @property
    def whole(self) -> bool:
        """Whether this backup can stand for the installation, with the secrets that are here."""
        bad = self.missing or self.unreadable or self.other_secrets
        return self.signed and self.chain.whole and not bad


def verify_backup(settings: Settings, folder: Path, *, scratch: Path, told: Told) -> Verified:
    """Restore ``folder`` into a cluster of its own under ``scratch``, compare, throw it away.

    Raises BackupProblem, ClusterProblem, OSError.
    """
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    with _scratch_cluster(scratch) as own:
        parts = parts_for(own)
        restore_database(own, folder, manifest, parts, told=told)
        told("Audit rows to check", manifest.audit_sequence, 0)
        chain = verify_chain(conninfo(parts))
        good, missing, unreadable = _pictures(settings, folder, manifest, parts, told)
    return Verified(
        manifest=manifest,
        signed=is_signed_here(folder, settings),
        chain=chain,
        pictures=good,
        missing=missing,
        unreadable=unreadable,
        other_secrets=other_secrets(manifest, settings),
    )


@contextmanager
def _scratch_cluster(scratch: Path) -> Iterator[Settings]:
    home = Path(tempfile.mkdtemp(prefix="openanpr-verify-", dir=scratch))
    try:
        home.chmod(0o711)  # the database's own user passes through
        own = Settings(data_dir=home).model_copy(
            update={"database_dsn": None, "secrets_dir_override": home / "secrets"}
        )
        # A copy that is thrown away needs no durability.
        fast = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        cluster = Cluster(own, options=fast)
        with cluster.in_use():
            prepare_database(cluster, own)
            yield own
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _pictures(
    settings: Settings, folder: Path, manifest: Manifest, parts: dict[str, Any], told: Told
) -> tuple[int, int, int]:
    if manifest.pictures.where != "copied":
        return 0, 0, 0
    keys = settings.secrets_dir / SECRET
    if not os.access(keys, os.R_OK):
        raise BackupProblem(f"The secret file {SECRET} is not here, so no picture can be checked.")
    store = EncryptedImages(FolderObjects(folder / IMAGES), ImageKeys(keys))
    good = missing = unreadable = 0
    with psycopg.connect(conninfo(parts)) as connection:
        named = connection.execute(_NAMED).fetchall()
    for (sha256,) in named:
        try:
            found = store.open(sha256) is not None
        except (ImageDamagedError, ImageKeyMissingError):
            unreadable += 1
            continue
        good, missing = good + found, missing + (not found)
        told("Pictures opened", good, len(named))
    return good, missing, unreadable
