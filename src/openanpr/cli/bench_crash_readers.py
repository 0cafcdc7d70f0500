"""Readers that note on disk what was acknowledged, in a process that nobody kills.

Run as ``python -m openanpr.cli.bench_crash_readers PLAN.json``. Each reader is a thread with a
spool in memory and a file of its own: after each answer 202 the ids that it covers are appended
and synced. What was not answered is sent again: as the very same batch, or as another one that
holds some of it, some that was acknowledged before and some that is new.
"""

import http.client
import os
import random
import signal
import sys
import threading
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openanpr.cli.bench_ingest_load import PATH
from openanpr.wire import BatchAck, Clock, Read, ReadBatch, uuid7
from openanpr.wire.signing import sign

_PAUSE_S: Final = 0.05
_TIMEOUT_S: Final = 60.0
_OVERLAP: Final = 0.3
_ack_decoder: Final = msgspec.json.Decoder(BatchAck)


class ReaderPlan(msgspec.Struct, frozen=True, kw_only=True):
    """One reader: credential (the private key's 32 bytes), cameras, marks, its file of ids."""

    id: uuid.UUID
    key: bytes
    cameras: list[str]
    marks: list[str]
    acknowledged: str
    seed: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What the process is to do."""

    port: int
    batch: int
    readers: list[ReaderPlan]


class CrashReader:
    """One reader and what it has not been told to be stored yet."""

    def __init__(self, plan: ReaderPlan, *, port: int, batch: int) -> None:
        self._plan = plan
        self._port = port
        self._most = batch
        self._key = Ed25519PrivateKey.from_private_bytes(plan.key)
        self._chance = random.Random(plan.seed)  # noqa: S311 - traffic, not secrets
        self._sequence = 0
        self._last: list[Read] = []

    def run(self, stop: threading.Event) -> None:
        """Deliver until told to stop."""
        file = os.open(self._plan.acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        batch = self._next([])
        while not stop.is_set():
            ack = self._post(batch)
            if ack is None:
                time.sleep(_PAUSE_S)
                if self._chance.random() < 0.5:
                    batch = self._next(list(batch.reads))
                continue
            refused = {rejection.index for rejection in ack.rejected}
            kept = [read for place, read in enumerate(batch.reads) if place not in refused]
            os.write(file, b"".join(read.id.bytes for read in kept))
            os.fsync(file)
            self._last = kept
            batch = self._next([])
        os.close(file)

    def _next(self, unanswered: list[Read]) -> ReadBatch:
        """A batch of part of the unanswered reads, maybe some acknowledged ones, and new ones."""
        reads = unanswered[self._chance.randrange(len(unanswered)) :] if unanswered else []
        if self._last and self._chance.random() < _OVERLAP:
            reads = reads + self._last[: self._chance.randrange(1, len(self._last) + 1)]
        reads = reads[: self._most - 1]
        while len(reads) < self._most:
            reads.append(self._read())
        self._chance.shuffle(reads)
        return ReadBatch(
            reader=self._plan.id,
            batch_id=uuid7(),
            sequence=min(read.sequence for read in reads),
            sent_at=datetime.now(UTC),
            clock=Clock(source="ntp", offset_ms=0.4),
            reads=tuple(reads),
        )

    def _read(self) -> Read:
        self._sequence += 1
        now = datetime.now(UTC)
        return Read(
            id=uuid7(),
            sequence=self._sequence,
            camera=self._chance.choice(self._plan.cameras),
            vrm=self._chance.choice(self._plan.marks),
            confidence=0.97,
            # No two reads of a reader share a time, so none is another one's duplicate.
            captured_at=now.replace(microsecond=0)
            - timedelta(seconds=1)
            + timedelta(microseconds=self._sequence % 1_000_000),
        )

    def _post(self, batch: ReadBatch) -> BatchAck | None:
        body = msgspec.json.encode(batch)
        headers = sign(
            key=self._key,
            reader=self._plan.id,
            method="POST",
            path=PATH,
            body=body,
            at=datetime.now(UTC),
        )
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_TIMEOUT_S)
        try:
            connection.request("POST", PATH, body, headers)
            response = connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException):
            return None  # killed before it answered: nothing is known
        finally:
            connection.close()
        if response.status == 503:
            return None
        if response.status != 202:
            raise RuntimeError(f"ingest answered {response.status}: {answer.decode()}")
        return _ack_decoder.decode(answer)


def main(path: str) -> int:
    """Run the readers of a plan until SIGTERM; 1 if one of them was refused."""
    plan = msgspec.json.decode(Path(path).read_bytes(), type=Plan)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    problems: list[BaseException] = []

    def run(reader: CrashReader) -> None:
        try:
            reader.run(stop)
        except (RuntimeError, OSError) as problem:
            problems.append(problem)
            stop.set()

    threads = [
        threading.Thread(target=run, args=(CrashReader(one, port=plan.port, batch=plan.batch),))
        for one in plan.readers
    ]
    for thread in threads:
        thread.start()
    while not stop.wait(0.2):
        pass
    for thread in threads:
        thread.join()
    for problem in problems:
        sys.stderr.write(f"a reader stopped: {problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
