"""What ingest writes to its log names no mark, whatever it was sent."""

import json
from typing import Any

import msgspec
import psycopg
import pytest
from tests.factories.cameras import make_camera, make_reader
from tests.factories.lists import publish
from tests.factories.reads import a_read
from tests.functional.ingest.served import FieldReader, Served

MARK = "OA30AAA"


@pytest.mark.security
def test_no_mark_reaches_the_log(ingest: Served, superuser: psycopg.Connection[Any]) -> None:
    publish(ingest, MARK)
    kit = make_reader()
    make_camera(kit)
    ingest.catch_up()
    reader = FieldReader(ingest, kit)
    begun = ingest.log_path.stat().st_size

    reader.post_reads(a_read(MARK))
    for changes in ({"direction": MARK}, {"camera": f"7/1/{MARK}"}, {"id": MARK}, {"vrm": [MARK]}):
        batch = json.loads(msgspec.json.encode(reader.batch([a_read(MARK)])))
        batch["reads"][0].update(changes)
        reader.send("POST", "/v1/batches", json.dumps(batch).encode())
    reader.send("POST", "/v1/batches", f'{{"vrm": "{MARK}"'.encode())
    reader.send("POST", "/v1/heartbeats", json.dumps({"vrm": MARK}).encode())
    superuser.execute("revoke insert on hit from openanpr_ingest")
    try:
        refused = reader.post_batch(reader.batch([a_read(MARK)]))
    finally:
        superuser.execute("grant insert on hit to openanpr_ingest")

    assert (refused.status_code, refused.json()["reason"]) == (500, "store-refused")
    assert MARK not in refused.text
    written = ingest.log_path.read_bytes()[begun:].decode()
    assert "refused" in written  # it did log what happened
    assert MARK not in written
