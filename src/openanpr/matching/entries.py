"""One line of a list as it stands in a snapshot."""

import uuid
from datetime import datetime
from typing import Any

from msgspec import Struct


class SnapshotEntry(Struct, frozen=True, kw_only=True):
    """An entry that may match, with what an officer will need if it does.

    `canonical` is the mark with O folded to 0 and I to 1 (`openanpr.vrm.canonical`). It matches
    reads captured from `valid_from` until just before `weed_at`, both aware. `copy` is plain JSON:
    the entry as it stood when the snapshot was made, kept with every hit.
    """

    entry_id: uuid.UUID
    hotlist_id: uuid.UUID
    canonical: str
    vrm: str
    valid_from: datetime
    weed_at: datetime
    priority: int
    covert: bool
    action: str
    copy: dict[str, Any]
