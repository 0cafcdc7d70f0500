"""Captures, keys and a tiny back office that answers as it is told to."""

import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openanpr.capture.records import Capture, Image
from openanpr.capture.spool import Spool
from openanpr.vrm.fictional import marks
from openanpr.wire import BatchAck, Read, ReadBatch, uuid7
from openanpr.wire.signing import read_headers, verify

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CAMERA = "84/1/1"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
READER = uuid.UUID("019a0000-0000-7000-8000-000000000001")


def capture(number: int, *, images: int = 2) -> Capture:
    """The capture of one vehicle; each has a mark and pictures of its own."""
    supply = marks(7)
    vrm = next(mark for n, mark in enumerate(supply) if n == number)
    pictures = tuple(Image.of(f"picture {number}.{n}".encode()) for n in range(images))
    read = Read(
        id=uuid7(),
        sequence=0,
        camera=CAMERA,
        vrm=vrm,
        confidence=0.98,
        captured_at=NOON + timedelta(seconds=number),
        patch_sha256=pictures[0].sha256 if images > 0 else None,
        overview_sha256=pictures[1].sha256 if images > 1 else None,
    )
    return Capture(read, pictures)


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    """An empty spool."""
    opened = Spool(tmp_path / "spool.sqlite", max_bytes=50_000_000)
    yield opened
    opened.close()


# What the server does with the next request: a status, or "drop" and "drop after" the work.
Plan = int | str


@dataclass
class BackOffice:
    """What the server was sent. `plans` are used up one a request; without one it says yes."""

    url: str = ""
    plans: list[Plan] = field(default_factory=list)
    image_plans: list[Plan] = field(default_factory=list)
    retry_after: str = "0.05"
    reads: dict[str, Read] = field(default_factory=dict)
    batches: list[uuid.UUID] = field(default_factory=list)
    images: dict[str, bytes] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    heartbeats: list[dict[str, object]] = field(default_factory=list)
    wants_images: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)

    def plan_for(self, path: str) -> Plan | None:
        """What is to become of a request to `path`; signs of life are always taken."""
        if path == "/v1/heartbeats":
            return None
        plans = self.image_plans if "/images/" in path and self.image_plans else self.plans
        return plans.pop(0) if plans else None

    def take(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Do the work of a request that is accepted."""
        if path.startswith("/v1/images/"):
            self.images[path.rpartition("/")[2]] = body
            self.order.append("image")
            return 204, b""
        if path == "/v1/heartbeats":
            self.heartbeats.append(msgspec.json.decode(body))
            return 200, b'{"server_time":"2026-11-22T12:00:00Z","suspended":[]}'
        batch = msgspec.json.decode(body, type=ReadBatch)
        new = [read for read in batch.reads if str(read.id) not in self.reads]
        wanted = [h for r in new for h in (r.patch_sha256, r.overview_sha256) if h]
        self.reads.update({str(read.id): read for read in new})
        self.batches.append(batch.batch_id)
        self.order.append("batch")
        ack = BatchAck(
            batch_id=batch.batch_id,
            accepted=len(new),
            duplicates=len(batch.reads) - len(new),
            late=0,
            rejected=(),
            quarantined=0,
            images_wanted=tuple(wanted) if self.wants_images else (),
        )
        return 202, msgspec.json.encode(ack)


def _handler(office: BackOffice) -> type[BaseHTTPRequestHandler]:
    public = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            verify(
                signed=read_headers(self.headers),
                public_key=public,
                method=self.command,
                path=self.path,
                body=body,
                at=datetime.now(UTC),
            )
            with office.lock:
                plan = office.plan_for(self.path)
                if plan in (None, "drop after"):
                    status, answer = office.take(self.path, body)
                else:
                    status, answer = (plan if isinstance(plan, int) else 0), b""
            if isinstance(plan, str):
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(status)
            if status == 503:
                self.send_header("Retry-After", office.retry_after)
            if status != 204:
                self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_PUT = _serve  # noqa: N815 - names given by the standard library

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    return Handler


@pytest.fixture
def back_office() -> Iterator[BackOffice]:
    """A real HTTP server on this machine."""
    office = BackOffice()

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A dropped connection is what some tests want."""

    server = Server(("127.0.0.1", 0), _handler(office))
    server.daemon_threads = True
    office.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield office
    server.shutdown()
    server.server_close()
    thread.join()
