"""Looking into the store of reads: the only statements that do, each inside a live search.

A live search is a row that says what may be seen and until when; row-level security on ``reads``
asks it for every row. The role of the alias ``search`` can neither see nor make such rows.
"""

import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from openanpr.access.scope import ScopePart
from openanpr.reads.models import LiveSearch

SEARCH: Final = "search"
"""The database alias whose role sees reads of a live search and nothing else."""

LIFE: Final = timedelta(seconds=60)
"""How long a live search lasts, should the process die before it ends it."""

_COLUMNS: Final = (
    "id, vrm, raw_vrm, captured_at, camera_id, confidence, alternatives, country, direction, late, "
    "latitude, longitude, patch_hash, overview_hash, model_version"
)
_HISTORY: Final = (
    f"select {_COLUMNS} from {{table}} "  # noqa: S608 - constants
    "where vrm = any (%s::text[]) and captured_at >= %s and captured_at < %s "
    "and (%s::int[] is null or camera_id = any (%s::int[])) "
    "order by captured_at desc, id desc limit %s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRead:
    """One read as the store gives it. Hashes are SHA-256 in hexadecimal."""

    id: uuid.UUID
    vrm: str
    raw_vrm: str
    captured_at: datetime
    camera_id: int
    confidence: float
    alternatives: tuple[tuple[str, float], ...]
    country: str
    direction: str
    late: bool
    latitude: float | None
    longitude: float | None
    patch_hash: str | None
    overview_hash: str | None
    model_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePart:
    """One allowed part of a search, and the id of the live search that opens it."""

    id: uuid.UUID
    part: ScopePart
    camera_ids: tuple[int, ...] | None


def open_live_searches(
    parts: Sequence[LivePart], *, investigation_id: uuid.UUID, account_id: int
) -> None:
    """Let the role ``search`` see these parts, each under its own id, for ``LIFE``."""
    LiveSearch.objects.bulk_create(
        LiveSearch(
            id=live.id,
            investigation=investigation_id,
            account=account_id,
            period_from=live.part.start,
            period_to=live.part.end,
            vrms=None if live.part.vrms is None else sorted(live.part.vrms),
            camera_ids=None if live.camera_ids is None else list(live.camera_ids),
            expires_at=Now() + LIFE,
            held=live.part.held_only,
        )
        for live in parts
    )


def end_live_searches(parts: Sequence[LivePart]) -> None:
    """See no more under these ids."""
    LiveSearch.objects.filter(id__in=[live.id for live in parts]).update(expires_at=Now())


@contextmanager
def search_session(search_id: uuid.UUID) -> Iterator[CursorWrapper]:
    """A cursor of the role ``search`` that sees what the live search ``search_id`` opens."""
    with (
        transaction.atomic(using=SEARCH, durable=True),
        connections[SEARCH].cursor() as cursor,
    ):
        cursor.execute("select set_config('openanpr.search_id', %s, true)", [str(search_id)])
        yield cursor


def table_of(part: ScopePart) -> str:
    """The table that a part is answered from: held reads outlive their retention in one apart."""
    return "reads_held" if part.held_only else "reads"


def history(live: LivePart, *, vrms: frozenset[str], limit: int) -> list[FoundRead]:
    """The reads of these marks in one allowed part, newest first, at most ``limit``."""
    part = live.part
    cameras = None if live.camera_ids is None else list(live.camera_ids)
    marks = vrms if part.vrms is None else vrms & part.vrms
    with search_session(live.id) as cursor:
        cursor.execute(
            _HISTORY.format(table=table_of(part)),
            [sorted(marks), part.start, part.end, cameras, cameras, limit],
        )
        return [_found(row) for row in cursor.fetchall()]


def _found(row: tuple[Any, ...]) -> FoundRead:
    names = _COLUMNS.split(", ")
    values = dict(zip(names, row, strict=True))
    for name in ("patch_hash", "overview_hash"):
        values[name] = None if values[name] is None else bytes(values[name]).hex()
    for name in ("country", "direction", "model_version"):
        values[name] = values[name] or ""
    values["raw_vrm"] = values["raw_vrm"] or values["vrm"]
    values["alternatives"] = _alternatives(values["alternatives"])
    return FoundRead(**values)


def _alternatives(stored: Any) -> tuple[tuple[str, float], ...]:
    listed = json.loads(stored) if isinstance(stored, str) else stored
    return tuple((one["vrm"], float(one["confidence"])) for one in listed or ())
