"""A running ingest process and a reader that talks to it, as the tests see them."""

import hashlib
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
from tests.factories.cameras import ReaderKit

from openanpr.wire import Clock, Read, ReadBatch, uuid7
from openanpr.wire.signing import sign


@dataclass
class Served:
    """One running ingest process."""

    client: httpx.Client
    port: int
    log_path: Path

    def health(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.client.get("/health").json()
        return answer

    def catch_up(self) -> None:
        """Wait until it has looked up what the test has written until now."""
        asked = datetime.now(UTC)
        self.wait_for(
            lambda: (
                (seen := self.health()["looked_up_at"]) is not None
                and datetime.fromisoformat(seen) > asked
            )
        )

    def come_to_rest(self) -> None:
        """Wait until all that it noted until now is written: a whole round after the next look."""
        self.catch_up()
        self.catch_up()

    def wait_for(self, condition: Any, *, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("the ingest process did not come to it")
            time.sleep(0.02)

    def metric(self, name: str, **labels: str) -> float:
        """The value of a figure; 0 where it was never counted."""
        wanted = ",".join(f'{key}="{value}"' for key, value in labels.items())
        prefix = f"{name}{{{wanted}}} " if wanted else f"{name} "
        for line in self.client.get("/metrics").text.splitlines():
            if line.startswith(prefix):
                return float(line.removeprefix(prefix))
        return 0.0


@dataclass
class FieldReader:
    """A reader in the field: signs and sends."""

    served: Served
    kit: ReaderKit
    clock_off: timedelta = field(default=timedelta(0))

    def batch(self, reads: list[Read] | tuple[Read, ...], **changes: Any) -> ReadBatch:
        values: dict[str, Any] = {
            "reader": self.kit.credential.id,
            "batch_id": uuid7(),
            "sequence": 1,
            "sent_at": datetime.now(UTC),
            "clock": Clock(source="ntp", offset_ms=1.5),
        }
        return ReadBatch(reads=tuple(reads), **(values | changes))

    def post_reads(self, *reads: Read) -> dict[str, Any]:
        """Post the reads as one batch that is taken; the acknowledgement."""
        return self.taken(self.post_batch(self.batch(reads)))

    def post_batch(self, batch: ReadBatch) -> httpx.Response:
        return self.send("POST", "/v1/batches", msgspec.json.encode(batch))

    def put_image(self, content: bytes, *, sha256: str | None = None) -> httpx.Response:
        name = sha256 or hashlib.sha256(content).hexdigest()
        return self.send("PUT", f"/v1/images/{name}", content)

    def send(self, method: str, path: str, body: bytes, **headers: str) -> httpx.Response:
        signed = sign(
            key=self.kit.key,
            reader=self.kit.credential.id,
            method=method,
            path=path,
            body=body,
            at=datetime.now(UTC) + self.clock_off,
        )
        return self.served.client.request(method, path, content=body, headers=signed | headers)

    @staticmethod
    def taken(response: httpx.Response) -> dict[str, Any]:
        assert response.status_code == 202, response.text
        answer: dict[str, Any] = response.json()
        return answer
