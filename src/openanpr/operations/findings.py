"""From what was looked up to what is said: pure, so that every sentence can be tested."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

GIGABYTE: Final = 1_000_000_000
_DISK_ACT: Final = (0.05, 2 * GIGABYTE)
_DISK_LOOK: Final = (0.15, 10 * GIGABYTE)
_CLOCKS_APART: Final = timedelta(seconds=2)
_LATE_JOB: Final = timedelta(minutes=5)
_LATE_ALERT: Final = timedelta(seconds=30)
_LATE_ROOT: Final = timedelta(hours=2)
_LATE_RETENTION: Final = timedelta(hours=26)
_LATE_BACKUP: Final = timedelta(hours=26)


class Grade(IntEnum):
    """How it stands: all well, look at it some time today, act now."""

    GOOD = 0
    LOOK = 1
    ACT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: how it stands, in a sentence, and what to do where it is not well."""

    name: str
    grade: Grade
    sentence: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Disk:
    """A folder's disk: bytes free and in all."""

    name: str
    free: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was looked up. ``None``: it could not be, or there is none.

    ``ingest`` and ``live`` say what is wrong with that process, empty when it answers. The times
    are of the oldest that waits or of the newest that was made; ``cameras_*`` are numbers of live
    cameras.
    """

    disks: Sequence[Disk]
    database_at: datetime | None
    ingest: str
    live: str
    job_waits_since: datetime | None
    jobs_failed: int
    hit_waits_since: datetime | None
    root_at: datetime | None
    certificate_at: datetime | None
    backup_at: datetime | None
    cameras_live: int
    cameras_silent: int
    cameras_clock_off: int
    reads_missing: int
    line_problem: str | None
    line_problem_since: datetime | None


Look = Callable[[Facts, datetime], Iterator[Finding]]


def findings_of(facts: Facts, *, at: datetime) -> list[Finding]:
    """Everything that was looked at, the worst first, else in one order."""
    found = [finding for look in _LOOKS for finding in look(facts, at)]
    return sorted(found, key=lambda finding: -finding.grade)


def _disks(facts: Facts, at: datetime) -> Iterator[Finding]:
    for disk in facts.disks:
        share = disk.free / disk.total if disk.total else 0.0
        grade = Grade.GOOD
        for worse, (least_share, least_bytes) in (
            (Grade.LOOK, _DISK_LOOK),
            (Grade.ACT, _DISK_ACT),
        ):
            if share < least_share and disk.free < 10 * least_bytes:
                grade = worse
            if disk.free < least_bytes:
                grade = worse
        yield Finding(
            name=f"Disk of {disk.name}",
            grade=grade,
            sentence=f"{disk.free / GIGABYTE:,.1f} GB are free ({share:.0%}).",
            todo=""
            if grade is Grade.GOOD
            else "Make room, or give it a larger disk. When it is full ingest answers 503: reads "
            "wait in the readers' spools, and nothing that was acknowledged is lost.",
        )


def _database(facts: Facts, at: datetime) -> Iterator[Finding]:
    if facts.database_at is None:
        yield Finding(
            name="Database",
            grade=Grade.ACT,
            sentence="The database does not answer.",
            todo="See the end of its log in the data folder, and that the server runs. Reads wait "
            "at the roadside meanwhile; nothing that was acknowledged is lost.",
        )
        return
    apart = abs(facts.database_at - at)
    yield Finding(
        name="Clock",
        grade=Grade.ACT if apart > _CLOCKS_APART else Grade.GOOD,
        sentence=f"This machine and its database are {apart.total_seconds():.1f} s apart.",
        todo="Set both by NTP. What is late, expired or authorised is judged by the clock."
        if apart > _CLOCKS_APART
        else "",
    )


def _process(name: str, problem: str, todo: str) -> Finding:
    return Finding(
        name=name,
        grade=Grade.ACT if problem else Grade.GOOD,
        sentence=problem or "It answers.",
        todo=todo if problem else "",
    )


def _processes(facts: Facts, at: datetime) -> Iterator[Finding]:
    yield _process(
        "Ingest",
        facts.ingest,
        "See the end of logs/ingest.log in the data folder. Readers keep their reads and send them "
        "again by themselves.",
    )
    yield _process(
        "Live alerts",
        facts.live,
        "See the end of logs/live.log. Alerts are made all the same and stand in the list; screens "
        "catch up by themselves.",
    )


def _waiting(
    name: str, since: datetime | None, most: timedelta, at: datetime, *, good: str, todo: str
) -> Finding:
    if since is None or at - since <= most:
        return Finding(name=name, grade=Grade.GOOD, sentence=good)
    return Finding(
        name=name, grade=Grade.ACT, sentence=f"Something has waited for {_long(at - since)}.",
        todo=todo,
    )  # fmt: skip


def _queues(facts: Facts, at: datetime) -> Iterator[Finding]:
    if facts.database_at is None:
        return
    yield _waiting(
        "Hits to alerts", facts.hit_waits_since, _LATE_ALERT, at,
        good="Every hit is an alert within seconds.",
        todo="The worker does not keep up or does not run: see the end of logs/worker.log.",
    )  # fmt: skip
    yield _waiting(
        "Jobs", facts.job_waits_since, _LATE_JOB, at,
        good="None is late.",
        todo="The process of the jobs does not run, or one job holds up the others: see the end "
        "of logs/jobs.log.",
    )  # fmt: skip
    if facts.jobs_failed:
        yield Finding(
            name="Failed jobs",
            grade=Grade.LOOK,
            sentence=f"{facts.jobs_failed} failed in the last day.",
            todo="Who asked for them was told. Those that the program asked for by itself are in "
            "logs/jobs.log.",
        )


def _made(
    name: str, made: datetime | None, most: timedelta, at: datetime, *, grade: Grade, todo: str
) -> Finding:
    if made is None:
        return Finding(name=name, grade=Grade.LOOK, sentence="None was made yet.", todo=todo)
    late = at - made > most
    return Finding(
        name=name,
        grade=grade if late else Grade.GOOD,
        sentence=f"The newest is {_long(at - made)} old.",
        todo=todo if late else "",
    )


def _routine(facts: Facts, at: datetime) -> Iterator[Finding]:
    if facts.database_at is None:
        return
    yield _made(
        "Signed roots of the audit", facts.root_at, _LATE_ROOT, at, grade=Grade.ACT,
        todo="The worker signs one an hour: see the end of logs/worker.log.",
    )  # fmt: skip
    yield _made(
        "Retention", facts.certificate_at, _LATE_RETENTION, at, grade=Grade.ACT,
        todo="What is past its limit must go on its day: see the end of logs/retention.log, or "
        "run `openanpr retention run`.",
    )  # fmt: skip
    yield _made(
        "Backups", facts.backup_at, _LATE_BACKUP, at, grade=Grade.LOOK,
        todo="Run `openanpr backup make` each day from a timer (docs/runbooks/backup.md).",
    )  # fmt: skip


def _roadside(facts: Facts, at: datetime) -> Iterator[Finding]:
    if facts.database_at is None:
        return
    yield Finding(
        name="Cameras",
        grade=Grade.LOOK if facts.cameras_silent else Grade.GOOD,
        sentence=f"{facts.cameras_live - facts.cameras_silent} of {facts.cameras_live} live "
        "cameras are heard.",
        todo="Receipts names those that are silent: see that their readers run and reach us."
        if facts.cameras_silent
        else "",
    )
    if facts.cameras_clock_off:
        yield Finding(
            name="Cameras' clocks",
            grade=Grade.ACT,
            sentence=f"{facts.cameras_clock_off} are wrong by more than a second.",
            todo="Receipts names them: set them by NTP or GPS. Times are evidence.",
        )
    if facts.reads_missing:
        yield Finding(
            name="Missing reads",
            grade=Grade.LOOK,
            sentence=f"{facts.reads_missing:,} reads that were numbered have not come.",
            todo="Receipts names the gaps. What waits in a spool comes by itself.",
        )


def _line(facts: Facts, at: datetime) -> Iterator[Finding]:
    if facts.line_problem is None:
        return
    since = facts.line_problem_since
    yield Finding(
        name="Line to the national centre",
        grade=Grade.ACT if facts.line_problem else Grade.GOOD,
        sentence=(facts.line_problem + (f" For {_long(at - since)}." if since else ""))
        if facts.line_problem
        else "Reads go up.",
        todo="Reads wait here in order and go up once it is mended (docs/runbooks/national.md)."
        if facts.line_problem
        else "",
    )


_LOOKS: Final[tuple[Look, ...]] = (
    _database,
    _disks,
    _processes,
    _queues,
    _routine,
    _roadside,
    _line,
)


def _long(length: timedelta) -> str:
    seconds = max(0, int(length.total_seconds()))
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"
