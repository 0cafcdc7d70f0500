"""Readers that deliver as fast as they are answered."""

import http.client
import itertools
import random
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openanpr.wire import Alternative, BatchAck, Clock, Read, ReadBatch, uuid7
from openanpr.wire.signing import sign

PATH: Final = "/v1/batches"
_ack_decoder: Final = msgspec.json.Decoder(BatchAck)


@dataclass(slots=True)
class Tally:
    """What one reader was answered."""

    accepted: int = 0
    duplicates: int = 0
    told_to_wait: int = 0
    milliseconds: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchReader:
    """One reader: its credential, its cameras and the marks that pass it."""

    id: uuid.UUID
    key: Ed25519PrivateKey
    cameras: Sequence[str]
    marks: Sequence[str]
    port: int
    batch: int
    seed: int

    def deliver(self, *, until: float, tally: Tally, stop: threading.Event) -> None:
        """Deliver batches until ``time.monotonic()`` reaches ``until``; the last one twice."""
        chance = random.Random(self.seed)  # noqa: S311 - traffic, not secrets
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sequences = itertools.count(1, self.batch)
        body = b""
        while time.monotonic() < until and not stop.is_set():
            body = msgspec.json.encode(self._batch(chance, next(sequences)))
            self._post(connection, body, tally)
        if body:
            self._post(connection, body, tally)  # as after a lost answer: must store nothing
        connection.close()

    def _post(self, connection: http.client.HTTPConnection, body: bytes, tally: Tally) -> None:
        while True:
            headers = sign(
                key=self.key,
                reader=self.id,
                method="POST",
                path=PATH,
                body=body,
                at=datetime.now(UTC),
            )
            started = time.monotonic()
            connection.request("POST", PATH, body, headers)
            response = connection.getresponse()
            answer = response.read()
            if response.status == 503:
                tally.told_to_wait += 1
                time.sleep(0.05)
                continue
            if response.status != 202:
                raise RuntimeError(f"ingest answered {response.status}")
            tally.milliseconds.append((time.monotonic() - started) * 1000)
            ack = _ack_decoder.decode(answer)
            tally.accepted += ack.accepted
            tally.duplicates += ack.duplicates
            return

    def _batch(self, chance: random.Random, sequence: int) -> ReadBatch:
        now = datetime.now(UTC)
        return ReadBatch(
            reader=self.id,
            batch_id=uuid7(),
            sequence=sequence,
            sent_at=now,
            clock=Clock(source="ntp", offset_ms=0.4),
            reads=tuple(self._read(chance, sequence + n, now) for n in range(self.batch)),
        )

    def _read(self, chance: random.Random, sequence: int, now: datetime) -> Read:
        vrm = chance.choice(self.marks)
        return Read(
            id=uuid7(),
            sequence=sequence,
            camera=chance.choice(self.cameras),
            vrm=vrm,
            raw_vrm=vrm,
            confidence=0.97,
            captured_at=now,
            alternatives=(Alternative(vrm=vrm[::-1], confidence=0.02),),
            country="GB",
            direction="approaching",
            model_version="bench-1",
        )
