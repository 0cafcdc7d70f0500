"""Looks everything up. What cannot be looked up is said, and stops nothing else."""

import shutil
from datetime import datetime, timedelta
from typing import Any, Final

import httpx
import msgspec
from django.db import DatabaseError, InterfaceError, connection

from openanpr.cameras.gaps import SILENT_AFTER
from openanpr.config.values import Settings
from openanpr.operations.findings import Disk, Facts

_WAIT_S: Final = 2.0
_CLOCK_LIMIT_MS: Final = 1000.0
_DAY: Final = timedelta(days=1)
_NOTHING: Final[dict[str, Any]] = {
    "database_at": None,
    "job_waits_since": None,
    "jobs_failed": 0,
    "hit_waits_since": None,
    "root_at": None,
    "certificate_at": None,
    "backup_at": None,
    "cameras_live": 0,
    "cameras_silent": 0,
    "cameras_clock_off": 0,
    "reads_missing": 0,
    "line_problem": None,
    "line_problem_since": None,
}
_QUESTION: Final = """
select clock_timestamp() as database_at,
    (select min(due_at) from job where state in ('waiting', 'running') and due_at < %(at)s
        and started_at is null) as job_waits_since,
    (select count(*) from job where state = 'failed' and ended_at > %(day_ago)s) as jobs_failed,
    (select min(created_at) from outbox where done_at is null) as hit_waits_since,
    (select max(made_at) from audit_root) as root_at,
    (select max(made_at) from deletion_certificate) as certificate_at,
    (select max(made_at) from backup_made where removed_at is null) as backup_at,
    count(*) filter (where state = 'live') as cameras_live,
    count(*) filter (where state = 'live' and (last_heard_at is null
        or last_heard_at < %(heard_since)s)) as cameras_silent,
    count(*) filter (where state = 'live' and abs(clock_offset_ms) > %(clock_ms)s)
        as cameras_clock_off,
    (select coalesce(sum(last_number - first_number + 1), 0)::bigint from reader_gap
        where closed_at is null) as reads_missing,
    (select problem from federation_uplink limit 1) as line_problem,
    (select problem_since from federation_uplink limit 1) as line_problem_since
from camera
"""


def looked_up(settings: Settings, *, at: datetime) -> Facts:
    """The facts of this moment, by the role of the process that asks."""
    return Facts(
        disks=_disks(settings),
        ingest=_ingest(settings),
        live=_live(settings),
        **_of_the_database(at),
    )


def _of_the_database(at: datetime) -> dict[str, Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                _QUESTION,
                {
                    "at": at,
                    "day_ago": at - _DAY,
                    "heard_since": at - SILENT_AFTER,
                    "clock_ms": _CLOCK_LIMIT_MS,
                },
            )
            names = [column.name for column in cursor.description]
            return dict(zip(names, cursor.fetchone(), strict=True))
    except (DatabaseError, InterfaceError):
        return _NOTHING


def _disks(settings: Settings) -> list[Disk]:
    folders = [("the data folder", settings.data_dir)]
    database = settings.data_dir / "postgres"
    if database.is_dir() and database.stat().st_dev != settings.data_dir.stat().st_dev:
        folders.append(("the database", database))
    used = [(name, shutil.disk_usage(folder)) for name, folder in folders]
    return [Disk(name, usage.free, usage.total) for name, usage in used]


def _ingest(settings: Settings) -> str:
    try:
        answer = httpx.get(
            f"http://{settings.host}:{settings.ingest_port}/health",
            timeout=_WAIT_S,
            trust_env=False,
        )
        told = msgspec.json.decode(answer.content, type=dict[str, Any])
    except (httpx.HTTPError, msgspec.DecodeError, UnicodeDecodeError):
        return "It does not answer."
    if answer.status_code != httpx.codes.OK:
        return f"It takes no reads: its database is {told.get('database', 'unknown')}."
    problem = told.get("snapshot_problem")
    return f"It matches with older lists: {problem}." if problem else ""


def _live(settings: Settings) -> str:
    try:
        httpx.get(f"http://{settings.host}:{settings.live_port}/", timeout=_WAIT_S, trust_env=False)
    except httpx.HTTPError:
        return "It does not answer."
    return ""
