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

from openanpr.wire import BatchAck, uuid7
from openanpr.wire.reads import BATCH_SCHEMA
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
            body = self._body(chance, next(sequences))
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

    def _body(self, chance: random.Random, sequence: int) -> bytes:
        """A batch as JSON, written as cheaply as can be: a camera has a processor of its own."""
        moment = datetime.now(UTC)
        now = moment.isoformat()
        made = f"{int(moment.timestamp() * 1000):012x}"
        stamp = f"{made[:8]}-{made[8:]}"
        reads = ",".join(
            [
                self._read(chance, number, now, stamp)
                for number in range(sequence, sequence + self.batch)
            ]
        )
        return (
            f'{{"schema":"{BATCH_SCHEMA}","reader":"{self.id}","batch_id":"{uuid7()}",'
            f'"sequence":{sequence},"sent_at":"{now}",'
            f'"clock":{{"source":"ntp","offset_ms":0.4}},"reads":[{reads}]}}'
        ).encode()

    def _read(self, chance: random.Random, sequence: int, now: str, stamp: str) -> str:
        number = chance.getrandbits(96)
        vrm = self.marks[number % len(self.marks)]
        camera = self.cameras[(number >> 32) % len(self.cameras)]
        low = f"{number:024x}"
        return (
            f'{{"id":"{stamp}-7{low[:3]}-8{low[3:6]}-{low[6:18]}","sequence":{sequence},'
            f'"camera":"{camera}","vrm":"{vrm}","confidence":0.97,"captured_at":"{now}",'
            f'"raw_vrm":"{vrm}","alternatives":[{{"vrm":"{vrm[::-1]}","confidence":0.02}}],'
            '"country":"GB","direction":"approaching","model_version":"bench-1"}'
        )
