"""A force and a centre, each with its own cluster: every read arrives once, whatever is killed."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import cv2
import numpy as np

from openanpr.config.values import Settings, get_settings
from openanpr.imaging.encode import PATCH_LIMITS, encode_jpeg
from openanpr.reads.images import image_store
from openanpr.wire import Alternative, uuid7
from tests.factories.reads import a_read
from tests.integration.federation.centre import CONTROLLER, one, wait_for

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=1)
DAY = NOON.date()
OF_FEED_7 = "from reads r join camera c on c.id = r.camera_id where c.feed_id = 7"
SHOWN = (
    "select id, vrm, captured_at, confidence::text, alternatives::text, direction, country, late, "
    "model_version, patch_hash from reads where id = %s"
)


def reads_of(feed: int, *, first: int, count: int, at: datetime = NOON) -> list[Any]:
    return [
        a_read(
            "OA30AAA" if number % 2 else "KB81ZZX",
            camera=f"{feed}/1/{number % 2 + 1}",
            sequence=number,
            captured_at=at + timedelta(milliseconds=number),
        )
        for number in range(first, first + count)
    ]


def test_every_read_arrives_once_and_in_order_whatever_is_killed(make_force, centre):
    force = make_force(code="FX", feed=7)
    sent = []
    for turn in range(2):
        force.start_sending()
        for batch in range(4):
            reads = reads_of(7, first=len(sent), count=30)
            batch_id = uuid7()
            assert force.store(*reads, batch_id=batch_id).accepted == 30
            if batch == 1:  # not answered in time: sent again, and longer by one read
                late = reads_of(7, first=len(sent) + 30, count=1, at=NOON - timedelta(days=3))
                assert force.store(*reads, batch_id=batch_id).replayed
                assert force.store(*reads[20:], *late).accepted == 1
                reads += late
            sent += reads
        wait_for(lambda turn=turn: len(centre.rows(f"select {OF_FEED_7}")) > 100 * turn)
        force.kill_sender()
        if turn == 0:
            centre.kill("ingest")
            force.start_sending()  # the link is cut: nothing answers
            force.store(*(more := reads_of(7, first=len(sent), count=10)))
            sent += more
            force.kill_sender()
            centre.start("ingest")
    force.start_sending()
    force.wait_until_all_is_sent()

    arrived = centre.rows(
        f"select r.id, r.vrm, r.captured_at {OF_FEED_7} order by r.reader_sequence"
    )
    assert arrived == [(read.id, read.vrm, read.captured_at) for read in sent]
    numbers = centre.rows(f"select r.reader_sequence {OF_FEED_7} order by 1")
    assert numbers == [(place,) for place in range(len(sent))]

    compared = force.openanpr("compare", "--day", DAY.isoformat())
    assert compared.returncode == 0, compared.stdout + compared.stderr
    that_day = sum(read.captured_at.date() == DAY for read in sent)
    assert f"{DAY}  sent {that_day:>9}  held {that_day:>9}" in compared.stdout
    assert "agrees" in compared.stdout

    # A read that the centre lost is seen by the comparison, and goes up again when asked.
    with centre.cluster.connect_as_superuser("openanpr") as intruder:
        intruder.execute("delete from reads where id = %s", (sent[0].id,))
    differs = force.openanpr("compare", "--day", DAY.isoformat())
    assert (differs.returncode, "DIFFERS" in differs.stdout) == (1, True)
    again = force.openanpr("resend", DAY.isoformat(), "--reason", "One is missing there")
    assert again.stdout == f"{that_day} reads queued.\n"
    force.wait_until_all_is_sent()
    assert force.openanpr("compare", "--day", DAY.isoformat()).returncode == 0
    assert len(centre.rows(f"select {OF_FEED_7}")) == len(sent)
    assert force.openanpr("status").returncode == 0


def test_a_record_brings_its_force_its_source_and_its_pictures(make_force, centre, superuser):
    force = make_force(code="FY", feed=8)
    original = b"as the camera made it"
    received = hashlib.sha256(original).hexdigest()
    noise = np.random.default_rng(1).integers(0, 255, (60, 120, 3), dtype=np.uint8)
    assert cv2.imencode(".jpg", noise)[0]
    kept = encode_jpeg(noise, limits=PATCH_LIMITS)
    read = a_read(
        "OA30AAA",
        camera="8/1/2",
        sequence=4711,
        captured_at=NOON,
        alternatives=(Alternative(vrm="0A30AAA", confidence=0.25),),
        direction="approaching",
        country="GB",
        patch_sha256=received,
    )
    batch_id = uuid7()
    force.store(read, batch_id=batch_id)
    force.start_sending()
    force.wait_until_all_is_sent()
    [here] = superuser.execute(SHOWN, (read.id,)).fetchall()
    assert centre.rows(SHOWN, read.id) == [here]

    [(code, controller, sections)] = centre.rows(
        "select c.force, c.controller, c.sections from federation_consignment c "
        "join reads r on r.batch_id = c.batch_id where r.id = %s",
        read.id,
    )
    assert (code, controller) == ("FY", CONTROLLER)
    [section] = sections
    assert section["reader"] == str(force.reader.credential.id)
    assert (section["batch_id"], section["sequences"]) == (str(batch_id), [4711])
    assert section["clock_offset_ms"] == 4.0
    assert centre.rows(
        "select c.name, s.code, c.state from camera c join site s on s.id = c.site_id "
        "where feed_id = 8 order by camera_number"
    ) == [("A12 camera 1", "FY/A12-1", "live"), ("A12 camera 2", "FY/A12-2", "live")]

    # The picture had not come to the force yet; it follows once it has.
    assert one(superuser, "select count(*) from federation_picture") == 1
    stored = image_store(get_settings()).put(kept)
    superuser.execute("update read_image set stored_sha256 = %s", (bytes.fromhex(stored),))
    wait_for(lambda: one(superuser, "select count(*) from federation_picture") == 0)
    [(hash_there,)] = centre.rows(
        "select stored_sha256 from read_image where received_sha256 = %s", bytes.fromhex(received)
    )
    assert image_store(Settings(data_dir=centre.data_dir)).open(hash_there.hex()) == kept


def test_what_the_centre_refuses_is_counted_and_holds_up_nothing(make_force, centre, superuser):
    force = make_force(code="FZ", feed=9)
    superuser.execute("update camera set feed_id = 10 where camera_number = 2")
    force.store(*reads_of(9, first=0, count=2))
    force.start_sending()
    force.wait_until_all_is_sent()
    parcel = superuser.execute("select accepted + known, refused from federation_parcel").fetchall()
    assert parcel == [(1, {"camera-unknown": 1})]
    assert superuser.execute("select sent, refused from federation_day").fetchall() == [(1, 1)]
    wait_for(lambda: len(superuser.execute("select from federation_uplink").fetchall()) == 1)
    superuser.execute("update federation_parcel set receipt_at = now() - interval '40 days'")
    wait_for(lambda: one(superuser, "select count(*) from federation_parcel") == 0)


def test_the_sender_sees_only_the_reads_of_its_parcel(make_force, connect_as):
    force = make_force(code="FW", feed=11)
    force.store(*reads_of(11, first=0, count=3))
    sender = connect_as("openanpr_federation")
    assert sender.execute("select count(*) from reads").fetchone() == (0,)
