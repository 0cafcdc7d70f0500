"""The fictional force: complete, the same when seeded again, and never beside real data."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from openanpr.access.vocabulary import Role, Training
from openanpr.accounts.models import DeviceCredential, RoleHeld, User
from openanpr.accounts.queries import actor_of
from openanpr.accounts.services.totp import code_at, secret_of
from openanpr.cameras.models import Camera
from openanpr.cameras.queries import standing_of
from openanpr.capture.settings import load_key, load_settings
from openanpr.config.postgres.layout import ClusterLayout
from openanpr.config.values import Settings
from openanpr.demo.agents import bench_file
from openanpr.demo.guard import MARKER, DemoRefused, claim_data_folder, demo_folder, require_demo
from openanpr.demo.logins import code_of, logins_file, read_logins
from openanpr.demo.seed import seed
from openanpr.governance.models import CameraCase
from openanpr.governance.queries import open_consultations
from openanpr.hotlists.models import HotlistEntry, HotlistSnapshot
from openanpr.hotlists.vocabulary import EntryState
from openanpr.matching import HotlistSnapshot as SnapshotFile
from openanpr.vrm.fictional import is_fictional

pytestmark = pytest.mark.usefixtures("as_owner")
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TABLES = (
    "force", "unit", "account", "role_held", "training_record", "device_credential", "site",
    "patrol_vehicle", "camera", "camera_case", "case_part", "case_decision", "hotlist",
    "hotlist_entry", "hotlist_snapshot", "profile_version", "audit_event", "public_figure",
    "complaint",
)  # fmt: skip


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        counts = {}
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")  # noqa: S608 - names written above
            counts[table] = cursor.fetchone()[0]
    return counts


def test_there_is_an_account_for_each_role_that_has_work_here(demo_settings: Settings) -> None:
    seed(demo_settings, at=AT)

    held = set(RoleHeld.objects.values_list("role", flat=True))
    assert held >= {
        Role.ALERT_USER, Role.SEARCHER, Role.ANALYST, Role.LIST_MANAGER, Role.AUTHORISER,
        Role.AUDITOR, Role.SYSTEM_MANAGER, Role.CAMERA_MANAGER, Role.DATA_PROTECTION_OFFICER,
    }  # fmt: skip
    people = {user.username: actor_of(user, at=AT) for user in User.objects.all()}
    assert people["analyst"].training is Training.VALID
    assert people["newcomer"].training is Training.NONE
    assert people["control"].location_right
    assert not people["patrol"].location_right


def test_passwords_and_codes_that_are_shown_open_the_accounts(demo_settings: Settings) -> None:
    seed(demo_settings, at=AT)

    logins = read_logins(demo_settings)
    for user in User.objects.all():
        login = logins[user.username]
        assert user.check_password(login.password)
        secret = secret_of(user)
        assert secret is not None
        assert code_of(login, at=AT).digits == code_at(secret, at=AT)


def test_the_log_ins_lie_in_a_private_file_and_differ_at_each_installation(
    demo_settings: Settings, tmp_path: Path
) -> None:
    from openanpr.demo.logins import complete_logins

    path = logins_file(demo_settings)
    first = complete_logins(demo_settings, ["control"])
    other = Settings(data_dir=tmp_path / "other")
    second = complete_logins(other, ["control"])

    assert path.stat().st_mode & 0o077 == 0
    assert first["control"].password != second["control"].password
    assert first["control"].totp_secret != second["control"].totp_secret


def test_seeding_twice_is_seeding_once(demo_settings: Settings) -> None:
    seed(demo_settings, at=AT)
    before, logins = _counts(), logins_file(demo_settings).read_bytes()

    seed(demo_settings, at=AT + timedelta(hours=3))

    assert _counts() == before
    assert logins_file(demo_settings).read_bytes() == logins


def test_log_ins_that_were_lost_are_made_anew_and_work(demo_settings: Settings) -> None:
    seed(demo_settings, at=AT)
    logins_file(demo_settings).unlink()

    seed(demo_settings, at=AT + timedelta(hours=3))

    user = User.objects.get(username="patrol")
    assert user.check_password(read_logins(demo_settings)["patrol"].password)


def test_an_agents_lost_key_is_revoked_and_replaced(demo_settings: Settings) -> None:
    seed(demo_settings, at=AT)
    (demo_folder(demo_settings) / "keys" / "fixed.pem").unlink()

    seed(demo_settings, at=AT + timedelta(hours=3))

    states = [c.state for c in DeviceCredential.objects.filter(reader_name__contains="sites")]
    assert sorted(states) == ["live", "revoked"]
    live = DeviceCredential.objects.get(state="live", reader_name__contains="sites")
    assert Camera.objects.filter(device_credential=live).count() == 3


def test_the_agents_settings_fit_the_register(demo_settings: Settings) -> None:
    seed(demo_settings, at=AT)

    keys = set()
    run = sorted((demo_folder(demo_settings) / "agents").glob("*.toml"))
    for path in (*run, bench_file(demo_settings)):
        agent = load_settings(path)
        credential = DeviceCredential.objects.get(id=agent.reader)
        public = load_key(agent.path(agent.key_file)).public_key().public_bytes_raw()
        assert bytes(credential.public_key) == public
        for camera in agent.cameras:
            known = next(c for c in Camera.objects.all() if c.key == camera.camera)
            assert known.device_credential_id == agent.reader
            assert known.is_mobile is (camera.track is not None)
            keys.add(camera.camera)
    assert len(keys) == Camera.objects.filter(state="live").count() == 5
    assert [path.stem for path in run] == ["fixed", "patrol"]


def test_the_lists_are_live_in_the_published_snapshot(demo_settings: Settings) -> None:
    seed(demo_settings, at=AT)

    entries = HotlistEntry.objects.all()
    assert {entry.state for entry in entries} == {EntryState.LIVE}
    assert all(is_fictional(entry.vrm) for entry in entries)
    assert any(entry.warning_markers for entry in entries)
    covert = [entry for entry in entries if entry.covert]
    assert covert
    assert all(entry.confirmed_by_id != entry.created_by_id for entry in covert)
    snapshot = HotlistSnapshot.objects.get()
    assert snapshot.entry_count == len(entries)
    assert SnapshotFile.load(Path(snapshot.path)).version == snapshot.version


@pytest.mark.security
def test_a_configured_database_is_refused(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", database_dsn="host=db.example dbname=real")
    for attempt in (claim_data_folder, require_demo, seed):
        with pytest.raises(DemoRefused, match="database is configured"):
            attempt(settings)
    assert not (tmp_path / "data").exists()


@pytest.mark.security
def test_an_installation_that_was_not_made_for_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    monkeypatch.setattr(ClusterLayout, "existing_major", lambda _: 18)

    with pytest.raises(DemoRefused, match="not made for demonstration"):
        claim_data_folder(settings)
    with pytest.raises(DemoRefused):
        seed(settings, at=AT)

    assert not (demo_folder(settings) / MARKER).exists()


def test_claiming_a_folder_twice_changes_nothing(demo_settings: Settings) -> None:
    marker = demo_folder(demo_settings) / MARKER
    before = marker.stat().st_mtime_ns
    time.sleep(0.01)
    claim_data_folder(demo_settings)
    assert marker.stat().st_mtime_ns == before


def test_the_cameras_rest_on_a_decided_case_and_another_is_before_the_public(
    demo_settings: Settings,
) -> None:
    seed(demo_settings, at=AT)

    decided = CameraCase.objects.get(state="approved")
    for camera in Camera.objects.filter(state="live"):
        authority = camera.authorities.order_by("-sequence").first()
        assert authority is not None
        assert (authority.kind, authority.case_reference) == ("decided", decided.reference)
        assert standing_of(camera.id, at=AT).collects
    assert len(open_consultations(at=AT + timedelta(days=1))) == 1
    assert Camera.objects.get(state="proposed").authorities.count() == 0
