"""Requests that are refused whole: each with a plain answer, and counted."""

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from tests.factories.cameras import make_camera, make_reader
from tests.factories.reads import a_read
from tests.functional.ingest.served import FieldReader, Served

from openanpr.ingest.models import IngestCounter

OWNER = "owner"


@pytest.fixture
def reader(ingest: Served) -> FieldReader:
    kit = make_reader()
    make_camera(kit)
    ingest.catch_up()
    return FieldReader(ingest, kit)


@pytest.fixture
def refusal(reader: FieldReader, ingest: Served) -> Iterator[Any]:
    """Check a refusal: status, reason, a sentence, counted in the database and as a figure."""
    reasons: list[tuple[str, float]] = []

    def check(send: Any, *, status: int, reason: str) -> dict[str, Any]:
        name = "openanpr_ingest_requests_refused_total"
        reasons.append((reason, ingest.metric(name, reason=reason)))
        response = send()
        assert response.status_code == status, response.text
        answer: dict[str, Any] = response.json()
        assert answer["reason"] == reason
        assert answer["detail"].endswith(".")
        return answer

    yield check
    for reason, before in reasons:
        assert ingest.metric("openanpr_ingest_requests_refused_total", reason=reason) == before + 1
        ingest.wait_for(
            lambda reason=reason: IngestCounter.objects.using(OWNER).filter(
                kind=reason, camera_id=0, count=1
            )
        )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not JSON",
        b"[]",
        b"{}",
        b'{"schema": "openanpr.batch.v1"',
        b"\xff\xfe",
        b'{"a": "\\ud800"}',
        b'{"reads": ' + b"[" * 100_000,
        b'{"x": ' + b'{"x": ' * 20_000,
    ],
)
def test_a_body_that_is_no_batch(reader: FieldReader, refusal: Any, body: bytes) -> None:
    refusal(lambda: reader.send("POST", "/v1/batches", body), status=400, reason="unreadable")


@pytest.mark.security
@pytest.mark.parametrize(
    "read", [b"[" * 50_000 + b"]" * 50_000, b'{"id": ' * 20_000 + b"1" + b"}" * 20_000]
)
def test_a_batch_with_a_read_that_is_nested_without_end(
    reader: FieldReader, refusal: Any, read: bytes
) -> None:
    body = msgspec.json.encode(reader.batch([])).replace(b'"reads":[]', b'"reads":[' + read + b"]")
    assert read in body
    refusal(lambda: reader.send("POST", "/v1/batches", body), status=400, reason="unreadable")


@pytest.mark.security
def test_a_heartbeat_that_is_nested_without_end(reader: FieldReader, refusal: Any) -> None:
    body = b'{"x": ' + b"[" * 100_000
    refusal(lambda: reader.send("POST", "/v1/heartbeats", body), status=400, reason="unreadable")


def test_a_batch_of_another_schema(reader: FieldReader, refusal: Any) -> None:
    batch = json.loads(msgspec.json.encode(reader.batch([a_read()])))
    batch["schema"] = "openanpr.batch.v9"
    body = json.dumps(batch).encode()
    refusal(lambda: reader.send("POST", "/v1/batches", body), status=400, reason="unreadable")


def test_a_batch_of_more_than_a_hundred_reads(reader: FieldReader, refusal: Any) -> None:
    batch = reader.batch([a_read() for _ in range(101)])
    refusal(lambda: reader.post_batch(batch), status=400, reason="unreadable")


def test_a_batch_in_the_name_of_another_reader(reader: FieldReader, refusal: Any) -> None:
    other = make_reader("Another")
    batch = reader.batch([a_read()], reader=other.credential.id)
    refusal(lambda: reader.post_batch(batch), status=400, reason="reader-mismatch")


def test_a_body_above_the_limit(reader: FieldReader, refusal: Any) -> None:
    body = b" " * 1_000_001
    refusal(lambda: reader.send("POST", "/v1/batches", body), status=413, reason="too-large")


def test_an_image_of_50_megabytes(reader: FieldReader, refusal: Any) -> None:
    """An ordinary client that sends all of it reads the answer too."""
    body = b"\xff" * 50_000_000
    refusal(lambda: reader.put_image(body), status=413, reason="too-large")


def test_an_image_of_50_megabytes_that_has_only_begun_to_come(
    reader: FieldReader, refusal: Any
) -> None:
    """The answer does not wait for the rest."""
    path = "/v1/images/" + "0" * 64

    def announce() -> Any:
        with socket.create_connection(("127.0.0.1", reader.served.port), timeout=20) as wire:
            head = f"PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000000\r\n\r\n"
            wire.sendall(head.encode() + b"\xff" * 100_000)
            return _response(wire)

    refusal(announce, status=413, reason="too-large")


def _response(wire: socket.socket) -> Any:
    received = b""
    while b"\r\n\r\n" not in received or not received.endswith(b"}"):
        block = wire.recv(65536)
        if not block:
            break
        received += block
    head, _, body = received.partition(b"\r\n\r\n")

    class Answer:
        status_code = int(head.split()[1])
        text = body.decode()

        def json(self) -> Any:
            return json.loads(body)

    return Answer()


def test_a_body_whose_length_is_not_said(reader: FieldReader, refusal: Any) -> None:
    def send() -> Any:
        return reader.served.client.post("/v1/batches", content=iter([b"{}"]))

    refusal(send, status=411, reason="length-required")


@pytest.mark.security
def test_an_unsigned_request(reader: FieldReader, refusal: Any) -> None:
    refusal(
        lambda: reader.served.client.post("/v1/batches", content=b"{}"),
        status=401,
        reason="unsigned",
    )


@pytest.mark.security
def test_a_body_changed_on_the_way(reader: FieldReader, refusal: Any) -> None:
    def send() -> Any:
        signature = reader.send("POST", "/v1/heartbeats", b"{}").request.headers
        return reader.served.client.post("/v1/batches", content=b"{}", headers=signature)

    reader.served.catch_up()
    refusal(send, status=401, reason="signature")


@pytest.mark.security
def test_a_signature_by_another_key(reader: FieldReader, refusal: Any) -> None:
    reader.kit.key = make_reader("Another").key
    refusal(lambda: reader.post_batch(reader.batch([a_read()])), status=401, reason="signature")


@pytest.mark.parametrize("off", [timedelta(minutes=6), timedelta(minutes=-6)])
def test_a_reader_whose_clock_is_wrong_learns_the_right_time(
    reader: FieldReader, refusal: Any, off: timedelta
) -> None:
    reader.clock_off = off
    answer = refusal(
        lambda: reader.post_batch(reader.batch([a_read()])), status=401, reason="clock"
    )
    said = datetime.fromisoformat(answer["server_time"])
    assert abs(said - datetime.now(UTC)) < timedelta(seconds=30)


def test_the_wrong_method(reader: FieldReader, refusal: Any) -> None:
    refusal(lambda: reader.served.client.get("/v1/batches"), status=405, reason="method")


def test_the_time_is_told_to_anybody(ingest: Served) -> None:
    answer = ingest.client.get("/v1/time").json()
    said = datetime.fromisoformat(answer["server_time"])
    assert abs(said - datetime.now(UTC)) < timedelta(seconds=30)
    assert answer["unix_ms"] == int(said.timestamp() * 1000)


def test_no_answer_to_a_stranger_says_anything_of_reads(ingest: Served) -> None:
    assert ingest.client.get("/").status_code == 404
    assert ingest.client.get("/v1/reads").status_code == 404
