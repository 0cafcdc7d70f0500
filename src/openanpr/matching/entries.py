"""One line of a list as it stands in a snapshot."""

import uuid
from datetime import datetime
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from openanpr.matching.scope import Scope

MatchAs = Literal["exact", "near", "pattern"]


class SnapshotEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry that may match, with what an officer will need if it does.

    `canonical` is the mark with O folded to 0 and I to 1 (`openanpr.vrm.canonical`); of a pattern
    the pattern so folded. It matches reads captured from `valid_from` until just before `weed_at`,
    both aware, in all of `scopes`. `match_as` "near": also a mark that the reader may have taken
    for it, with at least the chance `least_weight`. `copy` is plain JSON: the entry as it stood
    when the snapshot was made, kept with every hit. Where it is not `whole` it has what is the
    list's, and the rest of the entry, which never changes, is fetched by its id.
    """

    entry_id: uuid.UUID
    hotlist_id: uuid.UUID
    canonical: str
    vrm: str
    valid_from: datetime
    weed_at: datetime
    copy: dict[str, Any]
    match_as: MatchAs = "exact"
    least_weight: float = 0.0
    scopes: tuple[Scope, ...] = ()
    whole: bool = True


class SnapshotList(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A list as it stood when the snapshot was made: its share in the copy of each plain entry."""

    hotlist_id: uuid.UUID
    copy: dict[str, Any]
    scopes: tuple[Scope, ...] = ()


class PlainEntries(Struct, frozen=True, kw_only=True):
    """Many entries that match their own mark alone, wherever their list is looked for.

    One row an entry in each column: packed canonical mark and packed mark as written (uint64),
    microseconds since 1970 (int64), UUID (V16), place of its list among the snapshot's (uint32).
    """

    key: npt.NDArray[np.uint64]
    mark: npt.NDArray[np.uint64]
    valid_from: npt.NDArray[np.int64]
    weed_at: npt.NDArray[np.int64]
    entry: npt.NDArray[np.void]
    list: npt.NDArray[np.uint32]
