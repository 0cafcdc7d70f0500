"""Live searches: what may be seen, opened for a minute by the web process."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from openanpr.reads.models import LiveSearch

SEARCH: Final = "search"
"""The database alias whose role sees reads of a live search and nothing else."""

LIFE: Final = timedelta(seconds=60)
"""How long a live search lasts, should the process die before it ends it."""

LONGEST: Final = timedelta(seconds=30)
"""How long one statement may look before the database stops it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePart:
    """One allowed part of a search, under the id of the live search that opens exactly it.

    Captures with ``start <= captured_at < end``, in one of the ``windows`` where there are any, of
    these marks and cameras (``None``: any; empty: none). ``pattern`` and ``near`` are what
    ``marks_seen`` may be asked. ``held``: reads held for the investigation, and no others.
    """

    id: uuid.UUID
    start: datetime
    end: datetime
    vrms: frozenset[str] | None
    camera_ids: tuple[int, ...] | None
    windows: tuple[tuple[datetime, datetime], ...] | None = None
    pattern: str | None = None
    near: str | None = None
    held: bool = False

    @property
    def reads(self) -> str:
        """What a statement reads from: a read that two holds keep is one read."""
        if self.held:
            return "(select distinct on (vrm, captured_at, camera_id) * from reads_held)"
        return "reads"

    @property
    def is_nothing(self) -> bool:
        """Whether nothing can be found in it."""
        return any(
            one is not None and not one for one in (self.vrms, self.camera_ids, self.windows)
        )


class Known(Protocol):
    """Anything that names a live search."""

    @property
    def id(self) -> uuid.UUID: ...


def open_live_searches(
    parts: Sequence[LivePart],
    *,
    account_id: int,
    investigation_id: uuid.UUID | None = None,
    request_id: uuid.UUID | None = None,
) -> None:
    """Let the role ``search`` see these parts, each under its own id, for ``LIFE``.

    They are for an investigation or for an information request, never for both or neither.
    """
    LiveSearch.objects.bulk_create(
        LiveSearch(
            id=live.id,
            investigation=investigation_id,
            request=request_id,
            account=account_id,
            expires_at=Now() + LIFE,
            **row_of(live),
        )
        for live in parts
    )


def row_of(live: LivePart) -> dict[str, object]:
    """What bounds the part, by the columns of ``live_search``."""
    windows = live.windows
    return {
        "period_from": live.start,
        "period_to": live.end,
        "vrms": None if live.vrms is None else sorted(live.vrms),
        "camera_ids": None if live.camera_ids is None else list(live.camera_ids),
        "pattern": live.pattern,
        "near": live.near,
        "held": live.held,
        "window_from": None if windows is None else [start for start, _ in windows],
        "window_to": None if windows is None else [end for _, end in windows],
    }


def end_live_searches(parts: Sequence[Known]) -> None:
    """See no more under these ids."""
    LiveSearch.objects.filter(id__in=[live.id for live in parts]).update(expires_at=Now())


@contextmanager
def search_session(search_id: uuid.UUID) -> Iterator[CursorWrapper]:
    """A cursor of the role ``search`` that sees what the live search ``search_id`` opens.

    A statement that takes longer than ``LONGEST`` fails as ``django.db.OperationalError``.
    """
    with (
        transaction.atomic(using=SEARCH, durable=True),
        connections[SEARCH].cursor() as cursor,
    ):
        # SET LOCAL and not set_config(), which a cluster does not tell its nodes; the first of them
        # is what makes it tell them, and says nothing to one server (docs/adr/0026-citus.md).
        cursor.execute(
            f"set local citus.propagate_set_commands = 'local'; "
            f"set local openanpr.search_id = '{search_id}'; "
            f"set local statement_timeout = {int(LONGEST.total_seconds() * 1000)}"
        )
        yield cursor
