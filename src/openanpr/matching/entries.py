"""One line of a list as it stands in a snapshot."""

import uuid
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from openanpr.matching.scope import Scope

MatchAs = Literal["exact", "near", "pattern"]


class SnapshotEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry that may match, with what an officer will need if it does.

    `canonical` is the mark with O folded to 0 and I to 1 (`openanpr.vrm.canonical`); of a pattern
    the pattern so folded. It matches reads captured from `valid_from` until just before `weed_at`,
    both aware, in all of `scopes`. `match_as` "near": also a mark that the reader may have taken
    for it, with at least the chance `least_weight`. `copy` is plain JSON: the entry as it stood
    when the snapshot was made, kept with every hit.
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
    match_as: MatchAs = "exact"
    least_weight: float = 0.0
    scopes: tuple[Scope, ...] = ()
