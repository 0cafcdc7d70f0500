"""The thread that keeps what ingest knows fresh, and writes down what was noted in memory."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import DatabaseError, InterfaceError, connection, transaction

from openanpr.accounts.models import DeviceCredential
from openanpr.audit.services import record_event
from openanpr.cameras.gaps import SILENT_AFTER
from openanpr.cameras.queries import ingest_facts
from openanpr.hotlists.models import HotlistSnapshot as PublishedSnapshot
from openanpr.ingest import metrics
from openanpr.ingest.committing import ACTOR
from openanpr.ingest.knowledge import Device, Knowledge
from openanpr.ingest.ledger import CountKey, add_counts, add_problems
from openanpr.ingest.signs import Notes, SignOfLife
from openanpr.matching import HotlistSnapshot, Matcher, SnapshotError
from openanpr.policy.queries import NoProfileError, profile_in_force
from openanpr.web.dates import force_zone

log = logging.getLogger(__name__)

# Whoever was silent has a gap from the last sign of life to this one.
_GAP: Final = """
insert into camera_gap (camera_id, starts_at, ends_at, kind)
select id, last_heard_at, %s, 'silent' from camera
where id = %s and state = 'live' and last_heard_at < %s
"""
_HEARD: Final = """
update camera set
    last_heard_at = greatest(last_heard_at, %s),
    clock_offset_ms = coalesce(%s, clock_offset_ms),
    fault = coalesce(%s, fault)
where id = %s
"""


class Refresher:
    """Looks up devices, cameras, profile and lists every ``poll_seconds``; see ``knowledge``."""

    def __init__(
        self, *, notes: Notes, poll_seconds: float, data_dir: Path, now: Callable[[], datetime]
    ) -> None:
        self._notes = notes
        self._poll_seconds = poll_seconds
        self._data_dir = data_dir
        self._now = now
        self._ready = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ingest-refresher", daemon=True)
        self.knowledge = Knowledge()
        self._last_complaint = ""

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Write down what was noted, then end."""
        self._stopping.set()
        self._thread.join()

    def wait_until_ready(self, seconds: float) -> bool:
        """Wait for the first look-up; whether it has been made."""
        return self._ready.wait(seconds)

    def _run(self) -> None:
        while True:
            try:
                self.refresh()
                self.write_down()
            except (DatabaseError, InterfaceError, psycopg.Error) as error:
                self._complain(f"the database did not answer a look-up ({type(error).__name__})")
                connection.close()
            if self._stopping.wait(self._poll_seconds):
                break
        connection.close()

    def refresh(self) -> None:
        """Look everything up once. Raises django.db.DatabaseError."""
        at = self._now()
        known = self.knowledge
        profile = known.profile
        try:
            profile = profile_in_force(at=at)
        except NoProfileError as error:
            self._complain(str(error))
        self.knowledge = replace(
            known,
            devices=_devices(),
            cameras=ingest_facts(),
            profile=profile,
            looked_up_at=at,
        )
        self._refresh_lists()
        self._ready.set()

    def _refresh_lists(self) -> None:
        newest = PublishedSnapshot.objects.order_by("-version").first()
        if newest is None or newest.digest == self.knowledge.matcher.snapshot.digest:
            return
        try:
            snapshot = HotlistSnapshot.load(self._data_dir / newest.path)
        except (SnapshotError, OSError) as error:
            self._snapshot_unusable(f"version {newest.version} cannot be loaded: {error}")
            return
        if snapshot.version != newest.version or snapshot.digest != newest.digest:
            self._snapshot_unusable(f"the file of version {newest.version} is not what was made")
            return
        self.knowledge = self.knowledge.with_matcher(Matcher(snapshot, zone=force_zone()))
        metrics.SNAPSHOT_VERSION.set(snapshot.version)
        log.info("matching against version %d: %d entries", snapshot.version, len(snapshot))

    def _snapshot_unusable(self, problem: str) -> None:
        # The last good lists stay in force: matching less than known would be a silent loss.
        self._complain(f"lists: {problem}")
        self.knowledge = replace(self.knowledge, snapshot_problem=problem)

    def _complain(self, problem: str) -> None:
        # A problem that lasts is said once, not at every look-up.
        if problem != self._last_complaint:
            log.error("%s", problem)
        self._last_complaint = problem

    def write_down(self) -> None:
        """Write what was noted since the last time; kept for the next time where that fails."""
        signs, refusals = self._notes.take()
        if not signs and not refusals:
            return
        try:
            _write(signs, refusals, at=self._now())
        except (DatabaseError, InterfaceError, psycopg.Error):
            self._notes.put_back(signs, refusals)
            raise


def _devices() -> dict[UUID, Device]:
    return {
        credential.id: Device(
            id=credential.id,
            name=credential.reader_name,
            public_key=bytes(credential.public_key),
            revoked=credential.state != DeviceCredential.State.LIVE,
        )
        for credential in DeviceCredential.objects.all()
    }


def _write(
    signs: list[SignOfLife], refusals: Mapping[tuple[str, UUID | None], int], *, at: datetime
) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        raw: Any = cursor  # Django's cursor has all that is asked of psycopg's here
        for sign in sorted(signs, key=lambda sign: sign.camera_id):
            raw.execute(_GAP, (sign.at, sign.camera_id, sign.at - SILENT_AFTER))
            raw.execute(_HEARD, (sign.at, sign.clock_offset_ms, sign.fault, sign.camera_id))
        day = at.astimezone(UTC).date()
        counts: Counter[CountKey] = Counter()
        for (kind, _), count in refusals.items():
            counts[day, 0, kind] += count
        add_counts(raw, counts)
        add_problems(
            raw,
            [
                (at, kind, device, None, "", None, count, "Requests were refused whole.")
                for (kind, device), count in refusals.items()
            ],
        )
        for (kind, device), count in refusals.items():
            record_event(
                verb="ingest.refuse",
                actor=ACTOR,
                at=at,
                subject=f"reader:{device}" if device else "",
                payload={"kind": kind, "count": count},
            )
