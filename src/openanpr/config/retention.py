"""The retention process: removes what is past its limit, four times a day, as its own role."""

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event
from typing import Final

import psycopg

from openanpr.config.boot import set_up_django
from openanpr.config.database import DatabaseRole, dsn
from openanpr.config.values import get_settings, secret
from openanpr.reads.images import image_store
from openanpr.retention.certificates import SECRET, signing_key
from openanpr.retention.proof import GRACE, Proof, prove, standing_backups
from openanpr.retention.run import AlreadyRunningError, Removed, Stores, run_retention

EVERY_S: Final = 6 * 3600.0
AGAIN_S: Final = 60.0
_log = logging.getLogger(__name__)


@contextmanager
def opened_stores() -> Iterator[Stores]:
    """What a run works on in this installation."""
    settings = get_settings()
    with psycopg.connect(
        dsn(DatabaseRole.RETENTION, settings),
        autocommit=True,
        application_name="openanpr-retention",
        connect_timeout=5,
    ) as connection:
        yield Stores(
            connection=connection,
            images=image_store(settings),
            snapshots=settings.data_dir / "snapshots",
            key=signing_key(secret(SECRET, settings)),
        )


def run_once() -> Removed:
    """Remove what is past its limit now. Django is set up as the retention process."""
    from django.db import close_old_connections

    from openanpr.policy.queries import profile_in_force
    from openanpr.web.clock import now

    close_old_connections()
    at = now()
    with opened_stores() as stores:
        return run_retention(stores, profile=profile_in_force(at=at), at=at)


def prove_once(*, strict: bool = False) -> list[Proof]:
    """Ask every store now; ``strict``: without the 24 hours. Django is set up as for a run."""
    from openanpr.policy.queries import profile_in_force
    from openanpr.web.clock import now

    at = now()
    with opened_stores() as stores:
        return prove(
            stores.connection,
            images=stores.images,
            snapshots=stores.snapshots,
            profile=profile_in_force(at=at),
            at=at,
            grace=timedelta(0) if strict else GRACE,
        )


def backups_once() -> tuple[int, datetime | None]:
    """How many registered backups stand, and when the first of them expires."""
    with opened_stores() as stores:
        return standing_backups(stores.connection)


def main() -> None:
    """Run until SIGTERM or SIGINT; a run that failed is tried again in a minute."""
    set_up_django("retention")
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        stop.wait(_guarded())


def _guarded() -> float:
    from django.db import Error

    try:
        removed = run_once()
    except (Error, psycopg.Error, OSError, LookupError, AlreadyRunningError) as problem:
        # By class alone: the text of a database error may quote a mark.
        _log.error("retention tries again in a minute: %s", type(problem).__name__)
        return AGAIN_S
    _log.info("retention removed %d rows", sum(removed.rows.values()))
    return AGAIN_S if removed.left else EVERY_S


if __name__ == "__main__":
    main()
