"""The database is slow, refuses, or is gone: honest answers, and no acknowledged read is lost."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import cv2
import httpx
import numpy as np
import psycopg
import pytest
from tests.factories.cameras import make_camera, make_reader
from tests.factories.lists import publish
from tests.factories.reads import a_read
from tests.functional.ingest.served import FieldReader, Served

from openanpr.alerts.models import Hit

OWNER = "owner"
Stored = Callable[[], set[str]]


@pytest.fixture
def stored(superuser: psycopg.Connection[Any]) -> Stored:
    """The ids of the stored reads."""
    return lambda: {str(row[0]) for row in superuser.execute("select id from reads").fetchall()}


def reader_of(served: Served) -> FieldReader:
    kit = make_reader()
    make_camera(kit)
    served.catch_up()
    return FieldReader(served, kit)


@contextmanager
def nobody_may_connect(superuser: psycopg.Connection[Any]) -> Iterator[None]:
    """The database as ingest sees it when it is gone: connections die and none can be made."""
    superuser.execute("alter role openanpr_ingest nologin")
    cut(superuser)
    try:
        yield
    finally:
        superuser.execute("alter role openanpr_ingest login")


def cut(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'openanpr_ingest'"
    )


def test_a_lost_connection_costs_no_read_and_not_even_an_answer(
    ingest: Served, superuser: Any, stored: Stored
) -> None:
    reader = reader_of(ingest)
    first, second = a_read(), a_read("KB81ZZX")
    reader.post_reads(first)

    cut(superuser)

    assert reader.post_reads(second)["accepted"] == 1
    assert stored() == {str(first.id), str(second.id)}


def test_while_the_database_is_gone_readers_are_told_to_keep_their_reads(
    ingest: Served, superuser: Any, stored: Stored
) -> None:
    publish(ingest, "OA30AAA")
    reader = reader_of(ingest)
    batch = reader.batch([a_read("OA30AAA")])

    with nobody_may_connect(superuser):
        refused = [reader.post_batch(batch) for _ in range(3)]
        ingest.wait_for(lambda: ingest.health()["database"] == "down")
        assert ingest.client.get("/health").status_code == 503
        image = reader.put_image(b"x")

    assert [response.status_code for response in refused] == [503, 503, 503]
    assert {response.json()["reason"] for response in refused} == {"store-unavailable"}
    assert all(response.json()["retry"] for response in refused)
    assert all(int(response.headers["Retry-After"]) > 0 for response in refused)
    assert (image.status_code, image.json()["reason"]) == (503, "store-unavailable")
    assert stored() == set()

    ingest.wait_for(lambda: ingest.health()["status"] == "ok")
    again = reader.taken(reader.post_batch(batch))
    assert again["accepted"] + again["duplicates"] == 1
    assert len(stored()) == 1
    assert Hit.objects.using(OWNER).count() == 1


def test_pictures_are_taken_again_as_soon_as_the_database_is_back(
    ingest: Served, superuser: Any
) -> None:
    reader = reader_of(ingest)
    picture = cv2.imencode(".jpg", np.zeros((50, 100), dtype=np.uint8))[1].tobytes()
    reader.post_reads(a_read(patch_sha256=hashlib.sha256(picture).hexdigest()))
    assert reader.put_image(b"x").status_code == 404  # so that a connection lies ready

    cut(superuser)
    assert reader.put_image(b"x").status_code == 404
    with nobody_may_connect(superuser):
        assert reader.put_image(picture).status_code == 503
    assert reader.put_image(picture).status_code == 204


def test_what_was_acknowledged_while_connections_were_cut_is_stored_once(
    ingest: Served, superuser: Any, stored: Stored
) -> None:
    reader = reader_of(ingest)
    acknowledged: set[str] = set()
    stop = threading.Event()

    def deliver() -> None:
        while not stop.is_set():
            read = a_read("OA30AAA", captured_at=datetime.now(UTC))
            batch = reader.batch([read])
            while reader.post_batch(batch).status_code != 202:
                pass
            acknowledged.add(str(read.id))

    sender = threading.Thread(target=deliver)
    sender.start()
    try:
        for wanted in (5, 10, 15, 20):
            ingest.wait_for(lambda wanted=wanted: len(acknowledged) >= wanted)
            cut(superuser)
    finally:
        stop.set()
        sender.join()

    assert stored() == acknowledged
    assert superuser.execute("select count(*) from reads").fetchone() == (len(acknowledged),)


def test_when_too_many_batches_wait_the_next_one_is_told_to_come_again(
    serve_ingest: Callable[..., Served], connect_as: Any, superuser: Any, stored: Stored
) -> None:
    served = serve_ingest(queue_limit="2")
    reader = reader_of(served)
    owner = connect_as("openanpr_owner")
    waiting: list[httpx.Response] = []

    def deliver() -> None:
        waiting.append(reader.post_batch(reader.batch([a_read()])))

    with superuser.transaction():
        superuser.execute("lock table reads in access exclusive mode")
        senders = [threading.Thread(target=deliver) for _ in range(2)]
        senders[0].start()
        served.wait_for(lambda: _waiting_for_the_lock(owner))
        senders[1].start()
        served.wait_for(lambda: _one_waits(served))
        refused = reader.post_batch(reader.batch([a_read("KB81ZZX")]))
    for sender in senders:
        sender.join()

    assert (refused.status_code, refused.json()["reason"]) == (503, "queue-full")
    assert refused.headers["Retry-After"] == "1"
    assert [response.status_code for response in waiting] == [202, 202]
    assert len(stored()) == 2


def _waiting_for_the_lock(owner: psycopg.Connection[Any]) -> bool:
    """Whether one batch is in the commit."""
    row = owner.execute("select exists (select from pg_locks where not granted)").fetchone()
    return row == (True,)


def _one_waits(served: Served) -> bool:
    """Whether the other batch has been queued behind it."""
    return bool(served.health()["queue_depth"] == 1)
