"""A published snapshot of the lists for tests of matching in the real ingest process."""

import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from openanpr.config.values import get_settings
from openanpr.hotlists.models import HotlistSnapshot
from openanpr.matching import SnapshotEntry, write_snapshot
from openanpr.vrm import canonical
from openanpr.wire import uuid7

# The ingest process outlives a test's database, so no version may come twice.
_versions = itertools.count(time.time_ns())


class MatchingProcess(Protocol):
    """A running ingest process."""

    def health(self) -> dict[str, Any]: ...

    def wait_for(self, condition: Any, *, seconds: float = ...) -> None: ...


def publish(
    process: MatchingProcess,
    vrm: str,
    *,
    reason: str = "Test entry",
    valid_from: datetime | None = None,
) -> SnapshotEntry:
    """Publish a list of one entry and wait until the process matches with it."""
    now = datetime.now(UTC)
    entry = SnapshotEntry(
        entry_id=uuid7(),
        hotlist_id=uuid7(),
        canonical=canonical(vrm),
        vrm=vrm,
        valid_from=valid_from or now - timedelta(days=1),
        weed_at=now + timedelta(days=1),
        copy={"vrm": vrm, "reason": reason, "warning_markers": []},
    )
    version = next(_versions)
    path = get_settings().data_dir / "snapshots" / f"{version}.snapshot"
    digest = write_snapshot(path, version, [entry])
    HotlistSnapshot.objects.using("owner").create(
        version=version,
        made_at=now,
        digest=digest,
        path=str(path),
        entry_count=1,
        revision_sum=0,
    )
    process.wait_for(lambda: process.health()["snapshot_version"] == version)
    return entry
