"""A centre for the module, and a force that sends to it from the test's own database."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest

from openanpr.cameras.authority import Stretch
from openanpr.cameras.facts import CameraFacts
from openanpr.cameras.gaps import ALWAYS
from openanpr.cameras.models import Camera
from openanpr.config.database import DatabaseRole, dsn
from openanpr.config.postgres.cluster import Cluster
from openanpr.config.values import get_settings
from openanpr.federation.line import own_public_key
from openanpr.ingest.checking import Limits, check_batch
from openanpr.ingest.work import JudgedBatch, Outcome
from openanpr.ingest.writer import GroupCommitWriter
from openanpr.wire import Clock, RawBatch, Read, ReadBatch, uuid7
from tests.factories.cameras import ReaderKit, make_camera, make_reader
from tests.integration.federation.centre import (
    CONTROLLER,
    Centre,
    one,
    running_centre,
    wait_for,
)


@dataclass
class Force:
    """The force: what its ingest stores, and the process that sends it up."""

    centre: Centre
    code: str
    feed: int
    link: str
    reader: ReaderKit
    cameras: dict[str, CameraFacts]
    writer: GroupCommitWriter
    superuser: psycopg.Connection[Any]
    sending: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def store(self, *reads: Read, batch_id: Any = None) -> Outcome:
        """Commit a batch as ingest does."""
        now = datetime.now(UTC)
        batch = ReadBatch(
            reader=self.reader.credential.id,
            batch_id=batch_id or uuid7(),
            sequence=reads[0].sequence,
            sent_at=now,
            clock=Clock(source="ntp", offset_ms=4.0),
            reads=reads,
        )
        verdict = check_batch(
            batch=msgspec.json.decode(msgspec.json.encode(batch), type=RawBatch),
            device_id=self.reader.credential.id,
            cameras=self.cameras,
            limits=Limits(
                oldest=now - timedelta(days=700), newest=now, late_before=now - timedelta(minutes=1)
            ),
            at=now,
        )
        return self.writer.submit(
            JudgedBatch(
                device_id=self.reader.credential.id,
                batch_id=batch.batch_id,
                first_sequence=batch.sequence,
                reads=len(reads),
                clock=batch.clock,
                received_at=now,
                verdict=verdict,
                candidates=(),
                snapshot_version=1,
            )
        ).result(30)

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "OPENANPR_FORCE_CODE": self.code,
            "OPENANPR_CONTROLLER": CONTROLLER,
            "OPENANPR_CENTRE_URL": self.centre.url,
            "OPENANPR_CENTRE_LINK": self.link,
            "DJANGO_SETTINGS_MODULE": "openanpr.config.settings.federation",
        }

    def start_sending(self) -> None:
        with (get_settings().data_dir / "federation.log").open("ab") as log:
            self.sending.append(
                subprocess.Popen(
                    [sys.executable, "-m", "openanpr.config.federation"],
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                )
            )

    def kill_sender(self) -> None:
        process = self.sending.pop()
        process.send_signal(signal.SIGKILL)
        process.wait(20)

    def openanpr(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "openanpr", "federation", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def waiting(self) -> int:
        return int(
            one(
                self.superuser,
                "select (select count(*) from ingest_onward) + (select count(*) "
                "from federation_parcel where receipt_at is null)",
            )
        )

    def wait_until_all_is_sent(self) -> None:
        wait_for(lambda: self.waiting() == 0)


@pytest.fixture(scope="module")
def centre() -> Iterator[Centre]:
    with running_centre() as running:
        yield running


@pytest.fixture
def make_force(
    cluster: Cluster, db: None, centre: Centre, superuser: psycopg.Connection[Any]
) -> Iterator[Any]:
    made: list[Force] = []

    def make(*, code: str, feed: int, cameras: int = 2) -> Force:
        kit = make_reader(f"Reader of {code}")
        known = [make_camera(kit, number=number + 1, feed_id=feed) for number in range(cameras)]
        writer = GroupCommitWriter(
            dsn=dsn(DatabaseRole.INGEST),
            queue_limit=10,
            group_rows=2000,
            now=lambda: datetime.now(UTC),
            onward=True,
        )
        writer.start()
        wait_for(lambda: writer.connected)
        force = Force(
            centre=centre,
            code=code,
            feed=feed,
            link=centre.admit(own_public_key(get_settings()).hex(), code=code, feed=feed),
            reader=kit,
            cameras={camera.key: _facts(camera) for camera in known},
            writer=writer,
            superuser=superuser,
        )
        made.append(force)
        return force

    yield make
    for force in made:
        while force.sending:
            force.kill_sender()
        force.writer.stop()
    (Path(get_settings().secrets_dir) / "centre-link.pem").unlink(missing_ok=True)


def _facts(camera: Camera) -> CameraFacts:
    return CameraFacts(
        id=camera.id,
        key=camera.key,
        name=camera.name,
        device_id=camera.device_credential_id,
        state=camera.state,
        area_name=camera.area_name,
        latitude=51.0,
        longitude=0.5,
        is_mobile=False,
        authority=(Stretch(ALWAYS),),
    )
