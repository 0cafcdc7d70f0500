"""Readers that deliver at a steady rate; a few of their reads, evenly spread, are listed marks."""

import http.client
import itertools
import queue
import random
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import msgspec

from openanpr.cli.bench_alert_seeding import BenchReader, Seeded
from openanpr.wire import Clock, Read, ReadBatch, uuid7
from openanpr.wire.signing import sign

PATH: Final = "/v1/batches"
EVERY_S: Final = 0.25


@dataclass(slots=True)
class Delivered:
    """What was posted: for each read of a listed mark the wall-clock second its POST began."""

    began: dict[uuid.UUID, float] = field(default_factory=dict)
    reads: int = 0
    told_to_wait: int = 0
    failures: list[str] = field(default_factory=list)


class Traffic:
    """All readers of one measurement."""

    def __init__(self, seeded: Seeded, *, port: int, rate: float, seconds: float) -> None:
        self._seeded = seeded
        self._port = port
        self._seconds = seconds
        self._batch = rate * EVERY_S / len(seeded.readers)
        self._listed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._result = Delivered()
        self._lock = threading.Lock()

    def run(self) -> Delivered:
        """Deliver for the time asked for; returns when the last batch is answered."""
        started = time.monotonic()
        threads = [
            threading.Thread(target=self._deliver, args=(number, reader, started))
            for number, reader in enumerate(self._seeded.readers)
        ]
        for thread in threads:
            thread.start()
        pause = self._seconds * 0.95 / len(self._seeded.listed)
        for number, vrm in enumerate(self._seeded.listed):
            time.sleep(max(0.0, started + number * pause - time.monotonic()))
            self._listed.put(vrm)
        for thread in threads:
            thread.join()
        return self._result

    def _deliver(self, number: int, reader: BenchReader, started: float) -> None:
        chance = random.Random(number)  # noqa: S311 - traffic, not secrets
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        offset = EVERY_S * number / len(self._seeded.readers)
        sequence = 1
        try:
            for turn in itertools.count():
                due = offset + turn * EVERY_S
                if due >= self._seconds:
                    return
                time.sleep(max(0.0, started + due - time.monotonic()))
                size = max(1, int(self._batch + chance.random()))
                self._post(connection, reader, sequence, self._marks(chance, size))
                sequence += size
        except (OSError, http.client.HTTPException, RuntimeError) as problem:
            self._result.failures.append(f"{type(problem).__name__}: {problem}")
        finally:
            connection.close()

    def _marks(self, chance: random.Random, size: int) -> list[str]:
        marks = [chance.choice(self._seeded.passing) for _ in range(size)]
        try:
            marks[0] = self._listed.get_nowait()
        except queue.Empty:
            return marks
        return marks

    def _post(
        self,
        connection: http.client.HTTPConnection,
        reader: BenchReader,
        sequence: int,
        marks: Sequence[str],
    ) -> None:
        at = datetime.now(UTC)
        reads = tuple(_read(reader, sequence + n, vrm, at) for n, vrm in enumerate(marks))
        body = msgspec.json.encode(
            ReadBatch(
                reader=reader.id,
                batch_id=uuid7(),
                sequence=sequence,
                sent_at=at,
                clock=Clock(source="ntp", offset_ms=0.4),
                reads=reads,
            )
        )
        listed = set(self._seeded.listed)
        hitting = [read.id for read in reads if read.vrm in listed]
        began = time.time()
        while not self._accepted(connection, reader, body):
            time.sleep(0.05)
        with self._lock:
            self._result.reads += len(reads)
            self._result.began.update(dict.fromkeys(hitting, began))

    def _accepted(
        self, connection: http.client.HTTPConnection, reader: BenchReader, body: bytes
    ) -> bool:
        headers = sign(
            key=reader.key,
            reader=reader.id,
            method="POST",
            path=PATH,
            body=body,
            at=datetime.now(UTC),
        )
        connection.request("POST", PATH, body, headers)
        response = connection.getresponse()
        response.read()
        if response.status == 503:
            with self._lock:
                self._result.told_to_wait += 1
        elif response.status != 202:
            raise RuntimeError(f"ingest answered {response.status}")
        return response.status == 202


def _read(reader: BenchReader, sequence: int, vrm: str, at: datetime) -> Read:
    return Read(
        id=uuid7(),
        sequence=sequence,
        camera=reader.camera,
        vrm=vrm,
        raw_vrm=vrm,
        confidence=0.97,
        captured_at=at,
        country="GB",
        direction="approaching",
        model_version="bench-1",
    )
