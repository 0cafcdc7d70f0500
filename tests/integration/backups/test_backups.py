"""Backups made, proved, restored and destroyed by the command, killed and spoilt on the way."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from openanpr.audit.models import AuditEvent
from openanpr.backups.expiring import expire
from openanpr.backups.making import Made, make_backup
from openanpr.backups.manifest import BackupProblem, check_files, is_signed_here, read_manifest
from openanpr.config.database import DatabaseRole, dsn
from openanpr.config.values import get_settings
from openanpr.reads.images import image_store
from openanpr.reads.models import ReadImage
from openanpr.wire.ids import uuid7
from tests.factories.casework import MARK, StoredReads, make_casework

DAY = timedelta(days=1)
PICTURE = b"\xff\xd8a patch\xff\xd9"


@pytest.fixture
def folder():
    # Not pytest's own scratch folder, which is closed to the database's user.
    made = Path(tempfile.mkdtemp(prefix="openanpr-backup-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def filled(db, superuser):
    """An installation with reads, an audit and a picture."""
    at = datetime.now(UTC)
    casework = make_casework(at)
    casework.investigation(casework.person("ada"))
    reads = StoredReads(superuser)
    for hours in range(20):
        reads.add(MARK, at - timedelta(hours=hours))
    sha256 = image_store(get_settings()).put(PICTURE)
    ReadImage.objects.using("owner").create(
        received_sha256=b"r" * 32,
        device=uuid7(),
        kind="patch",
        stored_sha256=bytes.fromhex(sha256),
    )
    yield at
    shutil.rmtree(get_settings().data_dir / "images")


def command(*arguments, data_dir=None):
    """Start `openanpr` on this test's installation, or on another data folder."""
    environment = {
        name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
    }
    if data_dir is not None:
        environment["OPENANPR_DATA_DIR"] = str(data_dir)
    return subprocess.Popen(
        [sys.executable, "-m", "openanpr", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def run(*arguments, **options):
    process = command(*arguments, **options)
    out, err = process.communicate()
    assert "Traceback" not in err
    assert MARK not in out + err
    return process.returncode, out, err


def kill_when(process, happened):
    """Kill -9 as soon as it happened, which must be before the process ends by itself."""
    while not happened():
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def made_in(folder, at=None) -> Made:
    return make_backup(
        get_settings(),
        folder,
        with_pictures=True,
        at=at or datetime.now(UTC),
        told=lambda *_: None,
    )


def test_a_backup_is_made_proved_and_restored_with_kills_in_the_middle(filled, folder):
    into = folder / "backups"
    kill_when(command("backup", into), lambda: list(into.glob("*.partial/database")))
    code, out, _ = run("backup", into)
    assert code == 0
    assert "1 pictures copied" in out
    (backup,) = into.glob("openanpr-*")
    code, out, err = run("backup", "verify", backup, "--scratch", folder)
    assert (code, "This backup can be restored." in out) == (0, True), err
    assert "1 opened, 0 missing, 0 unreadable" in out

    other = folder / "other"
    code, _, err = run("restore", backup, data_dir=other)
    assert (code, "image-keys" in err) == (1, True)
    shutil.copytree(get_settings().secrets_dir, other / "secrets", dirs_exist_ok=True)
    kill_when(
        command("restore", backup, data_dir=other),
        (other / "restore.unfinished").exists,
    )
    code, _, err = run("serve", data_dir=other)
    assert (code, "openanpr restore" in err) == (1, True)
    code, out, err = run("restore", backup, data_dir=other)
    assert (code, "tables restored" in out) == (0, True), err
    assert len(list((other / "images").glob("??/??/*"))) == 1
    code, _, err = run("restore", backup, data_dir=other)
    assert (code, "is not empty" in err) == (1, True)


def test_what_is_spoilt_is_named_and_never_restored(filled, folder):
    made = made_in(folder / "backups")
    assert is_signed_here(made.folder, get_settings())
    check_files(made.folder, read_manifest(made.folder))
    victim = max((made.folder / "database").iterdir(), key=lambda path: path.stat().st_size)
    victim.write_bytes(victim.read_bytes()[:-1])
    code, _, err = run("restore", made.folder, data_dir=folder / "other")
    assert (code, victim.name in err) == (1, True)
    manifest = made.folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace(made.manifest.backup, str(uuid7())))
    assert not is_signed_here(made.folder, get_settings())
    manifest.unlink()
    with pytest.raises(BackupProblem, match="finished"):
        read_manifest(made.folder)


def test_counts_that_differ_are_named(filled, folder):
    made = made_in(folder / "backups")
    path = made.folder / "manifest.json"
    tables = f'"reads": {made.manifest.tables["reads"]}'
    assert made.manifest.tables["reads"] == 20
    path.write_text(path.read_text().replace(tables, '"reads": 21'))
    code, _, err = run("backup", "verify", made.folder, "--scratch", folder)
    assert (code, "reads: 21 rows in the backup, 20 restored" in err) == (1, True)


def test_expired_backups_are_destroyed_certified_and_named_by_the_proof(filled, folder):
    into = folder / "backups"
    old = made_in(into, at=filled - 40 * DAY)
    young = made_in(into)
    code, out, _ = run("retention", "prove")
    assert code == 1
    assert "2 backups stand" in out
    written = expire(get_settings(), into, at=datetime.now(UTC))
    assert [path.name for path in into.glob("openanpr-*")] == [young.folder.name]
    (certificate,) = written
    body, signature = certificate.read_text().split()
    assert json.loads(body)["backup"] == old.manifest.backup
    assert len(bytes.fromhex(signature)) == 64
    assert expire(get_settings(), into, at=datetime.now(UTC)) == []
    verbs = AuditEvent.objects.filter(verb__startswith="backup.").order_by("sequence")
    assert [event.verb for event in verbs] == ["backup.make", "backup.make", "backup.expire"]
    code, out, _ = run("retention", "prove")
    assert (code, "1 backup stands" in out) == (0, True)


def test_a_backup_of_another_installation_is_not_destroyed(filled, folder):
    made = made_in(folder / "backups", at=filled - 40 * DAY)
    (made.folder / "manifest.sig").write_text("00" * 64)
    with pytest.raises(BackupProblem, match=made.folder.name):
        expire(get_settings(), folder / "backups", at=datetime.now(UTC))
    assert made.folder.exists()


@pytest.mark.security
def test_a_backup_is_readable_by_its_owner_alone(filled, folder):
    made = made_in(folder / "backups")
    assert made.folder.stat().st_mode & 0o077 == 0
    with (
        psycopg.connect(dsn(DatabaseRole.WEB)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("select * from backup_made")
