"""The loop of a lane: take what is due, do it, note what became of it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Final

import psycopg
from django.db import Error, close_old_connections, connection

from openanpr.config.database import DatabaseRole, dsn
from openanpr.jobs.claiming import Claim, Claims
from openanpr.jobs.kinds import JobFailed, Task, kind_named, kinds_of
from openanpr.jobs.vocabulary import Lane

POLL_S: Final = 0.5
_LOOK_ROUND: Final = timedelta(minutes=1)
_LONGEST_PAUSE_S: Final = 300
_log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def run(stop: Event, *, now: Clock) -> None:
    """Do jobs, each lane in a thread of its own, until ``stop`` is set.

    A job that is being done then is finished first; one that is killed is done again at the next
    start.
    """
    threads = [Thread(target=_lane, args=(lane, stop, now), name=f"jobs-{lane}") for lane in Lane]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def do_due(lane: Lane, *, now: Clock) -> int:
    """Do everything of a lane that is due now; how many jobs."""
    done = 0
    with _connected() as connected:
        claims = Claims(connected)
        while do_one(claims, lane, now=now):
            done += 1
    return done


def do_one(claims: Claims, lane: Lane, *, now: Clock) -> bool:
    """Do one job that is due; whether there was one."""
    claim = claims.take([kind.name for kind in kinds_of(lane)], at=now())
    if claim is None:
        return False
    _do(claims, claim, now)
    return True


def _do(claims: Claims, claim: Claim, now: Clock) -> None:
    kind = kind_named(claim.kind)
    if claim.attempt > kind.attempts:
        # It ended its process each time: it must not do so for ever.
        claims.end(claim, at=now(), problem="It was tried too often. Tell the system manager.")
        return
    task = Task(
        id=claim.id,
        kind=claim.kind,
        arguments=claim.arguments,
        attempt=claim.attempt,
        at=now(),
        say=lambda text: claims.say(claim, text),
    )
    close_old_connections()
    try:
        kind.run(task)
    except JobFailed as problem:
        claims.end(claim, at=now(), problem=str(problem))
    except Exception as problem:  # noqa: BLE001 - one job that trips a bug must not stop all
        # Only its kind: the text of an error may repeat a mark.
        name = type(problem).__name__
        _log.error("job %d (%s) failed: %s", claim.id, claim.kind, name)
        connection.close()
        if claim.attempt >= kind.attempts:
            claims.end(claim, at=now(), problem=f"It failed ({name}). Tell the system manager.")
        else:
            pause = timedelta(seconds=min(2**claim.attempt, _LONGEST_PAUSE_S))
            claims.put_back(claim, due_at=now() + pause, problem=f"It is tried again ({name}).")
    else:
        claims.end(claim, at=now())


def _lane(lane: Lane, stop: Event, now: Clock) -> None:
    try:
        while not stop.is_set():
            try:
                _work(lane, stop, now)
            except (Error, psycopg.Error, OSError) as problem:
                _log.error("jobs try again in a second: %s", type(problem).__name__)
                connection.close()
                stop.wait(1.0)
    finally:
        connection.close()


def _work(lane: Lane, stop: Event, now: Clock) -> None:
    with _connected() as connected:
        claims = Claims(connected)
        looked_round = None
        while not stop.is_set():
            at = now()
            if looked_round is None or at - looked_round >= _LOOK_ROUND:
                _look_round(claims, lane, at=at)
                looked_round = at
            if not do_one(claims, lane, now=now):
                stop.wait(POLL_S)


def _look_round(claims: Claims, lane: Lane, *, at: datetime) -> None:
    for kind in kinds_of(lane):
        if kind.every is not None:
            claims.ask_for_recurring(kind.name, kind.every, at=at)
    claims.clear_away(at=at)


def _connected() -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(
        dsn(DatabaseRole.JOBS), autocommit=True, application_name="openanpr-jobs", connect_timeout=5
    )
