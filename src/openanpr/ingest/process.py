"""The parts of the ingest process, made once and started at the first request."""

import threading
from dataclasses import dataclass
from typing import Final

from openanpr.config.database import DatabaseRole, dsn
from openanpr.config.values import get_settings
from openanpr.ingest.car_lists import PartsForCars
from openanpr.ingest.connections import SharedConnections
from openanpr.ingest.nonces import SeenNonces
from openanpr.ingest.options import IngestOptions, get_options
from openanpr.ingest.refresher import Refresher
from openanpr.ingest.signs import Notes
from openanpr.ingest.writer import GroupCommitWriter
from openanpr.reads.images import ImageStore, image_store
from openanpr.web import clock

_IMAGE_CONNECTIONS: Final = 4
_lock = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestProcess:
    """What the views use."""

    options: IngestOptions
    notes: Notes
    nonces: SeenNonces
    refresher: Refresher
    writer: GroupCommitWriter
    images: ImageStore
    image_connections: SharedConnections
    car_parts: PartsForCars

    def stop(self) -> None:
        """Commit what waits and end the threads."""
        self.writer.stop()
        self.refresher.stop()
        self.image_connections.close()


_process: IngestProcess | None = None


def the_process() -> IngestProcess:
    """The parts of this process, started."""
    global _process  # noqa: PLW0603 - one writer a process
    with _lock:
        if _process is None:
            _process = start()
        return _process


def start() -> IngestProcess:
    """Make the parts and start their threads."""
    settings, options = get_settings(), get_options()
    conninfo = dsn(DatabaseRole.INGEST, settings)
    notes = Notes()
    refresher = Refresher(
        notes=notes,
        poll_seconds=options.poll_seconds,
        data_dir=settings.data_dir,
        now=clock.now,
    )
    writer = GroupCommitWriter(
        dsn=conninfo,
        queue_limit=options.queue_limit,
        group_rows=options.group_rows,
        now=clock.now,
        onward=settings.centre_url is not None,
    )
    connections = SharedConnections(
        conninfo, most=_IMAGE_CONNECTIONS, name="openanpr-ingest-images"
    )
    writer.start()
    refresher.start()
    return IngestProcess(
        options=options,
        notes=notes,
        nonces=SeenNonces(),
        refresher=refresher,
        writer=writer,
        images=image_store(settings),
        image_connections=connections,
        car_parts=PartsForCars(most=options.car_entries),
    )
